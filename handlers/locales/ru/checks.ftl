# Проверки. Если у проверки из CHECKERS_FILE здесь нет текста, показываются слова из того файла.

check-tg_active = Активность в Telegram
check-tg_active-about = Показывает для каждого номера, сколько дней назад его аккаунт Telegram был в сети: 1, 7, 30 или неизвестно.
column-tg_active = Telegram: был в сети (дней назад)

check-wa_detail = Данные WhatsApp
check-wa_detail-about = Показывает для каждого номера, есть ли у него WhatsApp, каков текст статуса и когда он менялся в последний раз.
column-wa_detail = WhatsApp: аккаунт
column-wa_detail-signature = WhatsApp: текст статуса
column-wa_detail-status_update = WhatsApp: статус изменён

check-active_check = Активность номера
check-active_check-about = Показывает для каждого номера, используется ли он: активен, неактивен или неизвестно.
column-active_check = Используется

check-band = Band
check-band-about = Показывает для каждого номера, есть ли у него аккаунт Band.
column-band = Band: аккаунт

check-tg = Telegram
check-tg-about = Показывает для каждого номера, есть ли у него аккаунт Telegram.

check-ws = WhatsApp
check-ws-about = Показывает для каждого номера, есть ли у него WhatsApp.

check-ws_active = Активность в WhatsApp
check-ws_active-about = Показывает для каждого номера, пользуются ли его аккаунтом WhatsApp.

check-viber = Viber
check-viber-about = Показывает для каждого номера, есть ли у него аккаунт Viber.

check-line = LINE
check-line-about = Показывает для каждого номера, есть ли у него аккаунт LINE.

check-zalo = Zalo
check-zalo-about = Показывает для каждого номера, есть ли у него аккаунт Zalo.

check-signal = Signal
check-signal-about = Показывает для каждого номера, есть ли у него аккаунт Signal.

check-rcs = RCS
check-rcs-about = Показывает для каждого номера, принимает ли его телефон сообщения RCS.

check-imessage = iMessage
check-imessage-about = Показывает для каждого номера, принимает ли он iMessage.

check-vk = VK
check-vk-about = Показывает для каждого номера, есть ли у него аккаунт VK.

check-max = MAX
check-max-about = Показывает для каждого номера, есть ли у него аккаунт MAX.

check-facebook = Facebook
check-facebook-about = Показывает для каждого номера, есть ли у него аккаунт Facebook.

check-instagram = Instagram
check-instagram-about = Показывает для каждого номера, есть ли у него аккаунт Instagram.

check-phoneCheck = Сведения о номере
check-phoneCheck-about = Показывает для каждого номера, что о нём знает сервис, его же словами.

check-usaCarrier = Оператор США
check-usaCarrier-about = Показывает оператора каждого номера США словами самого сервиса.
