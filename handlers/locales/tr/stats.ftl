# /stats, sahipler için.

stats-sound = 🟢 Aksayan bir şey yok.
stats-service-paused = 🔑 <b>{ $service }</b> anahtarı kabul etmiyor
stats-instance-rests = ⏸ <b>{ $instance }</b> örneği { $at } saatine kadar dinleniyor
stats-instance-held = ⏸ <b>{ $instance }</b> örneği bir sahip tarafından durduruldu
stats-unconfirmed = ⚠️ Son bir günde durumu belirsiz kalan kontrol: { $tasks }
stats-expired = ⌛ Son bir günde süresi dolan kontrol: { $tasks }
stats-day = Bugün (UTC)
stats-week = Son 7 gün
stats-month = Son 30 gün
stats-line = <b>{ $head }</b>: kontrol { $tasks }, numara { $numbers }
stats-bars = <code>{ $bars }</code> günlük numara, en çok { $numbers }
stats-balance = { $service } bakiyesi: { $balance }
button-stats-day = Gün
button-stats-week = Hafta
button-stats-month = Ay
