/** What a toast says was done. */
export const toasts = {
  "toast.deleted": "{n, plural, one {{title} ist im Papierkorb} other {# Aufgaben sind im Papierkorb}}",
  "toast.added": "{n, plural, one {1 Aufgabe hinzugefügt} other {# Aufgaben hinzugefügt}}",
  "toast.addedTo": "Zu {list} hinzugefügt",
  "toast.listDeleted": "Die Liste {list} ist im Papierkorb",
  "toast.archived": "Die Liste {list} ist weggelegt",
  "toast.unarchived": "Die Liste {list} ist wieder in der Seitenleiste",
  "toast.linkCopied": "{n, plural, one {Link kopiert} other {# Links kopiert}}",
  "toast.undo": "Rückgängig",
  "toast.dismiss": "Schließen",
  "toast.copied": "Code kopiert",
  "toast.joined": "{n, plural, one {{space} beigetreten: 1 Aufgabe} other {{space} beigetreten: # Aufgaben}}",
  "toast.connected": "Mit {computer} verbunden",
  "did.change": "Geändert",
  "undone.change": "Zurückgenommen: {what}",
  "did.add": "{n, plural, one {{name} ist wieder da} other {# Aufgaben sind wieder da}}",
  "undone.add": "{n, plural, one {{name} ist wieder weg} other {# Aufgaben sind wieder weg}}",
  "did.edit": "{n, plural, one {{name} ist geändert} other {# Aufgaben sind geändert}}",
  "undone.edit": "{n, plural, one {{name} ist wie vorher} other {# Aufgaben sind wie vorher}}",
  "did.rename": "{n, plural, one {Umbenannt in {name}} other {# Aufgaben sind umbenannt}}",
  "undone.rename": "{n, plural, one {Der Titel ist wieder {name}} other {# Titel sind wie vorher}}",
  "did.notes":
    "{n, plural, one {Die Notizen von {name} sind geändert} other {Die Notizen von # Aufgaben sind geändert}}",
  "undone.notes":
    "{n, plural, one {Die Notizen von {name} sind wie vorher} other {Die Notizen von # Aufgaben sind wie vorher}}",
  "did.complete": "{n, plural, one {{name} ist erledigt} other {# Aufgaben sind erledigt}}",
  "undone.complete": "{n, plural, one {{name} ist wieder offen} other {# Aufgaben sind wieder offen}}",
  "did.reopen": "{n, plural, one {{name} ist offen} other {# Aufgaben sind offen}}",
  "undone.reopen": "{n, plural, one {{name} ist wieder erledigt} other {# Aufgaben sind wieder erledigt}}",
  "did.cancel": "{n, plural, one {{name} wird nicht gemacht} other {# Aufgaben werden nicht gemacht}}",
  "undone.cancel": "{n, plural, one {{name} ist wie vorher} other {# Aufgaben sind wie vorher}}",
  "did.delete": "{n, plural, one {{name} ist im Papierkorb} other {# Aufgaben sind im Papierkorb}}",
  "undone.delete":
    "{n, plural, one {{name} ist zurück aus dem Papierkorb} other {# Aufgaben sind zurück aus dem Papierkorb}}",
  "did.restore": "{n, plural, one {{name} ist wieder da} other {# Aufgaben sind wieder da}}",
  "undone.restore":
    "{n, plural, one {{name} ist wieder im Papierkorb} other {# Aufgaben sind wieder im Papierkorb}}",
  "did.move": "{n, plural, one {{name} ist verschoben} other {# Aufgaben sind verschoben}}",
  "undone.move":
    "{n, plural, one {{name} ist zurück in der alten Liste} other {# Aufgaben sind zurück in ihrer Liste}}",
  "did.arrange":
    "{n, plural, one {{name} steht an anderer Stelle} other {# Aufgaben stehen an anderer Stelle}}",
  "undone.arrange":
    "{n, plural, one {{name} steht wieder an der alten Stelle} other {# Aufgaben stehen wieder an der alten Stelle}}",
  "did.tag":
    "{n, plural, one {Die Schlagwörter von {name} sind geändert} other {Die Schlagwörter von # Aufgaben sind geändert}}",
  "undone.tag":
    "{n, plural, one {Die Schlagwörter von {name} sind wie vorher} other {Die Schlagwörter von # Aufgaben sind wie vorher}}",
  "did.schedule":
    "{n, plural, one {{name} hat ein anderes Datum} other {# Aufgaben haben ein anderes Datum}}",
  "undone.schedule":
    "{n, plural, one {{name} hat wieder das alte Datum} other {# Aufgaben haben wieder das alte Datum}}",
  "did.unschedule": "{n, plural, one {{name} hat kein Datum mehr} other {# Aufgaben haben kein Datum mehr}}",
  "undone.unschedule":
    "{n, plural, one {{name} hat wieder das alte Datum} other {# Aufgaben haben wieder das alte Datum}}",
  "did.start":
    "{n, plural, one {Der Beginn von {name} ist geändert} other {Der Beginn von # Aufgaben ist geändert}}",
  "undone.start":
    "{n, plural, one {Der Beginn von {name} ist wie vorher} other {Der Beginn von # Aufgaben ist wie vorher}}",
  "did.repeat":
    "{n, plural, one {Die Wiederholung von {name} ist geändert} other {Die Wiederholung von # Aufgaben ist geändert}}",
  "undone.repeat":
    "{n, plural, one {Die Wiederholung von {name} ist wie vorher} other {Die Wiederholung von # Aufgaben ist wie vorher}}",
  "did.remind":
    "{n, plural, one {Die Erinnerung an {name} ist geändert} other {Die Erinnerung an # Aufgaben ist geändert}}",
  "undone.remind":
    "{n, plural, one {Die Erinnerung an {name} ist wie vorher} other {Die Erinnerung an # Aufgaben ist wie vorher}}",
  "did.prioritize":
    "{n, plural, one {{name} hat eine andere Priorität} other {# Aufgaben haben eine andere Priorität}}",
  "undone.prioritize":
    "{n, plural, one {{name} hat wieder die alte Priorität} other {# Aufgaben haben wieder die alte Priorität}}",
  "did.assign":
    "{n, plural, one {{name} macht jetzt jemand anders} other {# Aufgaben macht jetzt jemand anders}}",
  "undone.assign":
    "{n, plural, one {{name} macht wieder, wer es vorher tat} other {# Aufgaben macht wieder, wer es vorher tat}}",
  "did.unassign":
    "{n, plural, one {{name} macht jetzt niemand Bestimmtes} other {# Aufgaben macht jetzt niemand Bestimmtes}}",
  "undone.unassign":
    "{n, plural, one {{name} macht wieder, wer es vorher tat} other {# Aufgaben macht wieder, wer es vorher tat}}",
  "did.rotate":
    "{n, plural, one {Die Reihenfolge bei {name} ist geändert} other {Die Reihenfolge bei # Aufgaben ist geändert}}",
  "undone.rotate":
    "{n, plural, one {Die Reihenfolge bei {name} ist wie vorher} other {Die Reihenfolge bei # Aufgaben ist wie vorher}}",
  "did.duplicate": "{n, plural, one {{name} ist zweimal da} other {# Aufgaben sind zweimal da}}",
  "undone.duplicate":
    "{n, plural, one {Die Kopie von {name} ist wieder weg} other {# Kopien sind wieder weg}}",
  "did.keep": "{n, plural, one {{name} bleibt, wie es ist} other {# Aufgaben bleiben, wie sie sind}}",
  "undone.keep":
    "{n, plural, one {{name} hat wieder beide Fassungen} other {# Aufgaben haben wieder beide Fassungen}}",
  "did.use": "{n, plural, one {{name} hat die andere Fassung} other {# Aufgaben haben die andere Fassung}}",
  "undone.use":
    "{n, plural, one {{name} hat die vorige Fassung} other {# Aufgaben haben die vorige Fassung}}",
  "did.list_add": "Die Liste {name} ist wieder da",
  "undone.list_add": "Die Liste {name} ist wieder weg",
  "did.list_rename": "Die Liste heißt {name}",
  "undone.list_rename": "Die Liste heißt wieder {name}",
  "did.list_edit": "Die Liste {name} ist geändert",
  "undone.list_edit": "Die Liste {name} ist wie vorher",
  "did.list_move": "Die Liste {name} steht an anderer Stelle",
  "undone.list_move": "Die Liste {name} steht wieder an der alten Stelle",
  "did.list_delete": "Die Liste {name} ist im Papierkorb",
  "undone.list_delete": "Die Liste {name} ist zurück aus dem Papierkorb",
  "did.list_restore": "Die Liste {name} ist wieder da",
  "undone.list_restore": "Die Liste {name} ist wieder im Papierkorb",
  "did.movedTo":
    "{n, plural, one {1 Aufgabe nach {where} verschoben} other {# Aufgaben nach {where} verschoben}}",
  "did.assignedTo": "{n, plural, one {{who} macht {name}} other {{who} macht # Aufgaben}}",
  "did.skipped":
    "{n, plural, one {1 Aufgabe wurde ausgelassen. {reason}} other {# Aufgaben wurden ausgelassen. {reason}}}",
  "undone.nothing": "Nichts wurde zurückgenommen",
  "undone.left":
    "{n, plural, one {{person} hat 1 davon seither geändert, die blieb stehen.} other {{person} hat # davon seither geändert, die blieben stehen.}}",
  "undone.leftOthers":
    "{n, plural, one {1 davon hat seither jemand geändert, die blieb stehen.} other {# davon hat seither jemand geändert, die blieben stehen.}}",
  "toast.computerRemoved": "{computer} bekommt nichts Neues mehr",
  "toast.removed": "{who} bekommt nichts Neues mehr aus {space}",
  "toast.left": "Du hast {space} verlassen",
} as const;
