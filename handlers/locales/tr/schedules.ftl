# Her hafta, ay ya da üç ayda bir yeniden başlayan kontroller.

button-repeat = 🔁 Her ay…
schedule-head = 🔁 <b>{ $title }</b> · { $check }
schedule-how-often = Bu kontrolü ne sıklıkta yeniden başlatayım?
button-every-week = Her hafta
button-every-month = Her ay
button-every-quarter = Üç ayda bir
schedule-every-week = Her hafta, sıradaki: { $date }.
schedule-every-month = Her ay, sıradaki: { $date }.
schedule-every-quarter = Üç ayda bir, sıradaki: { $date }.
schedule-how = Bir gün önce <b>Bu kez atla</b> ve <b>Durdur</b> düğmeli bir kart gelir. O gün dosyayı yeniden okurum. Kontrol o zaman nasıl başlasın?
schedule-texts = Yapıştırılan numaralar yedi gün sonra silinir, bu yüzden listeyi her seferinde sizden isterim.
schedule-no-price = Bu kontrolün fiyatı bilinmiyor, bu yüzden kendiliğinden başlayamaz.
button-waits = Başlat'ı bekle
button-by-itself = Otomatik, en çok { $numbers } numara ve { $cost }
schedule-waits = Her liste <b>Başlat</b> düğmesini bekler.
schedule-by-itself = En çok { $numbers } numara ve { $cost } olduğunda kendiliğinden başlar; daha fazlası <b>Başlat</b> düğmesini bekler.
schedule-cost = Fiyat: { $cost }
schedule-stopped = Durduruldu. Artık yeniden başlamaz.
schedule-too-many = Bunlardan { $count } tane çalışıyor. Önce birini durdurun.

schedule-says-planned = ✅ Ayarlandı. Hiçbir şey harcanmadı.
schedule-says-tomorrow = Yarın, { $date }: geçen seferki gibi { $numbers } numara.
schedule-says-skipped = Bu kez atlandı.
schedule-says-begun = Liste bu sohbette yeniden başladı.
schedule-says-asks = ⚠️ Listeyi artık okuyamıyorum. Bu mesaja yanıt olarak bir kez daha gönderin: dosyayı ya da numaraları. Bundan sonra onunla devam ederim.
schedule-says-paused = ⏸ Bu kez hiçbir şey başlamadı: beni bu gruba ekleyen kişinin artık erişimi yok.
schedule-says-full = ⚠️ Bu kez hiçbir şey başlamadı: okunmayı bekleyen çok fazla listeniz var.
schedule-says-numbers = ⚠️ Kendiliğinden başlamadı: onaylanan { $numbers } numaradan fazlası var. Hiçbir şey harcanmadı; listenin kartında <b>Başlat</b> düğmesine dokunun.
schedule-says-dearer = ⚠️ Kendiliğinden başlamadı: onaylanan { $cost } tutarından pahalı ya da fiyatı bilinmiyor. Hiçbir şey harcanmadı; listenin kartında <b>Başlat</b> düğmesine dokunun.
schedule-says-poor = ⚠️ Kendiliğinden başlamadı: hesabın bakiyesi yetmeyebilir. Hiçbir şey harcanmadı; bakiye yüklenince listenin kartında <b>Başlat</b> düğmesine dokunun.
schedule-says-limits = ⚠️ Kendiliğinden başlamadı: bir sınır ya da koşulların onayı engel oldu. Hiçbir şey harcanmadı; ayrıntısı listenin kartında.
schedule-says-off = ⚠️ Kendiliğinden başlamadı: bu kontrol şu anda sunulmuyor. Hiçbir şey harcanmadı; liste burada.

button-skip = Bu kez atla
button-stop = Durdur

stats-schedules = 🔁 Zamanlanmış: { $on }, erişim kalmadığı için bitti: { $done }
stats-schedule = { $name }: { $check }, { $every ->
    [week] her hafta
    [month] her ay
   *[quarter] üç ayda bir
}, sıradaki: { $date }
button-schedules = Tüm zamanlamalar
button-sooner = ‹ Daha erken
button-later = Daha geç ›
