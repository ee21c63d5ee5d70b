# /stats, для владельцев.

stats-sound = 🟢 Сбоев нет.
stats-service-paused = 🔑 <b>{ $service }</b> не принимает ключ
stats-instance-rests = ⏸ Инстанс <b>{ $instance }</b> отдыхает до { $at }
stats-instance-held = ⏸ Инстанс <b>{ $instance }</b> остановлен владельцем
stats-unconfirmed = ⚠️ Проверок с неясной судьбой за сутки: { $tasks }
stats-expired = ⌛ Проверок, не дождавшихся результата, за сутки: { $tasks }
stats-day = Сегодня (UTC)
stats-week = Последние 7 дней
stats-month = Последние 30 дней
stats-line = <b>{ $head }</b>: проверок { $tasks }, номеров { $numbers }
stats-bars = <code>{ $bars }</code> номеров в день, не больше { $numbers }
stats-balance = Баланс на { $service }: { $balance }
button-stats-day = День
button-stats-week = Неделя
button-stats-month = Месяц
