# Итог проверки: строки под файлом, картинка, кнопки групп.
# Проверка без собственных слов берёт слова своей шкалы: дни с последнего входа или ответы словами.

# Ряды картинки.
bucket-days-day = За последние сутки
bucket-days-week = 2–7 дней назад
bucket-days-month = 8–30 дней назад
bucket-days-older = Более 30 дней назад
bucket-words-yes = Да
bucket-words-yes_with = Да, с подробностями
bucket-words-yes_without = Да, без подробностей
bucket-words-no = Нет
bucket-words-unknown = Неизвестно
bucket-tg_active-day = В сети за последние сутки
bucket-tg_active-week = В сети 2–7 дней назад
bucket-tg_active-month = В сети 8–30 дней назад
bucket-tg_active-older = В сети более 30 дней назад
bucket-wa_detail-yes = Есть WhatsApp
bucket-wa_detail-yes_with = Есть WhatsApp, с текстом статуса
bucket-wa_detail-yes_without = Есть WhatsApp, без текста статуса
bucket-wa_detail-no = Нет WhatsApp
bucket-active_check-yes = Активны
bucket-active_check-no = Неактивны
bucket-band-yes = Есть Band
bucket-band-no = Нет Band
bucket-others = Другие ответы
bucket-missing = Нет в файле сервиса

# Части строки под файлом: 1 310 — в сети за последние сутки (64 %) · 402 — в сети 2–7 дней назад (20 %)
said-days-day = { $numbers } — в сети за последние сутки ({ $share })
said-days-week = { $numbers } — в сети 2–7 дней назад ({ $share })
said-days-month = { $numbers } — в сети 8–30 дней назад ({ $share })
said-days-older = { $numbers } — в сети более 30 дней назад ({ $share })
said-words-yes = { $numbers } — да ({ $share })
said-words-yes_with = { $numbers } — да, с подробностями ({ $share })
said-words-yes_without = { $numbers } — да, без подробностей ({ $share })
said-words-no = { $numbers } — нет ({ $share })
said-words-unknown = { $numbers } — неизвестно ({ $share })
said-wa_detail-yes = { $numbers } — есть WhatsApp ({ $share })
said-wa_detail-yes_with = { $numbers } — есть WhatsApp, с текстом статуса ({ $share })
said-wa_detail-yes_without = { $numbers } — есть WhatsApp, без текста статуса ({ $share })
said-wa_detail-no = { $numbers } — нет WhatsApp ({ $share })
said-active_check-yes = { $numbers ->
    [one] { $numbers } активный
    [few] { $numbers } активных
    [many] { $numbers } активных
   *[other] { $numbers } активных
} ({ $share })
said-active_check-no = { $numbers ->
    [one] { $numbers } неактивный
    [few] { $numbers } неактивных
    [many] { $numbers } неактивных
   *[other] { $numbers } неактивных
} ({ $share })
said-band-yes = { $numbers } — есть Band ({ $share })
said-band-no = { $numbers } — нет Band ({ $share })
said-word = { $numbers } — «{ $word }» ({ $share })
said-others = { $numbers } — другие ответы ({ $share })
said-missing = { $numbers ->
    [one] { $numbers } номер сервис не вернул
    [few] { $numbers } номера сервис не вернул
    [many] { $numbers } номеров сервис не вернул
   *[other] { $numbers } номера сервис не вернул
} ({ $share })
said-foreign = { $numbers ->
    [one] { $numbers } номера из файла не было в вашем списке
    [few] { $numbers } номеров из файла не было в вашем списке
    [many] { $numbers } номеров из файла не было в вашем списке
   *[other] { $numbers } номера из файла не было в вашем списке
}

# Вокруг полос картинки.
chart-subtitle = { $check } · { $numbers ->
    [one] { $numbers } номер
    [few] { $numbers } номера
    [many] { $numbers } номеров
   *[other] { $numbers } номера
}
chart-subtitle-day = { $check } · { $date } · { $numbers ->
    [one] { $numbers } номер
    [few] { $numbers } номера
    [many] { $numbers } номеров
   *[other] { $numbers } номера
}
chart-footer = Полная полоса означает весь список.
chart-footer-known = Из них { $known } из памяти, самый старый ответ — { $date }. Полная полоса означает весь список.

# Кнопки: только номера одной группы.
group-days-yes = Были за неделю
group-days-no = Более недели назад
group-words-yes = Да
group-words-no = Нет
group-words-unknown = Неизвестно
group-wa_detail-yes = С WhatsApp
group-wa_detail-no = Без WhatsApp
group-active_check-yes = Активные
group-active_check-no = Неактивные
group-band-yes = Band: есть
group-band-no = Band: нет
group-band-unknown = Неизвестно, другое
group-button = { $group } · { $numbers }
