# Sepetler: bir kontrolün istediği sayıda numaraya ulaşana kadar bekletilen listeler.

basket-kept = Liste bekletiliyor. Buraya numara gönderin, eklerim.
basket-count = 🧺 <b>{ $check }</b> için { $minimum } numaradan { $ready } tanesi var. Numara gönderin, eklerim. Henüz hiçbir şey harcanmadı.
basket-full = 🧺 <b>{ $check }</b> için yeterli; en az { $minimum } gerekiyor. Fiyatına bakın ya da daha fazla gönderin. Henüz hiçbir şey harcanmadı.
basket-known = { $known } numara daha önce yanıtlandı: yalnızca yeniler sayılır.
basket-off = 🧺 Bu listenin beklediği kontrol şu anda sunulmuyor. Gönderdikleriniz yine de eklenir.
basket-added = 🧺 Şu listeye eklendi: <b>{ $title }</b>.
basket-added-count = 🧺 Şu listeye eklendi: <b>{ $title }</b>. { $check } için şimdi { $minimum } numaradan { $ready } tanesi var.
basket-added-full = 🧺 Şu listeye eklendi: <b>{ $title }</b>. Şimdi { $ready } numara var, { $check } için yeterli.

button-keep-list = Beklet, daha fazla ekle
button-basket-full = { $check }: fiyatı gör
button-other-check = Başka bir kontrol seç
button-no-more = Artık ekleme
button-take-out = Ayrı bir liste olarak çıkar
