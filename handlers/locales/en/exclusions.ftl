# Fewer numbers of a list: the never-check list, and other lists.

button-pick = Leave out…
pick-ask = Which of its numbers shall stay out? Nothing is spent by that.
button-pick-without = Only numbers that are not in…
button-pick-common = Only numbers that are also in…
button-pick-ask = Never check these

# The never-check list.
never-ask = { $numbers ->
    [one] One number will be left out of every later list.
   *[other] { $numbers } numbers will be left out of every later list.
} I keep fingerprints, from which no number can be read, and discard this list. Keep them so?
list-never = 🚫 <b>{ $title }</b>: { $numbers ->
    [one] 1 number is
   *[other] { $numbers } numbers are
} left out of every later list. This one is discarded, nothing was spent.
never-where = /privacy says how many numbers are on your never-check list, and empties it.
never-where-here = <code>/settings{ $bot }</code> says how many numbers are on the never-check list, and empties it. Where results go privately, everybody has their own; it stands with what I keep about them in our private chat.
never-too-many = With this list there would be more than { $maximum } numbers on the never-check list. It is as it was.
never-standing = 🚫 On the never-check list: <b>{ $numbers ->
    [one] 1 number
   *[other] { $numbers } numbers
}</b>, since { $date }. They are left out of lists, and stay until the list is emptied.
button-empty = Empty the never-check list
never-empty-ask = <b>Empty it?</b> Later lists are read with these numbers then. I keep no numbers, only fingerprints, so you would have to send them again to have them back.
never-emptied = The never-check list is empty. Nothing is left out any more.
never-kept = The never-check list is as it was.
list-excluded = { $numbers ->
    [one] One number is on your never-check list · left out
   *[other] { $numbers } numbers are on your never-check list · left out
}
list-excluded-in = Numbers on your never-check list are included
button-excluded-in = { $numbers ->
    [one] Include 1 never-check number
   *[other] Include { $numbers } never-check numbers
}
button-excluded-out = Leave never-check numbers out
reason-excluded = on your never-check list
trouble-all_excluded = Nothing in it is left to check.
trouble-sealed = I can't open your never-check list, so I can't tell which numbers to leave out. Whoever runs this bot can see why. Or empty it, and send the list again.

# Two lists beside each other.
compare-without = Numbers of which list shall be left out?
compare-common = Which list's numbers alone shall stay?
button-beside = { $source } · { $numbers } · { $date }
compare-title-without = { $title } · not in { $source }
compare-title-common = { $title } · also in { $source }
compare-no-other = There is no other list of yours here whose numbers are still kept.
compare-all-common = Every number of <b>{ $title }</b> is also in <b>{ $source }</b>, so I made no list.
compare-none-common = No number of <b>{ $title }</b> is in <b>{ $source }</b>, so I made no list.
