# Что изменилось между двумя результатами одной проверки.

button-changed = Что изменилось
changes-head = <b>{ $title }</b> · { $check }: что изменилось
changes-before = Раньше: { $date } · { $title } · номеров: { $numbers }
changes-now = Теперь: { $date } · { $title } · номеров: { $numbers }
changes-line = { $change }: { $numbers }
changes-not-whole = Об одном из двух я помню ответы, но не номера, поэтому не могу сказать, какие номера добавились, а какие исчезли.
changes-gone = Одного из двух результатов больше нет: его файл пропал, а ответы стёрты из памяти. Проверьте список ещё раз, и дальше я смогу сравнивать.
changes-file = { $title } · что изменилось
changes-head-number = Номер
changes-head-before = Раньше
changes-head-before_day = Проверено (раньше)
changes-head-now = Теперь
changes-head-now_day = Проверено (теперь)
changes-head-change = Изменение
change-days-became_yes = Снова активны
change-days-became_no = Стали неактивны
change-became_yes = Теперь: { $group }
change-became_no = Теперь: { $group }
change-new = Новые
change-gone = Исчезли
change-unchanged = Без изменений
change-not_known = Неизвестно

button-compare = Сравнить с…
compare-which = <b>{ $title }</b> · { $check }, { $date }: с каким списком сравнить?
compare-none = Среди списков с той же проверкой здесь нет другого, где было бы больше трети этих номеров.
compare-line = { $date } · { $title } · { $numbers }
