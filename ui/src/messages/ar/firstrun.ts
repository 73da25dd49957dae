/** Names, and the first start. */
export const firstrun = {
  "names.title": "الأسماء",
  "names.person": "اسمك",
  "names.computer": "اسم هذا الحاسوب",
  "names.seen": "سيرى الآخرون",
  "names.save": "حفظ الأسماء",
  "names.keep": "اتركها كما هي",
  "names.empty": "لا بد من اسم، وإلا لن يعرف الآخرون من هو.",
  "first.title": "روتا",
  "first.lead": "قائمة مهام تتشاركها شبكتك كلها.",
  "first.start": "ابدأ",
  "first.join": "أستخدم روتا على حاسوب آخر",
  "first.back": "العودة إلى الأسماء",
  "first.privacy": "بلا حساب. تبقى مهامك على هذا الحاسوب حتى تصله بآخر.",
} as const;
