# Kontroller. CHECKERS_FILE içindeki bir kontrolün burada metni yoksa o dosyadaki sözler gösterilir.

check-tg_active = Telegram etkinliği
check-tg_active-about = Her numaranın Telegram hesabının en son kaç gün önce çevrimiçi olduğunu gösterir: 1, 7, 30 ya da bilinmiyor.

check-wa_detail = WhatsApp ayrıntıları
check-wa_detail-about = Her numarada WhatsApp olup olmadığını, durum metnini ve bu metnin en son ne zaman değiştiğini gösterir.

check-active_check = Numara durumu
check-active_check-about = Her numaranın kullanımda olup olmadığını gösterir: etkin, etkin değil ya da bilinmiyor.

check-band = Band
check-band-about = Her numaranın bir Band hesabı olup olmadığını gösterir.
