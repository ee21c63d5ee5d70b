# Gruplar: orada söylenenler ve ayarları. Grupların menü satırları sonda.

group-hello = 👋 <b>Merhaba! Telefon numarası listelerini kontrol ederim, burada da.</b>
group-hello-more =
    Bir kartın düğmeleri onu gönderen kişiye ve grubun yöneticilerine uyar. <code>/settings{ $bot }</code> kimin gönderebileceğini ve sonuçların nereye gittiğini gösterir.

    Telegram, botların bir gruba dakikada yirmi mesaj yazmasına izin verir; bu yüzden kartlar burada özel sohbettekinden daha seyrek güncellenir.
group-sees-meant = 🔒 Gizlilik modu açık: Telegram konuşmalarınızı bana göstermez. Bana adımı taşıyan komutlar ve mesajlarıma verilen yanıtlar ulaşır.
group-sees-all = 👁 Telegram burada yazılan her şeyi bana gösterir. Bana yazılmamış olanı okumadan atarım.

# Telegram bota ne gösterirse göstersin her grupta işe yarayan yollar: karşılamada, yardımda ve ipucunda.
group-ways =
    • Bir dosyayı, açıklamasına <code>/check{ $bot }</code> yazarak gönderin,
    • ya da numaraları komutun arkasına yazın: <code>/check{ $bot } +44 20 7946 0018</code>
group-ways-reply = • ya da numara içeren bir dosyaya veya mesaja <code>/check{ $bot }</code> diye yanıt verin
group-ways-no-reply = Bu tür bir grupta yanıt vermek işe yaramayabilir: Telegram çoğu zaman neye yanıt verdiğinizi bana göstermez.
group-help-head = <b>Burada nasıl çalışır</b>
group-help = Sonra bir kontrol seçin ve <b>Başlat</b>'a dokunun. O zamana kadar hiçbir şey harcanmaz. /tasks{ $bot } burada neyin sürdüğünü, /settings{ $bot } kimin gönderebileceğini gösterir.
group-usage = Bunda numara yok.
group-only-this = Burada yalnızca <code>/check{ $bot }</code> yazılı mesajı ya da onun yanıtladığı mesajı alırım. Aynı albümdeki diğer dosyalar ve Telegram'ın böldüğü uzun metnin kalanı bu listede yok. Hepsi tek listede olsun istiyorsanız bir .zip ya da metin dosyası gönderin.
group-elsewhere = Bu, özel sohbetimizde çalışır: adıma dokunarak sohbeti açın ve oraya gönderin.
group-as-channel = Bir kanal adına yazıyorsunuz; bu yüzden kimin sorduğunu göremiyorum, oysa bir kontrolün sorumlusu bir kişi olmalı. Lütfen metin alanının yanından kendi adınızı seçip yeniden gönderin.
group-not-let-in = Yalnızca bu botu kullanma izni olan birinin beni eklediği gruplarda kalırım. Hoşça kalın!
group-not-you = Üzgünüm, buraya numara gönderemezsiniz. Buna grubun yöneticileri /settings{ $bot } ile karar verir; bota erişimi ise bot sahibi verir.
group-paused = ⏸ Burada duraklatıldım: beni ekleyen kişinin artık erişimi yok. Erişimi olan biri beni çıkarıp yeniden eklesin ya da bot sahibinden ona erişim vermesini isteyin.
group-admins-only = Bunu yalnızca bu grubun yöneticileri değiştirebilir.
group-open-chat = ✅ <b>{ $title }</b>: sonuç hazır. Size özel olarak gelecek; bunun için önce benimle bir sohbet açmalısınız, ondan önce size yazamam.
group-no-files = ✅ <b>{ $title }</b> · { $check }: sonuç hazır, ama bu grup dosya kabul etmiyor. Listeyi gönderen kişi sonucu özel olarak alabilir. Ya da bir yönetici burada dosyalara izin verir; o zaman buraya gelir.
group-goes-privately = ✅ <b>{ $title }</b> · { $check }: sonuç, listeyi gönderen kişiye özel olarak gidiyor.
group-files-not-taken = Bu grup dosya kabul etmiyor, bu yüzden bunu buraya gönderemem. Bir yönetici grubun izinlerinden dosyalara izin verebilir.
group-no-private = Bu bota erişiminiz yok, bu yüzden size özel olarak gönderemem. Bir yönetici burada dosyalara izin verebilir.

button-open-chat = Benimle sohbet aç
button-privately = Bana özel olarak gönder
button-try-here = Burada yeniden dene

task-delivered-privately = ✅ Bitti · { $numbers } numara kontrol edildi. Sonuç, listeyi gönderen kişiye özel olarak gitti.

# /settings
settings-head = ⚙️ <b>Bu grubun ayarları</b>
settings-none = yok
settings-now-hand_in = Kim gönderebilir: <b>{ $who }</b>
settings-now-checks = Kontroller: <b>{ $checks }</b>
settings-now-language = Dil: <b>{ $language }</b>
settings-now-country = Ülke kodu olmayan numaralar: <b>{ $country }</b>
settings-now-results = Sonuçlar nereye gider: <b>{ $where }</b>
settings-now-first_file = Sonucun ilk dosyası: <b>{ $file }</b>

settings-hand_in = Buraya kim numara gönderebilir? Kontrollerin ücretini bot sahibi öder.
settings-checks = Burada hangi kontroller sunulsun? Bir dokunuş açar ya da kapatır.
settings-language = Burada hangi dili konuşayım?
settings-country = Ülke kodu olmayan numaralar hangi ülkenin? Bunların arasında yoksa <code>/country{ $bot }</code> ve adını yazın, örneğin <code>/country{ $bot } Brezilya</code>.
settings-results = Sonuçlar nereye gitsin? Özel gönderim, botu kullanma izni olanlar içindir; başkalarının sonuçları buraya gelir.
settings-first_file = Burada sonucun hangi dosyası önce gelsin? Diğeri bir dokunuş uzakta.

button-settings-hand_in = Kim gönderebilir
button-settings-checks = Kontroller
button-settings-language = Dil
button-settings-country = Ülke
button-settings-results = Sonuçlar nereye
button-settings-first_file = İlk dosya

hand-in-admins = bu grubun yöneticileri
hand-in-invited = botu kullanma izni olan herkes
hand-in-everyone = bu gruptaki herkes
results-here = bu gruba
results-private = kişiye özel olarak
first-file-list = yanıtlı kendi listeniz
first-file-raw = hizmetin ham dosyası

command-settings = Bu grup neye izin veriyor
command-check-here = Açıklaması /check{ $bot } olan dosya ya da arkasına yazılan numaralar
command-people = Bu botu kimler kullanabilir
command-groups = Bulunduğum gruplar
command-invite = Birine erişim veren bağlantı
command-stats = Kullanım ve sorunlar
command-checks = Hangi kontroller sunuluyor
command-instances = Tek sorguların örnekleri
