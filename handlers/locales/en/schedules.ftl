# Checks that begin anew every week, month or quarter.

button-repeat = 🔁 Every month…
schedule-head = 🔁 <b>{ $title }</b> · { $check }
schedule-how-often = How often shall I begin this check anew?
button-every-week = Every week
button-every-month = Every month
button-every-quarter = Every three months
schedule-every-week = Every week, next on { $date }.
schedule-every-month = Every month, next on { $date }.
schedule-every-quarter = Every three months, next on { $date }.
schedule-how = A day before you get a card with <b>Skip this time</b> and <b>Stop</b>. On the day I read the file again. How shall the check start then?
schedule-texts = Pasted numbers are erased after seven days, so I'll ask you for the list each time.
schedule-no-price = No price is known for this check, so it can't start by itself.
button-waits = Wait for Start
button-by-itself = By itself, up to { $numbers ->
    [one] 1 number
   *[other] { $numbers } numbers
} and { $cost }
schedule-waits = Each list waits for <b>Start</b>.
schedule-by-itself = It starts by itself up to { $numbers ->
    [one] 1 number
   *[other] { $numbers } numbers
} and { $cost }; beyond that it waits for <b>Start</b>.
schedule-cost = Price: { $cost }
schedule-stopped = Stopped. It doesn't begin anew any more.
schedule-too-many = You have { $count } of these running. Stop one of them first.

schedule-says-planned = ✅ Set up. Nothing was spent.
schedule-says-tomorrow = Tomorrow, { $date }: { $numbers ->
    [one] 1 number
   *[other] { $numbers } numbers
}, as last time.
schedule-says-skipped = Skipped this time.
schedule-says-begun = The list is begun anew in this chat.
schedule-says-asks = ⚠️ I can't read the list any more. Send it once more as a reply to this message: the file, or the numbers. I go on with that from then on.
schedule-says-paused = ⏸ Nothing was begun this time: whoever added me to this group has no access any more.
schedule-says-full = ⚠️ Nothing was begun this time: too many of your lists wait to be read.
schedule-says-numbers = ⚠️ It didn't start by itself: there are more numbers than the { $numbers } agreed to. Nothing was spent; tap <b>Start</b> on the list's card.
schedule-says-dearer = ⚠️ It didn't start by itself: it costs more than the { $cost } agreed to, or no price is known. Nothing was spent; tap <b>Start</b> on the list's card.
schedule-says-poor = ⚠️ It didn't start by itself: the balance of the account may not be enough. Nothing was spent; tap <b>Start</b> on the list's card when it was topped up.
schedule-says-limits = ⚠️ It didn't start by itself: a limit or the terms are in the way. Nothing was spent; the list's card says more.
schedule-says-off = ⚠️ It didn't start by itself: this check isn't on offer at the moment. Nothing was spent; the list is here.

button-skip = Skip this time
button-stop = Stop

stats-schedules = 🔁 Schedules: { $on }, ended for want of access: { $done }
stats-schedule = { $name }: { $check }, { $every ->
    [week] every week
    [month] every month
   *[quarter] every three months
}, next on { $date }
button-schedules = All schedules
button-sooner = ‹ Sooner
button-later = Later ›
