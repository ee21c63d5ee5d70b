# /start, /help ve numara da komut da olmayan her şeye verilen yanıtlar.

start =
    👋 <b>Merhaba! Telefon numarası listelerini kontrol ederim.</b>

    Bana numara içeren bir dosya (metin, e-tablo, kişiler ya da bunların zip'i) gönderin veya numaraları doğrudan buraya yapıştırın. Sonra bir kontrol seçin, ne tuttuğunu görün ve kendi listenizi yanıtlarıyla birlikte bu sohbette geri alın.

    Siz <b>Başlat</b> düğmesine dokunmadan hiçbir şey harcanmaz.
start-lookup = Ya da tek bir numara gönderin: Telegram hesabı olup olmadığını hemen söylerim.
start-checks = Kontrol edebildiklerim:
start-check = • <b>{ $name }</b> — { $about }
start-more-checks = Ayrıca: { $names }
start-no-checks = Şu anda kurulu bir kontrol yok. Bot sahibi nedenini <code>numberdesk doctor</code> ile görebilir.
start-owner =
    🔑 Bu botun sahiplerindensiniz. Sırada ne var:
    • /invite bir kişiye erişim veren bir bağlantı oluşturur
    • /people kimlerin erişimi olduğunu gösterir ve her birinin günde kaç numara kontrol ettirebileceğini belirler
    • /checks ek kontrolleri açar ve kapatır
    • /stats neyin kontrol edildiğini, ne tuttuğunu ve neyin çalışmadığını söyler
    Biri erişim isterse ya da bir sorun çıkarsa size burada söylerim.

help =
    <b>Nasıl çalışır</b>

    1. Bir dosya gönderin ya da her satıra bir tane olmak üzere numaraları yapıştırın. Boşluk, tire ve parantez sorun olmaz. Ülke kodu eksikse ülkeyi bir kez sorarım.
    2. Bir kontrol seçin ve <b>Başlat</b> düğmesine dokunun. O ana kadar hiçbir şey harcanmaz.
    3. Sayacı izleyin ya da başka bir iş yapın: sonuç kendiliğinden gelir. Altındaki düğmelerle numaraların bir grubunu, hizmetin ham dosyasını ya da başka bir kontrolü alırsınız.

    Birlikte gönderilen dosyalar tek liste olur; Telegram'ın parçalara böldüğü uzun bir metin de yeniden birleştirilir.

    /check — bu numaranın Telegram hesabı var mı?
    /country — ülke kodu olmayan numaralar nereye ait
    /tasks — süren kontroller ve biten sonuçlar
    /help — bu sayfa
help-owner = Sahipler için: /checks, /people, /groups, /invite, /stats, /instances

fallback-text =
    Bunda telefon numarası bulamadım. Listeyi dosya olarak ya da her satırda bir numara olan metin olarak gönderin, örneğin:

    <code>+44 20 7946 0018
    +7 987 654-32-10</code>

    Daha fazlası: /help
fallback-photo = Resimdeki numaraları okuyamam. Lütfen metin, metin dosyası, e-tablo ya da kişiler olarak gönderin.
fallback-voice = Sesli mesajları dinleyemem. Lütfen numaraları metin, metin dosyası, e-tablo ya da kişiler olarak gönderin.
fallback-other = Bundan numara okuyamam. Lütfen metin, metin dosyası, e-tablo ya da kişiler olarak gönderin.
fallback-edited = Bir mesajı yalnızca geldiğinde, bir kez okurum; bu yüzden bende hâlâ eski hâli var. Numaraları değiştirdiyseniz lütfen yeni bir mesajla yeniden gönderin.
fallback-command = Bu komutu bilmiyorum. Neler yapabildiğimi /help gösterir.

door-closed =
    Burası Numberdesk, telefon numarası listelerini kontrol eden bir bot. Yalnızca davet edilenlere açık.

    Adını size biri verdiyse, sizi içeri almasını isteyin: Telegram kimliğiniz <code>{ $id }</code>.
