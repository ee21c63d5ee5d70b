# Birden çok ekranın kullandığı sözler.
# Süreler hem iki noktadan sonra (“Kalan süre: yaklaşık 5 dakika”) hem “önce” sözünden önce gelir.

minutes = { $count ->
    [one] yaklaşık bir dakika
   *[other] yaklaşık { $count } dakika
}

hours = { $count ->
    [one] yaklaşık bir saat
   *[other] yaklaşık { $count } saat
}

days = { $count ->
    [one] yaklaşık bir gün
   *[other] yaklaşık { $count } gün
}

moment = bir dakikadan az

button-back = ‹ Geri

# Dokunulan düğmenin üzerindeki kısa bildirimler.
notice-gone = Bu kart artık güncel değil. Son durumu görmek için /tasks{ $bot } gönderin.
notice-not-yours = Bu kart başka birine ait.
notice-kept = Not edildi.
notice-done = Bu zaten yapıldı.
notice-moved-on = Bu düğme gösterildiğinden beri durum değişti, o yüzden bir şey yapmadı. Son durum kartta.
notice-under-way = Liste tam şu anda gönderiliyor, bu yüzden yine de ücret alınabilir. Hizmet bu kez almazsa yeniden denemeyeceğim.
notice-earlier = Bu düğme önceki bir sürümden kalma, artık bir şey yapmıyor. Son durumu görmek için /tasks{ $bot } gönderin.
cost-about = ≈ { $cost }
