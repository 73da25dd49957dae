/** Search and the command palette. */
export const palette = {
  "pal.title": "ابحث أو نفّذ",
  "pal.tasks": "المهام",
  "pal.do": "نفّذ",
  "pal.goto": "اذهب إلى",
  "pal.view": "هذا العرض",
  "pal.rota": "روتا",
  "pal.add": "إضافة المهمة «{text}»",
  "pal.also": "وتسمى أيضًا {word}",
  "pal.done": "أُنجزت {when}",
  "pal.was": "سابقًا «{title}»",
  "pal.nothing": "لا شيء فيه «{text}»",
  "pal.choose": "اختيار",
  "pal.open": "فتح",
  "pal.allResults": "كل النتائج",
  "pal.commands": "إجراءات",
  "pal.lists": "قوائم",
  "pal.who": "من",
  "pal.tags": "وسوم",
  "pal.results":
    "{n, plural, =0 {لا نتائج} zero {لا نتائج} one {نتيجة واحدة} two {نتيجتان} few {# نتائج} many {# نتيجة} other {# نتيجة}}",
} as const;
