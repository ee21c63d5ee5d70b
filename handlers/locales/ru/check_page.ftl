# /checks, для владельцев: какие проверки включены, сколько стоят и как прошла последняя.

checks-none = Включить нечего: не задан ключ ни одного сервиса.
checks-head = <b>Проверки</b>: включено { $on } из { $count }. Цены за 1000 номеров.
checks-on = 🟢 <b>{ $check }</b>
checks-off = ⚪ <b>{ $check }</b>
checks-price = { $price }
checks-minimum = от { $minimum }
checks-never = ещё не запускалась
checks-taken = { $date }: принята
checks-open = { $date }: ответа пока нет
checks-refused = { $date }: отказ
checks-refused-words = { $date }: отказ, «{ $words }»

button-turn-on = Включить: { $check }
button-turn-off = Выключить: { $check }
