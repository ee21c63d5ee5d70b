# The page between choosing a check and starting it.

choose-head = 📄 <b>{ $title }</b> · { $check }
choose-about = <i>{ $about }</i>
choose-count = { $numbers ->
    [one] 1 number goes to the service.
   *[other] { $numbers } numbers go to the service.
}
choose-uncompared = ⚠️ What is remembered couldn't be compared with this list this time, so all of it goes to the service.
choose-known = { $all ->
    [one] 1 number
   *[other] { $all } numbers
} · { $known ->
    [one] 1 was
   *[other] { $known } were
} answered in the last { $days ->
    [one] day
   *[other] { $days } days
} · { $numbers ->
    [one] 1 goes
   *[other] { $numbers } go
} to the service
choose-known-cost = { $cost } instead of { $full }
choose-known-all = { $all ->
    [one] 1 number · it was
   *[other] { $all } numbers · all were
} answered in the last { $days ->
    [one] day
   *[other] { $days } days
}. Nothing goes to the service, and nothing is spent.
choose-known-details = Details, such as status texts, are not remembered. Check all again brings them.
choose-cost = Price: { $cost }
choose-no-price = No price is known for this check yet.
choose-balance = Balance of the account: { $balance }
choose-minimum = Smallest list the service takes: { $minimum }
choose-again = ⚠️ This same list had this check on { $date } already.
choose-too_few = ⚠️ The service takes this check from { $minimum } numbers on, and this list has { $numbers }. Choose another check, or keep the list and add more.
choose-new_too_few = ⚠️ The service takes this check from { $minimum } numbers on, and { $numbers ->
    [one] only 1 is new
   *[other] only { $numbers } are new
}. Keep the list and add more, or hand in the whole list with Check all again.
choose-too_large = ⚠️ The service takes at most { $maximum } numbers for this check. Please split the list.
choose-too-poor = ⚠️ The balance may not be enough: it must be topped up, and the bot's owner has been told. If the service refuses, nothing is spent.
price-changed-alert = The price has changed since. Nothing was started or spent. See what it costs now, and tap Start once more.
price-changed-again = The price has changed since. Nothing was sent again. See what it costs now, and tap Send again once more.
choose-unavailable = This check isn't available at the moment: the service doesn't accept this bot's key. Whoever runs the bot has been told. Your list stays.
choose-turned-off = This check has been turned off. Nothing was spent, and your list stays. Choose another check.

button-start = Start
button-start-new = { $numbers ->
    [one] Check the new one
   *[other] Check the { $numbers }
}
button-whole = Check all again
button-from-memory = Get the list from memory, free
button-known = { $known ->
    [one] Get the one from memory, free
   *[other] Get the { $known } from memory, free
}
known-title = { $title } · from memory
