# The checks. A check from CHECKERS_FILE without a text here shows the words of that file.

check-tg_active = Telegram activity
check-tg_active-about = Tells for each number how many days ago its Telegram account was last online: 1, 7, 30, or unknown.
column-tg_active = Telegram: last online (days ago)

check-wa_detail = WhatsApp details
check-wa_detail-about = Tells for each number whether it has WhatsApp, its status text, and when that was last changed.
column-wa_detail = WhatsApp: account
column-wa_detail-signature = WhatsApp: status text
column-wa_detail-status_update = WhatsApp: status changed on

check-active_check = Active number
check-active_check-about = Tells for each number whether it is in use: active, inactive or unknown.
column-active_check = In use

check-band = Band
check-band-about = Tells for each number whether it has a Band account.
column-band = Band: account

check-tg = Telegram
check-tg-about = Tells for each number whether it has a Telegram account.

check-ws = WhatsApp
check-ws-about = Tells for each number whether it has WhatsApp.

check-ws_active = WhatsApp activity
check-ws_active-about = Tells for each number whether its WhatsApp account is in use.

check-viber = Viber
check-viber-about = Tells for each number whether it has a Viber account.

check-line = LINE
check-line-about = Tells for each number whether it has a LINE account.

check-zalo = Zalo
check-zalo-about = Tells for each number whether it has a Zalo account.

check-signal = Signal
check-signal-about = Tells for each number whether it has a Signal account.

check-rcs = RCS
check-rcs-about = Tells for each number whether its phone takes RCS messages.

check-imessage = iMessage
check-imessage-about = Tells for each number whether it takes iMessage.

check-vk = VK
check-vk-about = Tells for each number whether it has a VK account.

check-max = MAX
check-max-about = Tells for each number whether it has a MAX account.

check-facebook = Facebook
check-facebook-about = Tells for each number whether it has a Facebook account.

check-instagram = Instagram
check-instagram-about = Tells for each number whether it has an Instagram account.

check-phoneCheck = Phone check
check-phoneCheck-about = Tells for each number what the service knows of it, in the service's own words.

check-usaCarrier = US carrier
check-usaCarrier-about = Tells the carrier of each US number, in the service's own words.
