use super::{Plural, Words};

pub(super) static WORDS: Words = Words {
    quick_add: "Añadir rápido",
    today: "Hoy",
    open: "Abrir Rota",
    quit: "Salir",
    done: "Hecha",
    later: "10 minutos",
    tomorrow: "Mañana",
    disk: "No se guarda: el disco está lleno",
    read_only: "No se guarda: no se puede escribir en la carpeta de datos",
    unreached: "Los demás no llegan a este equipo",
    alone: "Sin nadie más en esta red: los cambios se guardan aquí",
    clock: "El reloj de {computer} está mal",
    older: "{computer} tiene otra versión de Rota",
    up_to_date: Plural::Two {
        one: "1 equipo al día",
        other: "{n} equipos al día",
    },
    sending: Plural::Two {
        one: "Enviando 1 cambio a {computer}",
        other: "Enviando {n} cambios a {computer}",
    },
    getting: Plural::Two {
        one: "Recibiendo 1 cambio de {computer}",
        other: "Recibiendo {n} cambios de {computer}",
    },
};
