//! Words for dates in the language of the system.

use serde_json::Value;

use crate::computer::{Computer, Told};

fn in_locale(computer: &Computer, locale: &str, words: &[&str]) -> Value {
    let mut command = computer.command(&[words, &["--json"]].concat());
    let told = Told::from(command.env("LC_ALL", locale).output().unwrap());
    assert_eq!(told.exit, 0, "rota {words:?}: {told:?}");
    told.document()
}

#[test]
fn words_are_those_of_the_systems_language_and_english() {
    let computer = Computer::new();
    let in_days = |text: &str| in_locale(&computer, "C.UTF-8", &["add", text])["due"].clone();
    let (tomorrow, in_three) = (in_days("x tomorrow"), in_days("x in 3 days"));
    for (locale, text, due) in [
        ("de_DE.UTF-8", "Farbe kaufen morgen", &tomorrow),
        ("de_DE.UTF-8", "Farbe kaufen tomorrow", &tomorrow),
        ("es_ES.UTF-8", "Comprar pintura dentro de 3 días", &in_three),
        ("ar_EG.UTF-8", "شراء الطلاء بعد ٣ أيام", &in_three),
        ("C.UTF-8", "Farbe kaufen morgen", &Value::Null),
    ] {
        let task = in_locale(&computer, locale, &["add", text]);
        assert_eq!(&task["due"], due, "{text}");
    }
    let task = in_locale(&computer, "C.UTF-8", &["add", "Report"]);
    let id = task["id"].as_str().unwrap();
    let edited = in_locale(
        &computer,
        "de_DE.UTF-8",
        &["edit", id, "--due", "in drei Tagen"],
    );
    assert_eq!(edited["due"], in_three);
    let edited = in_locale(
        &computer,
        "de_DE.UTF-8",
        &["edit", id, "--repeat", "alle 2 Wochen"],
    );
    assert_eq!(edited["repeat"], "FREQ=WEEKLY;INTERVAL=2");
}
