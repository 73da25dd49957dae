/** What is said in every part: status, banner, what is broken. */
export const common = {
  "status.ok":
    "{n, plural, zero {محدَّث: لا حواسيب} one {محدَّث: حاسوب واحد} two {محدَّث: حاسوبان} few {محدَّث: # حواسيب} many {محدَّث: # حاسوبًا} other {محدَّث: # حاسوب}}",
  "status.sending":
    "{n, plural, zero {إرسال # تغيير إلى {computer}} one {إرسال تغيير واحد إلى {computer}} two {إرسال تغييرين إلى {computer}} few {إرسال # تغييرات إلى {computer}} many {إرسال # تغييرًا إلى {computer}} other {إرسال # تغيير إلى {computer}}}",
  "status.getting":
    "{n, plural, zero {استلام # تغيير من {computer}} one {استلام تغيير واحد من {computer}} two {استلام تغييرين من {computer}} few {استلام # تغييرات من {computer}} many {استلام # تغييرًا من {computer}} other {استلام # تغيير من {computer}}}",
  "status.alone": "وحدك على هذه الشبكة – تُحفظ التغييرات هنا",
  "status.older": "يعمل {computer} بإصدار آخر من روتا",
  "status.clock": "ساعة {computer} غير صحيحة",
  "status.clocks": "إحدى الساعات غير مضبوطة",
  "status.disk": "لا يُحفظ شيء: القرص ممتلئ",
  "status.readOnly": "لا يُحفظ شيء: لا يمكن الكتابة في مجلد البيانات",
  "status.unreached": "لا يستطيع الآخرون الوصول إلى هذا الحاسوب",
  "status.starting": "جارٍ البدء",
  "status.open": "{status}. افتح الحواسيب",
  "banner.step": "{n} من {total}",
  "banner.next": "التالي",
  "broken.title": "تعذّر رسم هذا العرض",
  "broken.again": "ارسمه من جديد",
  "lost.title": "روتا لا يستجيب.",
  "lost.hint": "ما تراه هو آخر ما قُرئ. لم يضع شيء مما حُفظ.",
  "lost.retry": "حاول مرة أخرى",
} as const;
