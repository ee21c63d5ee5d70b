# /checks, for owners: which checks are on, what they cost, how their last use went.

checks-none = No check can be turned on: no service's key is set.
checks-head = <b>Checks</b>: { $on } of { $count } on. Prices are for 1,000 numbers.
checks-on = 🟢 <b>{ $check }</b>
checks-off = ⚪ <b>{ $check }</b>
checks-price = { $price }
checks-minimum = from { $minimum }
checks-never = never used
checks-taken = { $date }: taken
checks-open = { $date }: no answer yet
checks-refused = { $date }: refused
checks-refused-words = { $date }: refused, “{ $words }”

button-turn-on = Turn on: { $check }
button-turn-off = Turn off: { $check }
