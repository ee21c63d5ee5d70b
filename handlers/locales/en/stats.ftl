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
stats-odd = { $amounts ->
    [one] ⚠️ A service told 1 amount that can't be right
   *[other] ⚠️ Services told { $amounts } amounts that can't be right
}
stats-day = Today (UTC)
stats-week = The last 7 days
stats-month = The last 30 days
stats-line = <b>{ $head }</b>: checks { $tasks }, numbers { $numbers }
stats-gone = Gone by their own wish
stats-shown = Shown to people: { $cost }
stats-bars = <code>{ $bars }</code> numbers a day, at most { $numbers }
stats-balance = Balance at { $service }: { $balance }
stats-enough = enough for { $time } at this week's pace
button-stats-day = Day
button-stats-week = Week
button-stats-month = Month
button-stats-file = Costs as .csv

costs-file = costs { $since } – { $until }
costs-day = Day (UTC)
costs-person = Person
costs-person_id = Person id
costs-group = Group
costs-group_id = Group id
costs-check = Check
costs-checks = Checks
costs-numbers = Numbers
costs-shown = Shown to people
costs-currency = Currency
costs-taken = True cost
costs-known = Known from
known-actual = the service's amount
known-odd = the service's amount, which can't be right
known-estimated = the service's estimate
known-learnt = amounts before
known-about = the list price
known-balance = the balance
known-unknown = nothing
