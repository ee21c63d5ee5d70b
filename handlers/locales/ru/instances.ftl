# /instances, для владельцев: как обстоят дела у инстансов сервиса поиска.

instances-none = Ни один инстанс не настроен: GREEN_API_INSTANCES не заполнен.
instances-head = <b>Инстансы сервиса поиска</b>
instances-waiting = { $waiting ->
    [0] В очереди никого нет.
    [one] В очереди { $waiting } запрос.
    [few] В очереди { $waiting } запроса.
    [many] В очереди { $waiting } запросов.
   *[other] В очереди { $waiting } запроса.
}
instance-head = <b>{ $id }</b>
instance-works = 🟢 Работает
instance-over = 🟡 Снова доступен; следующий запрос его проверит
instance-held = ⏸ Остановлен владельцем; ждёт, пока вы его не возобновите
instance-trouble-limit = ⏸ Лимит исчерпан; пауза до { $at }
instance-trouble-unready = 🌙 Запускается или не авторизован; следующая попытка: { $at }
instance-trouble-quota = 🪫 Запросы по тарифу закончились; следующая попытка: { $at }
instance-trouble-refused = ⛔ Его ID или токен не принят; следующая попытка: { $at }
instance-trouble-expired = ⌛ Срок истёк, или он удалён; следующая попытка: { $at }
instance-trouble-suspended = 🚫 Его аккаунт ограничен Telegram; следующая попытка: { $at }
instance-trouble-busy = ⏳ Просит подождать до { $at }
instance-trouble-failing = ⚠️ Не отвечает как следует; следующая попытка: { $at }
instance-budget = Номеров за десять минут: { $spent } из { $budget }
instance-month = Запросов в этом месяце (UTC): { $lookups }
instance-last = Последний ответ: { $answer } ({ $ago } назад)
instance-answer-yes = аккаунт есть
instance-answer-no = аккаунта нет, или он скрыт
instance-answer-not_a_number = это не номер телефона
instance-answer-limit = лимит исчерпан
instance-answer-unready = запускается или не авторизован
instance-answer-quota = запросы по тарифу закончились
instance-answer-refused = отказ
instance-answer-expired = срок истёк, или удалён
instance-answer-suspended = аккаунт ограничен
instance-answer-busy = слишком много запросов
instance-answer-failing = непонятный ответ

button-pause = Остановить { $id }
button-resume = Возобновить { $id }
button-resume-early = Возобновить { $id } досрочно
button-refresh = Обновить
