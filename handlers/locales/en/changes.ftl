# What changed between two results of the same check.

button-changed = What changed
changes-head = <b>{ $title }</b> · { $check }: what changed
changes-before = Before: { $date } · { $title } · { $numbers ->
    [one] 1 number
   *[other] { $numbers } numbers
}
changes-now = Now: { $date } · { $title } · { $numbers ->
    [one] 1 number
   *[other] { $numbers } numbers
}
changes-line = { $change }: { $numbers }
changes-not-whole = Of one of the two I remember the answers and not the numbers, so I can't tell which numbers are new or gone.
changes-gone = One of the two results can't be had any more: its file is gone, and its answers aren't remembered. Check the list again, and from then on I can compare.
changes-file = { $title } · what changed
changes-head-number = Number
changes-head-before = Before
changes-head-before_day = Checked on (before)
changes-head-now = Now
changes-head-now_day = Checked on (now)
changes-head-change = Change
change-days-became_yes = Active again
change-days-became_no = Became inactive
change-became_yes = Now: { $group }
change-became_no = Now: { $group }
change-new = New
change-gone = Gone
change-unchanged = Unchanged
change-not_known = Not known

button-compare = Compare with…
compare-which = <b>{ $title }</b> · { $check }, { $date }: compare it with which list?
compare-none = No other list that was checked here for the same thing has more than a third of these numbers.
compare-line = { $date } · { $title } · { $numbers }
