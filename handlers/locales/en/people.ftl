# Who may use the bot: asking for access, invitations, the owners' pages, quotas and the terms.

access-ask = Or tap the button: whoever runs this bot is asked, and I tell you what they say.
access-waiting = Your request is with whoever runs this bot. I tell you here when they answer.
access-not-now = You can't use it at the moment. You may ask (again) from { $date } on.
access-link-gone = ⌛ This link was used already, or its day is over. Ask for a new one.
access-yours = ✅ You are in. Send me a list of numbers, or /start to see what I can do.
access-refused = Sorry, this bot isn't open to you at the moment. You may ask again in a week.
access-inside = You are in already: send me a list of numbers.
button-ask = Ask for access

# To the owners.
access-asked = 🙋 <b>{ $name }</b> (id <code>{ $id }</code>) asks for access.
access-decided-member = ✅ <b>{ $name }</b> (id <code>{ $id }</code>) was let in by { $owner }.
access-decided-refused = 🚫 <b>{ $name }</b> (id <code>{ $id }</code>) was refused by { $owner }.
access-decided-removed = 🚫 <b>{ $name }</b> (id <code>{ $id }</code>) was removed by { $owner }.
button-let-in = Let in
button-refuse = Refuse
invite-link =
    🔗 This link lets one person in, and ends after a day. Send it to them and to nobody else:

    { $link }

people-none = Nobody has been let in yet. /invite makes a link for somebody.
people-head = 👥 <b>People</b> · { $count }
people-gone = Gone by their own wish in the last 30 days: { $count }
people-line = { $place }. <b>{ $name }</b> · { $role } · { $used }
people-used = { $used ->
    [one] 1 number today
   *[other] { $used } numbers today
}
people-used-of = { $used } of { $limit } numbers today
person-head = 👤 <b>{ $name }</b> (id <code>{ $id }</code>)
person-since = { $role }, since { $date }
person-decided = Decided by { $owner }
person-consent = Agreed to the terms on { $date }
role-owner = owner
role-guest = guest
role-asked = asks for access
role-member = member
role-refused = refused
role-removed = removed
button-remove = Remove
button-quota = { $quota } a day
button-no-limit = No limit
button-usual = As usual

# Budgets on the owners' pages.
budget-used = { $period ->
    [month] Spent this month
   *[day] Spent today
}: { $used }
budget-used-of = { $period ->
    [month] Spent this month
   *[day] Spent today
}: { $used } of { $limit }
budget-choose = 💰 <b>{ $name }</b> · { $period ->
    [month] budget a month
   *[day] budget a day
}
button-budget = { $period ->
    [month] Monthly budget
   *[day] Daily budget
}

# /groups, for owners.
groups-none = I am in no group.
groups-head = 👥 <b>Groups</b> · { $count }
groups-line = { $place }. <b>{ $title }</b> · { $name } · numbers: { $used } today, { $numbers } in 30 days
groups-one = 👥 <b>{ $title }</b> (id <code>{ $id }</code>)
groups-added = Added by { $name }
groups-added-on = Added by { $name } on { $date }
groups-nobody = somebody unknown
groups-paused = ⏸ Paused: whoever added me has no access any more.
groups-leave =
    <b>Leave this group?</b>

    <b>{ $title }</b>: what runs there goes on. Its results wait for 30 days, and come if somebody adds me again.
button-leave = Leave

quota-left = { $left } of { $limit } numbers left for you today.
choose-over_quota = ⚠️ That is more than is left for you today. It begins anew at midnight UTC; choose another check then, or send a shorter list now.
choose-over_day = ⚠️ This list is larger than all you may have checked in a day ({ $limit } numbers). Send it in parts, or ask whoever runs this bot for more.
quota-over-alert = Another check took what was left for you today. Nothing was started or spent.
access-over-alert = You have no access to this bot any more, or not under these terms. Nothing was started or spent.
sweep-refused = Too many numbers of one range: at most { $limit } of a thousand neighbours in seven days. Nothing was started or spent. Leave most of that range out, or ask again some days later.

# Budgets: on the page before Start, over a button, and once to the person.
budget-left = { $which ->
    [own_month] Left of your budget for this month
    [group_day] Left of this group's budget for today
    [group_month] Left of this group's budget for this month
   *[own_day] Left of your budget for today
}: { $left } of { $limit }
choose-over_budget = ⚠️ { $which ->
    [own_month] That costs more than is left of your budget for this month ({ $left } of { $limit }). It begins anew on the 1st (UTC).
    [group_day] That costs more than is left of this group's budget for today ({ $left } of { $limit }). It begins anew at midnight UTC.
    [group_month] That costs more than is left of this group's budget for this month ({ $left } of { $limit }). It begins anew on the 1st (UTC).
   *[own_day] That costs more than is left of your budget for today ({ $left } of { $limit }). It begins anew at midnight UTC.
} Nothing was spent.
choose-uncounted = ⚠️ There is a budget here, and this check has no price in { $currency } that could be held against it, so it can't be started. The bot's owner has been told. Nothing was spent.
budget-nearly = ⚠️ { $period ->
    [month] You have { $left } left of your budget for this month ({ $limit }). It begins anew on the 1st (UTC).
   *[day] You have { $left } left of your budget for today ({ $limit }). It begins anew at midnight UTC.
}
budget-spent = ⛔ { $period ->
    [month] Your budget for this month ({ $limit }) is used up. It begins anew on the 1st (UTC).
   *[day] Your budget for today ({ $limit }) is used up. It begins anew at midnight UTC.
}

# Before somebody's first check or lookup. When its meaning changes, raise CONSENT_VERSION.
consent-text =
    <b>Once, before your first check</b>

    The numbers you hand in go to outside services. Please confirm that you may have them checked: that they are your own, or those of people with whom you have a reason the law allows, and that you won't use the answers to bother anybody.

    I note that you agreed, and when.
consent-noted = ✅ Noted: you may have the numbers checked that you hand in.
consent-send-again = Please send the number once more.
button-agree-start = I confirm · Start
button-agree = I confirm
