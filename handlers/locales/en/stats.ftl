# /stats, for owners.

stats-sound = 🟢 Nothing is failing.
stats-service-paused = 🔑 <b>{ $service }</b> refuses the key
stats-instance-rests = ⏸ Instance <b>{ $instance }</b> rests until { $at }
stats-instance-held = ⏸ Instance <b>{ $instance }</b> rests, as an owner said
stats-unconfirmed = { $tasks ->
    [one] ⚠️ 1 check became unclear in the last day
   *[other] ⚠️ { $tasks } checks became unclear in the last day
}
stats-expired = { $tasks ->
    [one] ⌛ 1 check expired in the last day
   *[other] ⌛ { $tasks } checks expired in the last day
}
stats-day = Today (UTC)
stats-week = The last 7 days
stats-month = The last 30 days
stats-line = <b>{ $head }</b>: checks { $tasks }, numbers { $numbers }
stats-bars = <code>{ $bars }</code> numbers a day, at most { $numbers }
stats-balance = Balance at { $service }: { $balance }
button-stats-day = Day
button-stats-week = Week
button-stats-month = Month
