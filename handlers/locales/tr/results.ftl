# Sonucu getiren mesaj.

result-ready = ✅ <b>{ $title }</b> · { $check }: sonuç hazır.
result-caption = ✅ <b>{ $title }</b> · { $check }
result-counts = { $numbers } numara kontrol edildi
result-counts-known = { $all } numara · { $numbers } tanesi şimdi kontrol edildi, { $sent_as ->
    [parts] bu dosyalarda
   *[whole] bu dosyada
} · { $known } tanesi bellekten, en eski yanıt: { $date }
result-counts-own = { $all } numara · { $numbers } tanesi şimdi kontrol edildi · { $known } tanesi bellekten, en eski yanıt: { $date }
result-counts-remembered = { $known } numara bellekten, en eski yanıt: { $date }. Hiçbir şey harcanmadı.
result-success = { $success } yanıtlı
result-failure = { $failure } yanıtsız
result-file = { $title } · { $check } · { $date }
result-file-remembered = { $title } · { $check } · bellekten { $date }
result-too-big = ✅ <b>{ $title }</b> · { $check }: sonuç hazır, ama { $megabytes } MB ile Telegram'ın botlardan kabul ettiğinden büyük. Bot sahibi onu hizmetten <code>{ $ref }</code> görevi olarak alabilir; kendisine bildirildi.
result-gone = Dosya artık burada değil. Hizmetten yeniden alıyorum; birazdan gelir.
result-gone-known = Dosya artık burada değil. Yeniden yazıyorum; birazdan gelir.
result-known-gone = Bu listeden hatırladıklarım artık silindi; bu yüzden bunu yapamıyorum. Listeyi yeniden gönderin: hâlâ hatırladıklarım ücretsizdir.
result-no-summary = Hizmetin dosyası bilmediğim bir biçimde geldi; bu yüzden geldiği gibi, özetsiz iletiyorum.
result-piece = ✅ <b>{ $title }</b> · { $check }: bölüm { $number } / { $pieces } yolda.
result-piece-caption = ✅ <b>{ $title }</b> · { $check } · bölüm { $number } / { $pieces }
result-piece-file = { $title } · { $check } · { $date } · bölüm { $number }
picture-coming = 📊 <b>{ $title }</b> · { $check }: resim birazdan geliyor.

button-sheet = Yanıtlarla birlikte tablom
button-raw = Ham dosya
button-more = Daha fazla…
button-another = Bu numaralara başka kontrol
button-all-numbers = { $numbers ->
    [one] Tek numara
   *[other] { $numbers } numaranın tümü
}
another-which = <b>{ $title }</b> için başka bir kontrol: hangi numaralara?

button-again = Yeniden kontrol et
again-no-source = Bu listenin ne dosyası ne de numaraları artık duruyor. Lütfen listeyi bir kez daha gönderin.

sheet-caption = <b>{ $title }</b>: kendi satırlarınız, yanlarında yanıtlar.
sheet-without = Eksik: { $checks }. Bu sonucun dosyası şu anda alınamıyor.
sheet-file = { $title } ve yanıtlar
sheet-head-checked = Kontrol tarihi
sheet-head-checked-of = { $check }: kontrol tarihi
sheet-head-left-out = Atlanma nedeni
sheet-said-converted = Bu biçimde yazamıyorum, bu yüzden .xlsx olarak döndü: satırlar metin olarak, biçimler ve diğer sayfalar olmadan.
sheet-said-signed = Dosyanız imzalı ve her değişiklik imzayı bozar: satırları metin olarak, yeni bir dosyada.
sheet-said-large = Yanıtlarla birlikte dosyanız olduğu gibi dönemeyecek kadar büyük: satırları metin olarak, yeni bir dosyada.
sheet-said-strange = Dosyanızın yapısına ekleme yapamıyorum: satırları metin olarak, yeni bir dosyada.
sheet-no-source = Telegram dosyanızı artık vermiyor. Lütfen yeniden gönderin; yanıtlar yukarıdaki sonuçta.
sheet-later = Şimdi olmadı: Telegram'a düzgün ulaşılamıyor. Lütfen birazdan yeniden dokunun.
sheet-not-given = Birkaç kez denedim ama Telegram bunun için gereken dosyayı vermedi. Lütfen birkaç dakika sonra yeniden dokunun.
sheet-too-much = Bu, tek bir dosya için ayırdığımdan fazlasını istiyor; bu yüzden durdum. Sonucun kendisi yukarıdaki dosyada.
sheet-broken = Bunda takıldım: bu benim hatam ve günlüğe yazıldı. Sonucun kendisi yukarıdaki dosyada; ondan hiçbir şey kaybolmadı.

group-caption = <b>{ $title }</b> · { $group }
group-file = { $title } · { $group }
group-title = { $title } · { $group }
