/** What is said in every part: status, banner, what is broken. */
export const common = {
  "status.ok": "{n, plural, one {1 ordenador al día} other {# ordenadores al día}}",
  "status.sending":
    "{n, plural, one {Enviando 1 cambio a {computer}} other {Enviando # cambios a {computer}}}",
  "status.getting":
    "{n, plural, one {Recibiendo 1 cambio de {computer}} other {Recibiendo # cambios de {computer}}}",
  "status.alone": "Solo en esta red: los cambios se guardan aquí",
  "status.older": "{computer} usa otra versión de Rota",
  "status.clock": "El reloj de {computer} va mal",
  "status.clocks": "Un reloj va mal",
  "status.disk": "No se guarda: el disco está lleno",
  "status.readOnly": "No se guarda: no se puede escribir en la carpeta de datos",
  "status.unreached": "Los demás no llegan a este ordenador",
  "status.starting": "Iniciando",
  "status.open": "{status}. Abrir Ordenadores",
  "banner.step": "{n} de {total}",
  "banner.next": "Siguiente",
  "broken.title": "No se pudo dibujar esta vista",
  "broken.again": "Dibujarla de nuevo",
  "lost.title": "Rota no responde.",
  "lost.hint": "Lo que ves es lo último que se leyó. Nada de lo guardado se ha perdido.",
  "lost.retry": "Intentar otra vez",
} as const;
