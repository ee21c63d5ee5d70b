# Страница между выбором проверки и её запуском.

choose-head = 📄 <b>{ $title }</b> · { $check }
choose-about = <i>{ $about }</i>
choose-count = К отправке в сервис: { $numbers ->
    [one] { $numbers } номер
    [few] { $numbers } номера
    [many] { $numbers } номеров
   *[other] { $numbers } номера
}.
choose-known = { $all ->
    [one] { $all } номер
    [few] { $all } номера
    [many] { $all } номеров
   *[other] { $all } номера
} · ответ уже есть ({ $days ->
    [one] за последний { $days } день
    [few] за последние { $days } дня
    [many] за последние { $days } дней
   *[other] за последние { $days } дня
}): { $known } · к отправке в сервис: { $numbers }
choose-known-cost = { $cost } вместо { $full }
choose-known-all = { $all ->
    [one] { $all } номер
    [few] { $all } номера
    [many] { $all } номеров
   *[other] { $all } номера
} · на все ответ уже есть ({ $days ->
    [one] за последний { $days } день
    [few] за последние { $days } дня
    [many] за последние { $days } дней
   *[other] за последние { $days } дня
}). В сервис ничего не отправляется, ничего не тратится.
choose-known-details = Подробности, например тексты статусов, не запоминаются. Их даст «Проверить все заново».
choose-cost = Цена: { $cost }
choose-balance = Баланс счёта: { $balance }
choose-minimum = Наименьший список, который принимает сервис: { $minimum }
choose-again = ⚠️ Этот же список уже проходил эту проверку { $date }.
choose-too_few = ⚠️ Для этой проверки сервис принимает не меньше { $minimum ->
    [one] { $minimum } номера
    [few] { $minimum } номеров
    [many] { $minimum } номеров
   *[other] { $minimum } номера
}, а в этом списке их { $numbers }. Выберите другую проверку или отложите список и добавьте ещё.
choose-new_too_few = ⚠️ Для этой проверки сервис принимает не меньше { $minimum ->
    [one] { $minimum } номера
    [few] { $minimum } номеров
    [many] { $minimum } номеров
   *[other] { $minimum } номера
}, а новых здесь только { $numbers }. «Проверить все заново» отправит весь список.
choose-too_large = ⚠️ Для этой проверки сервис принимает не больше { $maximum ->
    [one] { $maximum } номера
    [few] { $maximum } номеров
    [many] { $maximum } номеров
   *[other] { $maximum } номера
}. Разделите список, пожалуйста.
choose-too-poor = ⚠️ Баланса может не хватить: его нужно пополнить, владелец бота уже знает. Если сервис откажет, ничего не будет потрачено.
price-changed-alert = Цена с тех пор изменилась. Ничего не запущено и не потрачено. Посмотрите, сколько это стоит теперь, и нажмите «Запустить» ещё раз.
choose-unavailable = Эта проверка сейчас недоступна: сервис не принимает ключ этого бота. Владелец бота уже знает. Ваш список сохраняется.
choose-turned-off = Эта проверка выключена. Ничего не потрачено, список сохранён. Выберите другую проверку.

button-start = Запустить
button-start-new = Проверить новые: { $numbers }
button-whole = Проверить все заново
button-from-memory = Взять список из памяти, бесплатно
button-known = Взять из памяти, бесплатно: { $known }
known-title = { $title } · из памяти
