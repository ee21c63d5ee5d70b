# Sahiplere bildirilenler, her sorun için bir kez.

owner-key-refused = 🔑 <b>{ $service }</b> bu botun anahtarını kabul etmiyor. Bir anahtar kabul edilene kadar kontrolleri kapalı; süren görevler korunuyor. Ayarlara geçerli bir anahtar girip yeniden başlatın, anahtar doğruysa bekleyin: her on dakikada bir yeniden soruyorum.
owner-key-taken = 🔑 <b>{ $service }</b> anahtarı yeniden kabul ediyor. Kontrolleri geri geldi.
owner-unconfirmed = ⚠️ <b>{ $service }</b> bir listeyi aldı mı, belli değil (görev <code>{ $task }</code>, { $check }). Kişiye bildirildi; listeyi yeniden gönderebilir ya da vazgeçebilir. Ücret alınıp alınmadığı hizmetin kendi sayfalarında görülür. Liste oradaysa düğmeye dokunup görev kimliğini söyleyin: onu izlerim, hiçbir şeyi yeniden göndermem.
owner-second-task = ⚠️ <b>{ $service }</b> bir listeyi <code>{ $remote }</code> görevi olarak aldı, ama bu görevi kimse izlemiyor: bu öğrenilmeden önce <code>{ $task }</code> kontrolünden vazgeçildi ya da liste yeniden gönderildi. Büyük olasılıkla ücreti alındı. Sonucu hizmetin kendi sayfalarında.
owner-download = ⚠️ <b>{ $service }</b> hizmetindeki <code>{ $remote }</code> görevinin sonucu alınamıyor. Bir gün boyunca denemeyi sürdüreceğim.
owner-unsafe = ☣️ <b>{ $service }</b> hizmetindeki <code>{ $remote }</code> görevinin sonucu açıldığında bir sonucun olabileceğinden çok daha büyük oluyor ya da ait olmadığı yerlere yazıyor. Bunu iletmiyorum. Kişi yeniden alınmasını isteyebilir; lütfen ne olduğunu hizmete sorun.
owner-result-set-aside = ☠️ Bu bot, <b>{ $service }</b> hizmetindeki <code>{ $remote }</code> görevinin sonucuna bakarken iki kez çöktü. Sonuç kenara alındı. Her çöküşten önce ne olduğu günlükte yazıyor.
owner-list-set-aside = ☠️ Bu bot, <code>{ $ref }</code> listesini okurken iki kez çöktü. Liste kenara alındı ve kişiye bildirildi. Her çöküşten önce ne olduğu günlükte yazıyor.
owner-mismatch = ⚠️ <b>{ $service }</b> hizmetindeki <code>{ $remote }</code> görevinin sonucu gönderilen numaraları içermiyor: bazıları eksik ya da farklı. Bir uyarıyla teslim edildi.
owner-too-big = ⚠️ <b>{ $service }</b> hizmetindeki <code>{ $remote }</code> görevinin sonucu Telegram için fazla büyük. Hizmetin kendi sayfalarında bulunuyor; yerel bir Bot API sunucusu 2 GB boyutuna kadar dosya alır.
owner-uncounted = ⚠️ <b>{ $check }</b> kontrolünün { $currency } fiyatı yok, bu yüzden bütçesi olan kimse onu başlatamaz. CHECKERS_FILE içinde fiyatını belirtin ya da bütçeyi /people veya /groups sayfasında kaldırın.
owner-group-budget-nearly = ⚠️ { $period ->
    [month] <b>{ $group }</b> grubunun bu ayki bütçesinden { $left } kaldı (toplam { $limit }). Bütçe ayın 1’inde yenilenir (UTC).
   *[day] <b>{ $group }</b> grubunun bugünkü bütçesinden { $left } kaldı (toplam { $limit }). Bütçe UTC gece yarısında yenilenir.
}
owner-group-budget-spent = ⛔ { $period ->
    [month] <b>{ $group }</b> grubunun bu ayki bütçesi ({ $limit }) bitti. Bütçe ayın 1’inde yenilenir (UTC); /groups sayfasında değiştirilebilir.
   *[day] <b>{ $group }</b> grubunun bugünkü bütçesi ({ $limit }) bitti. Bütçe UTC gece yarısında yenilenir; /groups sayfasında değiştirilebilir.
}
owner-balance-low = 🪫 <b>{ $service }</b> bakiyesi { $balance }; belirlediğiniz { $alert } eşiğinin altında. Bakiye yükleyin: hizmet, bakiyeden pahalı listeleri kabul etmez.
owner-balance-short = 🪫 Biri, <b>{ $service }</b> bakiyesinden pahalı bir kontrol seçti: { $check }, { $cost }. Bakiye: { $balance }. Bakiye yükleyin; bunu günde bir kez söylerim.

owner-instance-limit = ⏸ Sorgulama hizmetinin <b>{ $instance }</b> örneği sınırına ulaştı. Bir süre, yetmezse daha uzun süre ona dokunulmayacak; sorgular bekler ya da başka bir örneğe gider. Ne kadar süreceğini /instances gösterir.
owner-instance-unready = 🌙 Sorgulama hizmetinin <b>{ $instance }</b> örneği başlatılıyor ya da yetkilendirilmemiş. Hizmetin konsolunda yeniden oturum açın; bekleyen oldukça dakikada bir deniyorum.
owner-instance-quota = 🪫 Sorgulama hizmetinin <b>{ $instance }</b> örneğinin tarifesinde bu ay için istek kalmadı. Gelecek ay başlayana kadar ona dokunmuyorum; daha büyük bir tarife alındıysa /instances onu hemen sürdürür.
owner-instance-refused = ⛔ Sorgulama hizmeti <b>{ $instance }</b> örneğinin kimliğini ya da belirtecini kabul etmiyor. Doğrularını GREEN_API_INSTANCES ayarına girip yeniden başlatın.
owner-instance-expired = ⌛ Sorgulama hizmetinin <b>{ $instance }</b> örneğinin süresi doldu ya da örnek silindi. Ücretini ödeyin ya da onu GREEN_API_INSTANCES ayarından çıkarıp yeniden başlatın; saatte bir deniyorum.
owner-instance-suspended = 🚫 Telegram, sorgulama hizmetinin <b>{ $instance }</b> örneğinin hesabını kısıtladı. Ne kadar süreceğini hizmetin konsolu gösterir; diğerleri yanıt verirken saatte bir deniyorum.
owner-instance-failing = ⚠️ Sorgulama hizmetinin <b>{ $instance }</b> örneği art arda birkaç kez düzgün yanıt vermedi. Giderek seyrelterek denemeyi sürdürüyorum.
owner-instance-back = 🟢 Sorgulama hizmetinin <b>{ $instance }</b> örneği yeniden çalışıyor.
