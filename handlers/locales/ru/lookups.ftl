# Разовый поиск: есть ли у номера аккаунт Telegram?

lookup-yes = ✅ У номера <b>{ $number }</b> есть аккаунт Telegram.
    ID чата: <code>{ $account }</code>
lookup-unnamed = ✅ У номера <b>{ $number }</b> есть аккаунт Telegram. ID чата сервис не назвал.
lookup-no = ➖ <b>{ $number }</b>: аккаунта Telegram нет, или он скрыт настройками приватности.
lookup-waiting = ⏳ Ищу <b>{ $number }</b>…
lookup-queued = ⏳ <b>{ $number }</b> подождёт: сервис поиска принимает номера понемногу.
lookup-again = ⏳ Спрашиваю о <b>{ $number }</b> ещё раз…
lookup-refused = ❌ Сервис говорит, что <b>{ $number }</b> — не номер телефона. Проверьте его и пришлите снова.
lookup-cancelled = 🗑 <b>{ $number }</b>: отменено. Поиска не будет.

# То же строками карточки с несколькими номерами.
lookup-head = 🔎 <b>Есть ли Telegram?</b> Готово: { $done } из { $numbers }
lookup-line-yes = ✅ { $number } · <code>{ $account }</code>
lookup-line-unnamed = ✅ { $number } · аккаунт есть
lookup-line-no = ➖ { $number } · нет, или скрыт настройками приватности
lookup-line-waiting = ⏳ { $number }
lookup-line-again = ⏳ { $number } · спрашиваю ещё раз
lookup-line-refused = ❌ { $number } · не номер телефона
lookup-line-cancelled = 🗑 { $number } · отменено

lookup-place = Место в очереди: { $place }. Следующая попытка: { $at }.
lookup-place-soon = Место в очереди: { $place }. Очередь уже движется.
lookup-by-itself = Ответ придёт сюда сам, делать ничего не нужно.
lookup-stuck = Сейчас поиск невозможен, и я не знаю, когда он снова заработает. Причину видит владелец бота.
lookup-memory = Из памяти: сервис ответил так { $age } назад.
lookup-memory-several = Часть ответов взята из памяти; самый старый получен { $age } назад.

lookup-usage =
    Напишите номер телефона после команды, например <code>/check +44 20 7946 0018</code>, или до десяти номеров, по одному в строке. Можно также ответить командой <code>/check</code> на сообщение с номером.
lookup-no-number =
    Номера телефона здесь не нашлось. Напишите его с кодом страны, например <code>/check +44 20 7946 0018</code>.
lookup-too-many = У вас уже ждёт столько номеров, сколько может ждать у одного человека. Ответы придут на все; остальные спросите после этого или пришлите списком в файле.
lookup-too-many-short = У вас уже ждёт столько номеров, сколько может ждать у одного человека. Спросите об остальных, когда придут ответы.
lookup-too-soon = Об этом недавно уже спрашивали. Снова спросить можно после { $at }.

button-copy = { $ids ->
    [1] Скопировать ID чата
    [one] Скопировать { $ids } ID чата
    [few] Скопировать { $ids } ID чатов
    [many] Скопировать { $ids } ID чатов
   *[other] Скопировать { $ids } ID чата
}
button-ask-again = Спросить снова
button-cancel-lookup = Отменить
button-look-up = Есть ли Telegram, по одному
