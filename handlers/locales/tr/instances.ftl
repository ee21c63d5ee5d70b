# /instances, sahipler için: sorgulama hizmetinin örneklerinin durumu.

instances-none = Hiçbir örnek kurulu değil: GREEN_API_INSTANCES boş.
instances-head = <b>Sorgulama hizmetinin örnekleri (instance)</b>
instances-waiting = { $waiting ->
    [0] Sırada bekleyen yok.
    [one] Sırada bir sorgu bekliyor.
   *[other] Sırada { $waiting } sorgu bekliyor.
}
instance-head = <b>{ $id }</b>
instance-works = 🟢 Çalışıyor
instance-over = 🟡 Yeniden kullanılabilir; sonraki sorgu onu deneyecek
instance-held = ⏸ Bir sahip duraklattı; siz sürdürene kadar bekler
instance-trouble-limit = ⏸ Sınıra ulaşıldı; yeniden başlama: { $at }
instance-trouble-unready = 🌙 Başlatılıyor ya da yetkilendirilmemiş; sonraki deneme: { $at }
instance-trouble-quota = 🪫 Tarifedeki istekler bitti; sonraki deneme: { $at }
instance-trouble-refused = ⛔ Kimliği ya da belirteci kabul edilmiyor; sonraki deneme: { $at }
instance-trouble-expired = ⌛ Süresi doldu ya da silindi; sonraki deneme: { $at }
instance-trouble-suspended = 🚫 Hesabını Telegram kısıtladı; sonraki deneme: { $at }
instance-trouble-busy = ⏳ Beklememizi istedi; sonraki deneme: { $at }
instance-trouble-failing = ⚠️ Düzgün yanıt vermiyor; sonraki deneme: { $at }
instance-budget = On dakikadaki numaralar: { $spent } / { $budget }
instance-month = Bu ayki sorgular (UTC): { $lookups }
instance-last = Son yanıt: { $answer } ({ $ago } önce)
instance-answer-yes = hesap var
instance-answer-no = hesap yok ya da gizli
instance-answer-not_a_number = telefon numarası değil
instance-answer-limit = sınıra ulaşıldı
instance-answer-unready = başlatılıyor ya da yetkilendirilmemiş
instance-answer-quota = istekler bitti
instance-answer-refused = reddedildi
instance-answer-expired = süresi doldu ya da silindi
instance-answer-suspended = hesap kısıtlı
instance-answer-busy = çok fazla istek
instance-answer-failing = anlaşılır bir yanıt yok

button-pause = Duraklat: { $id }
button-resume = Sürdür: { $id }
button-resume-early = Erken sürdür: { $id }
button-refresh = Yenile
