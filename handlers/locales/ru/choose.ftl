# Страница между выбором проверки и её запуском.

choose-head = 📄 <b>{ $title }</b> · { $check }
choose-about = <i>{ $about }</i>
choose-count = К отправке в сервис: { $numbers ->
    [one] { $numbers } номер
    [few] { $numbers } номера
    [many] { $numbers } номеров
   *[other] { $numbers } номера
}.
choose-cost = Цена: { $cost }
choose-balance = Баланс счёта: { $balance }
choose-minimum = Наименьший список, который принимает сервис: { $minimum }
choose-again = ⚠️ Этот же список уже проходил эту проверку { $date }.
choose-too_few = ⚠️ Для этой проверки сервис принимает не меньше { $minimum ->
    [one] { $minimum } номера
    [few] { $minimum } номеров
    [many] { $minimum } номеров
   *[other] { $minimum } номера
}, а в этом списке их { $numbers }. Выберите другую проверку или пришлите список подлиннее.
choose-too_large = ⚠️ Для этой проверки сервис принимает не больше { $maximum ->
    [one] { $maximum } номера
    [few] { $maximum } номеров
    [many] { $maximum } номеров
   *[other] { $maximum } номера
}. Разделите список, пожалуйста.
choose-too-poor = ⚠️ Баланса может не хватить. Если сервис откажет, ничего не будет потрачено.
choose-unavailable = Эта проверка сейчас недоступна: сервис не принимает ключ этого бота. Владелец бота уже знает. Ваш список сохраняется.

button-start = Запустить
