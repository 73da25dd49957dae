/** Names, and the first start. */
export const firstrun = {
  "names.title": "Nombres",
  "names.person": "Tu nombre",
  "names.computer": "Nombre de este ordenador",
  "names.seen": "Los demás verán",
  "names.save": "Guardar nombres",
  "names.keep": "Dejarlos como están",
  "names.empty": "Hace falta un nombre; si no, nadie sabría quién es.",
  "first.title": "Rota",
  "first.lead": "Una lista de tareas que comparte toda tu red.",
  "first.start": "Empezar",
  "first.join": "Uso Rota en otro ordenador",
  "first.back": "Volver a los nombres",
  "first.privacy": "Sin cuenta. Tus tareas se quedan en este ordenador hasta que conectes otro.",
} as const;
