# Сообщение, которое приносит результат.

result-ready = ✅ <b>{ $title }</b> · { $check }: результат готов.
result-caption = ✅ <b>{ $title }</b> · { $check }
result-counts = { $numbers ->
    [one] Проверен { $numbers } номер
    [few] Проверено { $numbers } номера
    [many] Проверено { $numbers } номеров
   *[other] Проверено { $numbers } номера
}
result-counts-known = Номеров: { $all } · проверено сейчас, { $sent_as ->
    [parts] в этих файлах
   *[whole] в этом файле
}: { $numbers } · из памяти: { $known }, самый старый ответ — { $date }
result-counts-own = Номеров: { $all } · проверено сейчас: { $numbers } · из памяти: { $known }, самый старый ответ — { $date }
result-counts-remembered = { $known ->
    [one] { $known } номер
    [few] { $known } номера
    [many] { $known } номеров
   *[other] { $known } номера
} из памяти, самый старый ответ — { $date }. Ничего не потрачено.
result-success = с ответом: { $success }
result-failure = без ответа: { $failure }
result-file = { $title } · { $check } · { $date }
result-file-remembered = { $title } · { $check } · из памяти { $date }
result-too-big = ✅ <b>{ $title }</b> · { $check }: результат готов, но его размер — { $megabytes } МБ, а это больше, чем Telegram принимает от ботов. Владелец бота может взять его у сервиса как задачу <code>{ $ref }</code>; ему уже сообщено.
result-gone = Этого файла здесь больше нет. Я снова забираю его у сервиса; он скоро придёт.
result-gone-known = Этого файла здесь больше нет. Записываю его ещё раз; он скоро придёт.
result-known-gone = То, что я помнил об этом списке, уже стёрто, поэтому сделать это больше нельзя. Пришлите список снова: за то, что ещё помню, платить не нужно.
result-no-summary = Файл сервиса пришёл в незнакомом мне виде, поэтому вот он как есть, без итогов.
result-piece = ✅ <b>{ $title }</b> · { $check }: часть { $number } из { $pieces } уже в пути.
result-piece-caption = ✅ <b>{ $title }</b> · { $check } · часть { $number } из { $pieces }
result-piece-file = { $title } · { $check } · { $date } · часть { $number }
picture-coming = 📊 <b>{ $title }</b> · { $check }: картинка сейчас придёт.

button-sheet = Моя таблица с ответами
button-raw = Исходный файл
button-more = Ещё…
button-another = Другая проверка этих номеров
button-all-numbers = Все номера: { $numbers }
another-which = Другая проверка для <b>{ $title }</b>: какие номера взять?

button-again = Проверить снова
again-no-source = Ни файла, ни номеров этого списка больше нет. Пришлите его, пожалуйста, ещё раз.

sheet-caption = <b>{ $title }</b>: ваши строки, и рядом с ними ответы.
sheet-without = Не вошло: { $checks }. Файл этого результата сейчас получить нельзя.
sheet-file = { $title } с ответами
sheet-head-checked = Проверено
sheet-head-checked-of = { $check }: проверено
sheet-head-left-out = Почему пропущено
sheet-said-converted = Такой формат я не умею записывать, поэтому файл вернулся как .xlsx: строки как текст, без оформления и других листов.
sheet-said-signed = Ваш файл подписан, и любое изменение нарушило бы подпись: вот его строки как текст, в новом файле.
sheet-said-large = Вместе с ответами ваш файл слишком велик, чтобы вернуться прежним: вот его строки как текст, в новом файле.
sheet-said-strange = Ваш файл устроен так, что дополнить его я не могу: вот его строки как текст, в новом файле.
sheet-no-source = Telegram больше не отдаёт мне ваш файл. Пришлите его, пожалуйста, снова; ответы — в результате выше.
sheet-later = Сейчас не получилось: с Telegram плохая связь. Нажмите, пожалуйста, ещё раз чуть позже.
sheet-not-given = Telegram не отдал мне нужный для этого файл, хотя я пробовал несколько раз. Нажмите, пожалуйста, ещё раз через несколько минут.
sheet-too-much = Это требует больше, чем я отвожу на один файл, поэтому я остановился. Сам результат — в файле выше.
sheet-broken = Я споткнулся: это моя ошибка, она записана в журнал. Сам результат — в файле выше, из него ничего не пропало.

group-caption = <b>{ $title }</b> · { $group }
group-file = { $title } · { $group }
group-title = { $title } · { $group }
