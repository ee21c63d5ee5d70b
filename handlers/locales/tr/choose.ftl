# Kontrolün seçilmesi ile başlatılması arasındaki sayfa.

choose-head = 📄 <b>{ $title }</b> · { $check }
choose-about = <i>{ $about }</i>
choose-count = Hizmete { $numbers } numara gönderilecek.
choose-uncompared = ⚠️ Liste bu kez hatırlanan yanıtlarla karşılaştırılamadı; bu yüzden tamamı hizmete gider.
choose-known = { $all } numara · { $known } tanesi son { $days } gün içinde yanıtlandı · { $numbers } tanesi hizmete gider
choose-known-cost = { $full } yerine { $cost }
choose-known-all = { $all } numara · hepsi son { $days } gün içinde yanıtlandı. Hizmete hiçbir şey gitmez, hiçbir şey harcanmaz.
choose-known-details = Durum metni gibi ayrıntılar hatırlanmaz. Onları “Hepsini yeniden kontrol et” getirir.
choose-cost = Fiyat: { $cost }
choose-no-price = Bu kontrolün fiyatı henüz bilinmiyor.
choose-balance = Hesap bakiyesi: { $balance }
choose-minimum = Hizmetin kabul ettiği en küçük liste: { $minimum }
choose-again = ⚠️ Bu liste aynı kontrolden daha önce geçti: { $date }.
choose-too_few = ⚠️ Hizmet bu kontrol için en az { $minimum } numara istiyor, bu listede ise { $numbers } numara var. Başka bir kontrol seçin ya da listeyi bekletip daha fazla ekleyin.
choose-new_too_few = ⚠️ Hizmet bu kontrol için en az { $minimum } numara istiyor, yeni olan ise yalnızca { $numbers } numara. Listeyi bekletip daha fazla ekleyin ya da “Hepsini yeniden kontrol et” ile tamamını gönderin.
choose-too_large = ⚠️ Hizmet bu kontrol için en fazla { $maximum } numara kabul ediyor. Lütfen listeyi bölün.
choose-too-poor = ⚠️ Bakiye yetmeyebilir: yükleme yapılması gerekiyor, bot sahibine bildirildi. Hizmet kabul etmezse hiçbir şey harcanmaz.
price-changed-alert = Fiyat bu arada değişti. Hiçbir şey başlatılmadı ve harcanmadı. Şimdiki fiyata bakıp yeniden “Başlat”a dokunun.
price-changed-again = Fiyat bu arada değişti. Yeniden hiçbir şey gönderilmedi. Şimdiki fiyata bakıp bir kez daha “Yeniden gönder”e dokunun.
choose-unavailable = Bu kontrol şu anda kullanılamıyor: hizmet bu botun anahtarını kabul etmiyor. Bot sahibine bildirildi. Listeniz duruyor.
choose-turned-off = Bu kontrol kapatıldı. Hiçbir şey harcanmadı, listeniz duruyor. Başka bir kontrol seçin.

button-start = Başlat
button-start-new = Yenileri kontrol et: { $numbers }
button-whole = Hepsini yeniden kontrol et
button-from-memory = Listeyi bellekten al, ücretsiz
button-known = Bellekteki { $known } numarayı al, ücretsiz
known-title = { $title } · bellekten
