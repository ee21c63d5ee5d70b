# The clean list: what comes back for free, before any check.

button-clean = Clean list (free)
clean-coming = Your clean list is on its way.
clean-there = That came a moment ago.

clean-caption = ✨ <b>{ $title }</b>, clean: { $numbers ->
    [one] 1 number
   *[other] { $numbers } numbers
}
clean-line = { $line }: { $numbers }
clean-left-out = { $rejected } left out
clean-next = Each number has its country and type, each line left out its reason. Next: choose a check on the card above.
clean-next-lines = Each number has its country and type, each line left out its reason. Next: choose a check on the card above, or only some of the numbers here.
clean-file = { $title } clean

# The columns of the file, and what stands in them.
clean-head-number = E.164
clean-head-country = Country
clean-head-code = ISO
clean-head-line = Type
clean-head-given = As given
clean-head-row = Row
clean-head-remark = Remark
clean-again = duplicate
line-mobile = mobile
line-fixed = fixed line
line-either = mobile or fixed
line-toll_free = toll-free
line-premium = premium rate
line-voip = VoIP
line-other = other
line-unknown = unknown

# Lists of some of its numbers.
kept-mobile = Only mobiles
kept-no_fixed = Without landlines
kept-either = { $numbers ->
    [one] One of these numbers may also be a fixed line: in its country (such as the United States or Canada) a number doesn't tell. I kept it, for it may be mobile.
   *[other] { $numbers } of these numbers may also be fixed lines: in their countries (such as the United States or Canada) a number doesn't tell. I kept them, for they may be mobile.
}

clean-no-source = Telegram doesn't give me your file any more, so I can't make a clean list of it. Please send it again; the numbers on the card above can still be checked.
clean-too-much = This takes more than I allow one list, so I stopped. The numbers on the card above can still be checked.
clean-broken = I stumbled over this: that is a fault of mine, and the log has it. Your list is as it was.
