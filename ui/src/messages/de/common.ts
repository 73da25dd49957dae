/** What is said in every part: status, banner, what is broken. */
export const common = {
  "status.ok":
    "{n, plural, one {1 Computer auf dem neuesten Stand} other {# Computer auf dem neuesten Stand}}",
  "status.sending":
    "{n, plural, one {1 Änderung geht an {computer}} other {# Änderungen gehen an {computer}}}",
  "status.getting":
    "{n, plural, one {1 Änderung kommt von {computer}} other {# Änderungen kommen von {computer}}}",
  "status.alone": "Allein in diesem Netz – Änderungen werden hier gespeichert",
  "status.older": "{computer} hat eine andere Version von Rota",
  "status.clock": "Die Uhr von {computer} geht falsch",
  "status.clocks": "Eine Uhr geht falsch",
  "status.disk": "Nichts wird gespeichert: Die Festplatte ist voll",
  "status.readOnly": "Nichts wird gespeichert: Der Datenordner lässt sich nicht schreiben",
  "status.unreached": "Andere erreichen diesen Computer nicht",
  "status.starting": "Startet",
  "status.open": "{status}. Computer öffnen",
  "banner.step": "{n} von {total}",
  "banner.next": "Weiter",
  "broken.title": "Diese Ansicht ließ sich nicht zeichnen",
  "broken.again": "Neu zeichnen",
  "lost.title": "Rota antwortet nicht.",
  "lost.hint": "Du siehst, was zuletzt gelesen wurde. Nichts Gespeichertes ist verloren.",
  "lost.retry": "Noch einmal versuchen",
} as const;
