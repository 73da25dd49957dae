use super::{Plural, Words};

pub(super) static WORDS: Words = Words {
    quick_add: "Schnell hinzufügen",
    today: "Heute",
    open: "Rota öffnen",
    quit: "Beenden",
    done: "Erledigt",
    later: "10 Minuten",
    tomorrow: "Morgen",
    disk: "Nichts wird gespeichert: Der Datenträger ist voll",
    read_only: "Nichts wird gespeichert: In den Datenordner kann nicht geschrieben werden",
    unreached: "Andere erreichen diesen Computer nicht",
    alone: "Allein in diesem Netz – Änderungen sind hier gespeichert",
    clock: "Die Uhr von {computer} geht falsch",
    older: "{computer} hat eine andere Version von Rota",
    up_to_date: Plural::Two {
        one: "1 Computer auf dem neuesten Stand",
        other: "{n} Computer auf dem neuesten Stand",
    },
    sending: Plural::Two {
        one: "1 Änderung geht an {computer}",
        other: "{n} Änderungen gehen an {computer}",
    },
    getting: Plural::Two {
        one: "1 Änderung kommt von {computer}",
        other: "{n} Änderungen kommen von {computer}",
    },
};
