# Tek tek sorgular: bir numaranın Telegram hesabı var mı?

lookup-yes = ✅ <b>{ $number }</b>: Telegram hesabı var.
    Sohbet kimliği: <code>{ $account }</code>
lookup-unnamed = ✅ <b>{ $number }</b>: Telegram hesabı var. Hizmet sohbet kimliğini vermedi.
lookup-no = ➖ <b>{ $number }</b>: Telegram hesabı yok ya da gizlilik ayarlarıyla gizlenmiş.
lookup-waiting = ⏳ <b>{ $number }</b> sorgulanıyor…
lookup-queued = ⏳ <b>{ $number }</b> beklemeli.
lookup-again = ⏳ <b>{ $number }</b> bir kez daha soruluyor…
lookup-refused = ❌ Hizmete göre <b>{ $number }</b> bir telefon numarası değil. Lütfen denetleyip yeniden gönderin.
lookup-cancelled = 🗑 <b>{ $number }</b>: iptal edildi. Sorgu yapılmayacak.

# Aynıları, birkaç numaralı kartın satırları olarak.
lookup-head = 🔎 <b>Telegram var mı?</b> Sorgulanan: { $done } / { $numbers }
lookup-line-yes = ✅ { $number } · <code>{ $account }</code>
lookup-line-unnamed = ✅ { $number } · hesap var
lookup-line-no = ➖ { $number } · yok ya da gizlilik ayarlarıyla gizli
lookup-line-waiting = ⏳ { $number }
lookup-line-again = ⏳ { $number } · bir kez daha soruluyor
lookup-line-refused = ❌ { $number } · telefon numarası değil
lookup-line-cancelled = 🗑 { $number } · iptal edildi

lookup-why-failing = Sorgulama hizmeti düzgün yanıt vermiyor.
lookup-why-slow = Sorgulama hizmeti yavaş yanıt veriyor.
lookup-why-busy = Sorgulama hizmeti beklememi istedi.
lookup-why-quota = Bu ayki sorgular bitti.
lookup-why-other = Sorgulama hizmeti şu anda kullanılamıyor; bot sahibine bildirildi.
lookup-why-limit = Sorgulama hizmeti belli bir sürede ancak belli sayıda numara kabul ediyor.
lookup-place = Sıradaki yeri: { $place }. Sonraki deneme: { $at }.
lookup-place-soon = Sıradaki yeri: { $place }. Sıra ilerliyor.
lookup-by-itself = Yanıt buraya kendiliğinden gelir; bir şey yapmanız gerekmez.
lookup-stuck = Şu anda sorgu yapılamıyor ve ne zaman yapılabileceğini söyleyemiyorum. Bot sahibi nedenini görebilir.
lookup-memory = Bellekten: hizmet bunu { $age } önce söyledi.
lookup-memory-several = Bir kısmı bellekten geliyor; en eski yanıt { $age } önce alındı.

lookup-usage =
    Komutun ardına bir telefon numarası yazın, örneğin <code>/check{ $bot } +44 20 7946 0018</code>; her satıra bir tane olmak üzere ona kadar numara da yazabilirsiniz. İçinde numara olan bir mesajı <code>/check{ $bot }</code> ile yanıtlamak da olur.
lookup-no-number =
    Bunda bir telefon numarası bulamadım. Ülke koduyla yazın, örneğin <code>/check{ $bot } +44 20 7946 0018</code>.
lookup-too-many = Bir kişinin bekletebileceği kadar sorgunuz zaten bekliyor. Hepsi sırayla yanıtlanacak; sonrakileri bundan sonra sorun ya da numaraları dosyada liste olarak gönderin.
lookup-too-many-short = Bir kişinin bekletebileceği kadar sorgunuz zaten bekliyor. Yanıtlandıklarında yenilerini sorabilirsiniz.
lookup-over-day = Bu, bir kişinin bir günde tek tek sorabileceğinden fazla. Hiçbir şey sorulmadı ve harcanmadı. Hak, UTC gece yarısında yenilenir; çok numara bir listedir: dosyada gönderin.
lookup-too-soon = Bu kısa süre önce yeniden soruldu. { $at } itibarıyla bir kez daha sorulabilir.

button-copy = { $ids ->
    [one] Sohbet kimliğini kopyala
   *[other] { $ids } sohbet kimliğini kopyala
}
button-ask-again = Yeniden sor
button-cancel-lookup = İptal
button-look-up = Telegram var mı, tek tek
