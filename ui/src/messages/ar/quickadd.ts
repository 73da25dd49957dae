/** Quick add. */
export const quickadd = {
  "quick.title": "إضافة سريعة",
  "quick.label": "مهمة جديدة",
  "quick.hint": "شراء طلاء غدًا 17:00 #بيت !2",
  "quick.add": "إضافة",
  "quick.addMany":
    "{n, plural, zero {إضافة # مهمة} one {إضافة مهمة واحدة} two {إضافة مهمتين} few {إضافة # مهام} many {إضافة # مهمة} other {إضافة # مهمة}}",
  "quick.more": "إضافة ومتابعة",
  "quick.one": "مهمة واحدة، والأسطر ملاحظات",
  "quick.notes": "ملاحظات",
  "quick.close": "إغلاق",
  "quick.complete": "إكمال «{word}»",
  "quick.added": "أُضيفت: {title}",
  "quick.addedMany":
    "{n, plural, zero {تمت إضافة # مهمة} one {تمت إضافة مهمة واحدة} two {تمت إضافة مهمتين} few {تمت إضافة # مهام} many {تمت إضافة # مهمة} other {تمت إضافة # مهمة}}",
  "quick.pasted":
    "{n, plural, zero {تم لصق # سطر} one {تم لصق سطر واحد} two {تم لصق سطرين} few {تم لصق # أسطر} many {تم لصق # سطرًا} other {تم لصق # سطر}}",
  "quick.tasks":
    "{n, plural, zero {لا مهام} one {مهمة واحدة} two {مهمتان} few {# مهام} many {# مهمة} other {# مهمة}}",
  "quick.andMore":
    "{n, plural, zero {وغيرها: #} one {وغيرها: #} two {وغيرها: #} few {وغيرها: #} many {وغيرها: #} other {وغيرها: #}}",
  "quick.from": "من {when}",
  "quick.remindDue": "تذكير عند الموعد",
  "quick.remindAt": "تذكير {when}",
  "quick.remindMinutes":
    "{n, plural, zero {تذكير قبل # دقيقة} one {تذكير قبل دقيقة واحدة} two {تذكير قبل دقيقتين} few {تذكير قبل # دقائق} many {تذكير قبل # دقيقة} other {تذكير قبل # دقيقة}}",
  "quick.remindHours":
    "{n, plural, zero {تذكير قبل # ساعة} one {تذكير قبل ساعة واحدة} two {تذكير قبل ساعتين} few {تذكير قبل # ساعات} many {تذكير قبل # ساعة} other {تذكير قبل # ساعة}}",
  "quick.remindDays":
    "{n, plural, zero {تذكير قبل # يوم} one {تذكير قبل يوم واحد} two {تذكير قبل يومين} few {تذكير قبل # أيام} many {تذكير قبل # يومًا} other {تذكير قبل # يوم}}",
  "quick.leave": "اترك «{words}» في العنوان",
  "quick.choose": "اختيار قيمة غير «{words}»",
  "quick.which": "أيّها…",
  "quick.fromWord": "من",
  "quick.remindWord": "ذكّرني",
  "quick.newTag": "{tag} جديد",
  "quick.noList": "لا قائمة اسمها «{name}»، فيبقى في العنوان",
  "quick.nobody": "لا أحد هنا اسمه «{name}»، فيبقى في العنوان",
  "quick.several": "«{name}» قد يعني أكثر من واحد، فيبقى في العنوان",
  "quick.badPriority": "الأولويات هي !1 و!2 و!3، فيبقى «{words}» في العنوان",
  "quick.taken": "شيء بعده يقول الأمر نفسه، فيبقى «{words}» في العنوان",
  "quick.noAction": "لا حاسوب هنا يقدّم هذا، فيبقى «{words}» في العنوان",
  "quick.badTag": "لا يصلح هذا وسمًا، فيبقى «{words}» في العنوان",
  "quick.noDue": "يحتاج التذكير المسبق إلى تاريخ، فيبقى «{words}» في العنوان",
  "quick.badDate": "لا يوجد يوم كهذا، فيبقى «{words}» في العنوان",
  "quick.seenBy":
    "{n, plural, zero {سيرى هذا {people}} one {سيرى {people} هذا} two {سيرى هذا {people}} few {سيرى هذا {people}} many {سيرى هذا {people}} other {سيرى هذا {people}}}",
  "quick.onlyYou": "أنت وحدك سترى هذا",
  "quick.preview": "{title}. {facts}",
} as const;
