# Kontroller. CHECKERS_FILE içindeki bir kontrolün burada metni yoksa o dosyadaki sözler gösterilir.

check-tg_active = Telegram etkinliği
check-tg_active-about = Her numaranın Telegram hesabının en son kaç gün önce çevrimiçi olduğunu gösterir: 1, 7, 30 ya da bilinmiyor.
column-tg_active = Telegram: son çevrimiçi (gün önce)

check-wa_detail = WhatsApp ayrıntıları
check-wa_detail-about = Her numarada WhatsApp olup olmadığını, durum metnini ve bu metnin en son ne zaman değiştiğini gösterir.
column-wa_detail = WhatsApp: hesap
column-wa_detail-signature = WhatsApp: durum metni
column-wa_detail-status_update = WhatsApp: durum değişikliği

check-active_check = Numara durumu
check-active_check-about = Her numaranın kullanımda olup olmadığını gösterir: etkin, etkin değil ya da bilinmiyor.
column-active_check = Kullanımda

check-band = Band
check-band-about = Her numaranın bir Band hesabı olup olmadığını gösterir.
column-band = Band: hesap

check-tg = Telegram
check-tg-about = Her numaranın bir Telegram hesabı olup olmadığını gösterir.

check-ws = WhatsApp
check-ws-about = Her numarada WhatsApp olup olmadığını gösterir.

check-ws_active = WhatsApp etkinliği
check-ws_active-about = Her numaranın WhatsApp hesabının kullanılıp kullanılmadığını gösterir.

check-viber = Viber
check-viber-about = Her numaranın bir Viber hesabı olup olmadığını gösterir.

check-line = LINE
check-line-about = Her numaranın bir LINE hesabı olup olmadığını gösterir.

check-zalo = Zalo
check-zalo-about = Her numaranın bir Zalo hesabı olup olmadığını gösterir.

check-signal = Signal
check-signal-about = Her numaranın bir Signal hesabı olup olmadığını gösterir.

check-rcs = RCS
check-rcs-about = Her numaranın telefonunun RCS mesajı alıp almadığını gösterir.

check-imessage = iMessage
check-imessage-about = Her numaranın iMessage alıp almadığını gösterir.

check-vk = VK
check-vk-about = Her numaranın bir VK hesabı olup olmadığını gösterir.

check-max = MAX
check-max-about = Her numaranın bir MAX hesabı olup olmadığını gösterir.

check-facebook = Facebook
check-facebook-about = Her numaranın bir Facebook hesabı olup olmadığını gösterir.

check-instagram = Instagram
check-instagram-about = Her numaranın bir Instagram hesabı olup olmadığını gösterir.

check-phoneCheck = Numara bilgisi
check-phoneCheck-about = Hizmetin her numara hakkında bildiğini kendi sözleriyle gösterir.

check-usaCarrier = ABD operatörü
check-usaCarrier-about = Her ABD numarasının operatörünü hizmetin kendi sözleriyle gösterir.
