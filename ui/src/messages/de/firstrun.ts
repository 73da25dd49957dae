/** Names, and the first start. */
export const firstrun = {
  "names.title": "Namen",
  "names.person": "Dein Name",
  "names.computer": "Name dieses Computers",
  "names.seen": "Andere sehen",
  "names.save": "Namen speichern",
  "names.keep": "Lassen, wie sie sind",
  "names.empty": "Ein Name wird gebraucht, sonst weiß niemand, wer es ist.",
  "first.title": "Rota",
  "first.lead": "Eine Aufgabenliste, die dein ganzes Netz teilt.",
  "first.start": "Anfangen",
  "first.join": "Ich nutze Rota auf einem anderen Computer",
  "first.back": "Zurück zu den Namen",
  "first.privacy": "Kein Konto. Deine Aufgaben bleiben auf diesem Computer, bis du einen anderen verbindest.",
} as const;
