# The checks. A check from CHECKERS_FILE without a text here shows the words of that file.

check-tg_active = Telegram activity
check-tg_active-about = Tells for each number how many days ago its Telegram account was last online: 1, 7, 30, or unknown.

check-wa_detail = WhatsApp details
check-wa_detail-about = Tells for each number whether it has WhatsApp, its status text, and when that was last changed.

check-active_check = Active number
check-active_check-about = Tells for each number whether it is in use: active, inactive or unknown.

check-band = Band
check-band-about = Tells for each number whether it has a Band account.
