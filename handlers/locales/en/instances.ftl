# /instances, for owners: how the instances of the lookup service stand.

instances-none = No instance is set up: GREEN_API_INSTANCES is empty.
instances-head = <b>Instances of the lookup service</b>
instances-waiting = { $waiting ->
    [0] Nobody waits in line.
    [one] 1 lookup waits in line.
   *[other] { $waiting } lookups wait in line.
}
instance-head = <b>{ $id }</b>
instance-works = 🟢 Works
instance-over = 🟡 May be asked again; the next lookup tries it
instance-held = ⏸ Paused by an owner, until you resume it
instance-trouble-limit = ⏸ Limit reached: paused until { $at }
instance-trouble-unready = 🌙 Starting, or not authorized; tried again at { $at }
instance-trouble-quota = 🪫 The plan's requests are used up; tried again at { $at }
instance-trouble-refused = ⛔ Its id or token is refused; tried again at { $at }
instance-trouble-expired = ⌛ It has expired, or was deleted; tried again at { $at }
instance-trouble-suspended = 🚫 Its account is restricted by Telegram; tried again at { $at }
instance-trouble-busy = ⏳ Asked us to wait until { $at }
instance-trouble-failing = ⚠️ No sound answer; tried again at { $at }
instance-budget = { $spent } of { $budget } numbers in ten minutes
instance-month = Lookups this month (UTC): { $lookups }
instance-last = Last answer: { $answer } ({ $ago } ago)
instance-answer-yes = an account
instance-answer-no = no account, or hidden
instance-answer-not_a_number = no phone number
instance-answer-limit = limit reached
instance-answer-unready = starting or not authorized
instance-answer-quota = quota used up
instance-answer-refused = refused
instance-answer-expired = expired or deleted
instance-answer-suspended = suspended
instance-answer-busy = too many requests
instance-answer-failing = none that makes sense

button-pause = Pause { $id }
button-resume = Resume { $id }
button-resume-early = Resume { $id } before its time
button-refresh = Refresh
