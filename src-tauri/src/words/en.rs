use super::{Plural, Words};

pub(super) static WORDS: Words = Words {
    quick_add: "Quick add",
    today: "Today",
    open: "Open Rota",
    quit: "Quit",
    done: "Done",
    later: "10 minutes",
    tomorrow: "Tomorrow",
    disk: "Not saving: the disk is full",
    read_only: "Not saving: the data folder cannot be written",
    unreached: "Others cannot reach this computer",
    alone: "Alone on this network – changes are saved here",
    clock: "The clock of {computer} is wrong",
    older: "{computer} runs another version of Rota",
    up_to_date: Plural::Two {
        one: "1 computer up to date",
        other: "{n} computers up to date",
    },
    sending: Plural::Two {
        one: "Sending 1 change to {computer}",
        other: "Sending {n} changes to {computer}",
    },
    getting: Plural::Two {
        one: "Getting 1 change from {computer}",
        other: "Getting {n} changes from {computer}",
    },
};
