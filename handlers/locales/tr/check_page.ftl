# /checks, sahipler için: hangi kontroller açık, ne kadar tutuyor ve sonuncusu nasıl gitti.

checks-none = Açılabilecek kontrol yok: hiçbir hizmetin anahtarı girilmemiş.
checks-head = <b>Kontroller</b>: { $count } kontrolden { $on } tanesi açık. Fiyatlar 1.000 numara içindir.
checks-on = 🟢 <b>{ $check }</b>
checks-off = ⚪ <b>{ $check }</b>
checks-price = { $price }
checks-minimum = en az { $minimum }
checks-never = hiç kullanılmadı
checks-taken = { $date }: kabul edildi
checks-open = { $date }: henüz cevap yok
checks-refused = { $date }: reddedildi
checks-refused-words = { $date }: reddedildi, “{ $words }”

button-turn-on = Aç: { $check }
button-turn-off = Kapat: { $check }
