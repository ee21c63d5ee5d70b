# What the owners are told, once for each trouble.

owner-key-refused = 🔑 <b>{ $service }</b> refuses this bot's key. Its checks are off until it accepts one; running tasks are kept. Put a valid key into the settings and restart, or wait if the key is right: I ask again every ten minutes.
owner-key-taken = 🔑 <b>{ $service }</b> accepts the key again. Its checks are back.
owner-unconfirmed = ⚠️ It is unclear whether <b>{ $service }</b> took a list (task <code>{ $task }</code>, { $check }). The person was told and may send it again or drop it. The service's own pages tell whether it was charged. If it is there, tap the button and tell me its id: I follow it then, and nothing is sent again.
owner-second-task = ⚠️ <b>{ $service }</b> took a list as its task <code>{ $remote }</code>, which nobody follows: check <code>{ $task }</code> was dropped or sent again before that was known. It was probably charged. The service's own pages have its result.
owner-download = ⚠️ The result of task <code>{ $remote }</code> at <b>{ $service }</b> can't be fetched. I keep trying for a day.
owner-unsafe = ☣️ The result of task <code>{ $remote }</code> at <b>{ $service }</b> unpacks to far more than a result can hold, or into places where it doesn't belong. I don't pass it on. The person may have it fetched again; please ask the service what it is.
owner-result-set-aside = ☠️ This bot died twice while it looked into the result of task <code>{ $remote }</code> at <b>{ $service }</b>. It was set aside. The log says what happened before each death.
owner-list-set-aside = ☠️ This bot died twice while it read list <code>{ $ref }</code>. It was set aside, and the person was told. The log says what happened before each death.
owner-mismatch = ⚠️ The result of task <code>{ $remote }</code> at <b>{ $service }</b> doesn't hold the numbers that were handed in: some are missing, or are others. It was delivered with a warning.
owner-too-big = ⚠️ The result of task <code>{ $remote }</code> at <b>{ $service }</b> is too large for Telegram. The service's own pages have it; a local Bot API server would take files of up to 2 GB.
owner-uncounted = ⚠️ <b>{ $check }</b> has no price in { $currency }, so nobody with a budget can start it. Set its price in CHECKERS_FILE, or lift the budget in /people or /groups.
owner-group-budget-nearly = ⚠️ { $period ->
    [month] The group <b>{ $group }</b> has { $left } left of its budget for this month ({ $limit }). It begins anew on the 1st (UTC).
   *[day] The group <b>{ $group }</b> has { $left } left of its budget for today ({ $limit }). It begins anew at midnight UTC.
}
owner-group-budget-spent = ⛔ { $period ->
    [month] The budget of the group <b>{ $group }</b> for this month ({ $limit }) is used up. It begins anew on the 1st (UTC); /groups changes it.
   *[day] The budget of the group <b>{ $group }</b> for today ({ $limit }) is used up. It begins anew at midnight UTC; /groups changes it.
}
owner-balance-low = 🪫 The balance at <b>{ $service }</b> is { $balance }, below your alert of { $alert }. Top it up: the service refuses lists that cost more.
owner-balance-short = 🪫 Somebody chose a check that costs more than the balance at <b>{ $service }</b>: { $check }, { $cost }. The balance is { $balance }. Top it up; I say this once a day.

owner-instance-limit = ⏸ Instance <b>{ $instance }</b> of the lookup service has reached its limit. It is left alone for a while, and longer if that isn't enough; lookups wait or go to another instance. /instances shows how long.
owner-instance-unready = 🌙 Instance <b>{ $instance }</b> of the lookup service is starting or not authorized. Log it in again in the service's console; I try it once a minute while somebody waits.
owner-instance-quota = 🪫 The plan of instance <b>{ $instance }</b> of the lookup service holds no more requests this month. I leave it alone until the next month begins; after a larger plan was bought, /instances resumes it at once.
owner-instance-refused = ⛔ The lookup service refuses the id or token of instance <b>{ $instance }</b>. Put the right ones into GREEN_API_INSTANCES and restart.
owner-instance-expired = ⌛ Instance <b>{ $instance }</b> of the lookup service has expired, or was deleted there. Pay for it, or take it out of GREEN_API_INSTANCES and restart; I try it once an hour.
owner-instance-suspended = 🚫 Telegram has restricted the account of instance <b>{ $instance }</b> of the lookup service. Its console says for how long; I try it once an hour while others answer.
owner-instance-failing = ⚠️ Instance <b>{ $instance }</b> of the lookup service has given no sound answer several times in a row. I keep trying, ever more slowly.
owner-instance-back = 🟢 Instance <b>{ $instance }</b> of the lookup service works again.
