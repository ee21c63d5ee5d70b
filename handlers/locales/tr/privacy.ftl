# /privacy, /export ve /forget.

privacy =
    <b>Neyi, ne kadar süre saklıyorum</b>

    <b>Listeleriniz.</b> Numaralar ve yapıştırdığınız metinler şifrelidir. Numaralar kontrol bittikten bir gün sonra, metinler bir hafta sonra, listeyi attığınızda ise hemen silinir. Dosyalarınız Telegram'da kalır; gerektiğinde oradan alırım. Hiç kontrol edilmesini istemediğiniz numaraların, numarası okunamayan parmak izleri, siz vazgeçene kadar saklanır.

    <b>Sonuçlar.</b> Bendeki kopya şifrelidir ve teslimden bir gün sonra silinir. Ulaştırılamayan ya da karar bekleyen, 30 gün sonra silinir. Bu sohbetteki dosya sizindir. { $remembered }

    <b>Tek numaralar.</b> Sorunuz bir gün sonra silinir. Hizmetin yanıtı, aynı şey iki kez sorulmasın diye 7–30 gün boyunca bir parmak iziyle saklanır; kimin sorduğu yazmaz.

    <b>Siz.</b> Telegram kimliğiniz, adınız ve diliniz, listelerinizin adları ve kontrollerinin nasıl bittiği, erişiminiz ve ne kadar numara kontrol ettiğiniz, siz /forget diyene kadar. Bir aralığın hangi numaralarını sorduğunuz, kimse burada aralık taramasın diye, /forget sonrasında da bir hafta boyunca bir parmak iziyle saklanır.

    <b>Diğerleri.</b> Numaralar, başlattığınız kontrolün hizmetine gider. Mesajlar ve dosyalar Telegram üzerinden geçer. Kayıtlarda numara bulunmaz.

    /export sizinle ilgili saklanan her şeyi verir. /forget hepsini siler.
privacy-remembered =
    Kesin yanıtlar, aynı şeye iki kez para ödenmesin diye, en fazla { $days } gün boyunca numaraların parmak iziyle saklanır: sizin için ya da sonucu alan grup için. Parmak izinden numara okunamaz. Bir listenin birkaç parmak izi, birbirine benzeyen listeler bulunsun diye bir yıl saklanır.
export-caption = Sizinle ilgili saklanan her şey, JSON olarak. Parmak izleri ve kimlikler veritabanının kendisine aittir.
export-too-much = Bu, buradaki tek bir dosyaya sığandan fazla. Lütfen bot sahibinden bir kopya isteyin.
forget-ask = <b>Sizinle ilgili her şey silinsin mi?</b> Buradaki listeleriniz, sonuçlarınız, saklanan yanıtlarınız, kontrol edilmeyecekler listeniz, sorgularınız ve ayarlarınız hemen silinir ve geri getirilemez. Bu sohbette olanlar kalır; onları Telegram'da silebilirsiniz.
forget-running = { $checks ->
    [one] { $checks } kontrol sürüyor. Onu bırakıyorum: parası harcandı, sonucu gelmeyecek.
   *[other] { $checks } kontrol sürüyor. Onları bırakıyorum: paraları harcandı, sonuçları gelmeyecek.
}
forget-access = Bu botu yeniden kullanmak için yeniden içeri alınmanız gerekecek.
forget-done = Sizinle ilgili saklanan her şey silindi.
forget-kept = Hiçbir şey silinmedi.
button-forget = Her şeyi sil
button-keep = Kalsın
