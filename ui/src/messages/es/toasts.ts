/** What a toast says was done. */
export const toasts = {
  "toast.deleted": "{n, plural, one {{title} está en la papelera} other {# tareas están en la papelera}}",
  "toast.added": "{n, plural, one {1 tarea añadida} other {# tareas añadidas}}",
  "toast.addedTo": "Añadida a {list}",
  "toast.listDeleted": "La lista {list} está en la papelera",
  "toast.archived": "La lista {list} está guardada aparte",
  "toast.unarchived": "La lista {list} vuelve a estar en la barra lateral",
  "toast.linkCopied": "{n, plural, one {Enlace copiado} other {# enlaces copiados}}",
  "toast.undo": "Deshacer",
  "toast.dismiss": "Cerrar",
  "toast.copied": "Código copiado",
  "toast.joined": "{n, plural, one {Te uniste a {space}: 1 tarea} other {Te uniste a {space}: # tareas}}",
  "toast.connected": "Conectado con {computer}",
  "did.change": "Cambiado",
  "undone.change": "Deshecho: {what}",
  "did.add": "{n, plural, one {{name} está de vuelta} other {# tareas están de vuelta}}",
  "undone.add": "{n, plural, one {{name} ya no está} other {# tareas ya no están}}",
  "did.edit": "{n, plural, one {{name} ha cambiado} other {# tareas han cambiado}}",
  "undone.edit": "{n, plural, one {{name} está como antes} other {# tareas están como antes}}",
  "did.rename": "{n, plural, one {Ahora se llama {name}} other {# tareas tienen otro título}}",
  "undone.rename": "{n, plural, one {Vuelve a llamarse {name}} other {# títulos están como antes}}",
  "did.notes":
    "{n, plural, one {Las notas de {name} han cambiado} other {Las notas de # tareas han cambiado}}",
  "undone.notes":
    "{n, plural, one {Las notas de {name} están como antes} other {Las notas de # tareas están como antes}}",
  "did.complete": "{n, plural, one {{name} está hecha} other {# tareas están hechas}}",
  "undone.complete":
    "{n, plural, one {{name} vuelve a estar abierta} other {# tareas vuelven a estar abiertas}}",
  "did.reopen": "{n, plural, one {{name} está abierta} other {# tareas están abiertas}}",
  "undone.reopen": "{n, plural, one {{name} vuelve a estar hecha} other {# tareas vuelven a estar hechas}}",
  "did.cancel": "{n, plural, one {{name} no se hará} other {# tareas no se harán}}",
  "undone.cancel": "{n, plural, one {{name} está como antes} other {# tareas están como antes}}",
  "did.delete": "{n, plural, one {{name} está en la papelera} other {# tareas están en la papelera}}",
  "undone.delete":
    "{n, plural, one {{name} ha vuelto de la papelera} other {# tareas han vuelto de la papelera}}",
  "did.restore": "{n, plural, one {{name} está de vuelta} other {# tareas están de vuelta}}",
  "undone.restore":
    "{n, plural, one {{name} vuelve a estar en la papelera} other {# tareas vuelven a estar en la papelera}}",
  "did.move": "{n, plural, one {{name} se ha movido} other {# tareas se han movido}}",
  "undone.move": "{n, plural, one {{name} ha vuelto a su lista} other {# tareas han vuelto a su lista}}",
  "did.arrange": "{n, plural, one {{name} está en otro lugar} other {# tareas están en otro lugar}}",
  "undone.arrange": "{n, plural, one {{name} ha vuelto a su lugar} other {# tareas han vuelto a su lugar}}",
  "did.tag":
    "{n, plural, one {Las etiquetas de {name} han cambiado} other {Las etiquetas de # tareas han cambiado}}",
  "undone.tag":
    "{n, plural, one {Las etiquetas de {name} están como antes} other {Las etiquetas de # tareas están como antes}}",
  "did.schedule": "{n, plural, one {{name} tiene otra fecha} other {# tareas tienen otra fecha}}",
  "undone.schedule":
    "{n, plural, one {{name} tiene la fecha de antes} other {# tareas tienen la fecha de antes}}",
  "did.unschedule": "{n, plural, one {{name} ya no tiene fecha} other {# tareas ya no tienen fecha}}",
  "undone.unschedule":
    "{n, plural, one {{name} tiene la fecha de antes} other {# tareas tienen la fecha de antes}}",
  "did.start": "{n, plural, one {El inicio de {name} ha cambiado} other {El inicio de # tareas ha cambiado}}",
  "undone.start":
    "{n, plural, one {El inicio de {name} está como antes} other {El inicio de # tareas está como antes}}",
  "did.repeat":
    "{n, plural, one {La repetición de {name} ha cambiado} other {La repetición de # tareas ha cambiado}}",
  "undone.repeat":
    "{n, plural, one {La repetición de {name} está como antes} other {La repetición de # tareas está como antes}}",
  "did.remind":
    "{n, plural, one {El recordatorio de {name} ha cambiado} other {El recordatorio de # tareas ha cambiado}}",
  "undone.remind":
    "{n, plural, one {El recordatorio de {name} está como antes} other {El recordatorio de # tareas está como antes}}",
  "did.prioritize": "{n, plural, one {{name} tiene otra prioridad} other {# tareas tienen otra prioridad}}",
  "undone.prioritize":
    "{n, plural, one {{name} tiene la prioridad de antes} other {# tareas tienen la prioridad de antes}}",
  "did.assign": "{n, plural, one {Otra persona hace {name}} other {Otra persona hace # tareas}}",
  "undone.assign":
    "{n, plural, one {{name} vuelve a hacerla quien la hacía antes} other {# tareas vuelve a hacerlas quien las hacía antes}}",
  "did.unassign": "{n, plural, one {Nadie tiene asignada {name}} other {Nadie tiene asignadas # tareas}}",
  "undone.unassign":
    "{n, plural, one {{name} vuelve a hacerla quien la hacía antes} other {# tareas vuelve a hacerlas quien las hacía antes}}",
  "did.rotate":
    "{n, plural, one {Los turnos de {name} han cambiado} other {Los turnos de # tareas han cambiado}}",
  "undone.rotate":
    "{n, plural, one {Los turnos de {name} están como antes} other {Los turnos de # tareas están como antes}}",
  "did.duplicate": "{n, plural, one {{name} está dos veces} other {# tareas están dos veces}}",
  "undone.duplicate": "{n, plural, one {La copia de {name} ya no está} other {# copias ya no están}}",
  "did.keep": "{n, plural, one {{name} se queda como está} other {# tareas se quedan como están}}",
  "undone.keep":
    "{n, plural, one {{name} vuelve a tener las dos versiones} other {# tareas vuelven a tener las dos versiones}}",
  "did.use": "{n, plural, one {{name} tiene la otra versión} other {# tareas tienen la otra versión}}",
  "undone.use":
    "{n, plural, one {{name} tiene la versión de antes} other {# tareas tienen la versión de antes}}",
  "did.list_add": "La lista {name} está de vuelta",
  "undone.list_add": "La lista {name} ya no está",
  "did.list_rename": "La lista se llama {name}",
  "undone.list_rename": "La lista vuelve a llamarse {name}",
  "did.list_edit": "La lista {name} ha cambiado",
  "undone.list_edit": "La lista {name} está como antes",
  "did.list_move": "La lista {name} está en otro lugar",
  "undone.list_move": "La lista {name} ha vuelto a su lugar",
  "did.list_delete": "La lista {name} está en la papelera",
  "undone.list_delete": "La lista {name} ha vuelto de la papelera",
  "did.list_restore": "La lista {name} está de vuelta",
  "undone.list_restore": "La lista {name} vuelve a estar en la papelera",
  "did.movedTo": "{n, plural, one {1 tarea movida a {where}} other {# tareas movidas a {where}}}",
  "did.assignedTo": "{n, plural, one {{who} hace {name}} other {{who} hace # tareas}}",
  "did.skipped": "{n, plural, one {Se omitió 1 tarea. {reason}} other {Se omitieron # tareas. {reason}}}",
  "undone.nothing": "No se deshizo nada",
  "undone.left":
    "{n, plural, one {{person} cambió 1 de ellas después; esa se quedó igual.} other {{person} cambió # de ellas después; esas se quedaron igual.}}",
  "undone.leftOthers":
    "{n, plural, one {Alguien cambió 1 de ellas después; esa se quedó igual.} other {Alguien cambió # de ellas después; esas se quedaron igual.}}",
  "toast.computerRemoved": "{computer} no recibe nada nuevo",
  "toast.removed": "{who} ya no recibe nada nuevo de {space}",
  "toast.left": "Has salido de {space}",
} as const;
