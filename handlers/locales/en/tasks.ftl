# The card of a running or finished check, and /tasks.

task-head = 📄 <b>{ $title }</b> · { $check }

task-confirmed = ⏳ Waiting to be handed in · { $numbers ->
    [one] 1 number
   *[other] { $numbers } numbers
}
task-waiting-service_down = The service can't be reached at the moment. I keep trying; nothing is spent until it answers.
task-waiting-service_busy = The service is busy and asked me to wait. I hand the list in as soon as it allows.
task-waiting-service_broken = The service reports an error of its own, which costs nothing. I try a few more times.
task-submitting = ⏳ Handing in { $numbers ->
    [one] 1 number
   *[other] { $numbers } numbers
}…
task-submitted = ⏳ In the service's queue · { $numbers ->
    [one] 1 number
   *[other] { $numbers } numbers
}
task-processing = { $bar } { $done } of { $numbers }
task-known = { $numbers ->
    [one] 1 of { $all } goes
   *[other] { $numbers } of { $all } go
} to the service · { $known } known
task-time-left = Time left: { $time }
task-cost = Cost { $cost }
task-exported = ✅ Checked: { $numbers }. Fetching the result file…
task-exported-trouble = ✅ Checked: { $numbers }. The result file can't be fetched yet; I keep trying, and whoever runs this bot has been told.
task-delivered = ✅ Done · { $numbers ->
    [one] 1 number
   *[other] { $numbers } numbers
} checked. The result file is in this chat.
task-known-done = { $known ->
    [one] 1 more comes
   *[other] { $known } more come
} from memory: the buttons below the file hold all { $all }.
task-recalling = ⏳ Writing down what I remember · { $numbers ->
    [one] 1 number
   *[other] { $numbers } numbers
}
task-remembered = ✅ Done · { $numbers ->
    [one] 1 number
   *[other] { $numbers } numbers
} from memory. The list is in this chat.
task-remembered-privately = ✅ Done · { $numbers ->
    [one] 1 number
   *[other] { $numbers } numbers
} from memory. The list went to the person who handed in, privately.

task-unconfirmed =
    ⚠️ <b>I don't know whether the service took this list.</b>

    The connection broke at the wrong moment. The list may have been taken and charged, or not. I don't send it again by myself, so that nothing is paid twice.

    Whoever runs this bot has been told and can look it up at the service. You can also decide now. If you drop it, it may still be charged.
task-guess-taken = 💡 The account's balance fell meanwhile: most likely the list was taken.
task-guess-taken-by = 💡 The account's balance fell by { $fell } meanwhile: most likely the list was taken.
task-guess-not_taken = 💡 The account's balance didn't fall meanwhile: most likely the list was not taken.
task-guess-unsure = 💡 The account's balance fell meanwhile, but not by what this list costs: that tells nothing for sure.
task-guess-unsure-by = 💡 The account's balance fell by { $fell } meanwhile, and this list costs { $cost }: that tells nothing for sure.
task-failed = ❌ The service took the list and then gave up on it.
task-failed-do = Whoever runs this bot can ask the service about task <code>{ $ref }</code>. To try again, send the list once more.
task-expired-no_progress = ⌛ The service hasn't moved on with this list for a long time. I stopped asking.
task-expired-unknown_task = ⌛ The service says it doesn't know this task any more.
task-expired-not_offered = ⌛ This check isn't set up here any more, so I couldn't ask the service for a long time. I stopped trying. Look again goes on once it is set up.
task-expired-key_refused = ⌛ The service hasn't accepted this bot's key for a long time. I stopped asking. Look again goes on once it does.
task-expired-service_busy = ⌛ The service has been too busy to answer for a long time. I stopped asking.
task-expired-result = ⌛ The service has the result, but its file couldn't be fetched for a whole day.
task-expired-result_unsafe = ☣️ The service's file isn't what it should be: it unpacks to far more than a result can hold. I don't pass it on, and whoever runs this bot has been told. Look again has it fetched once more.
task-expired-result_set_aside = ☠️ I stopped twice in the middle of reading the service's file, so I don't try that by myself again. What was checked is kept at the service, and whoever runs this bot has been told. Look again has it read once more.
task-expired-unreached = ⌛ The result lay here for 30 days and couldn't be brought to this chat, so I erased my copy. Look again asks the service for it once more.
task-expired-known_gone = ⌛ What I remembered of this list is erased by now. Send the list once more: what is still remembered costs nothing.
task-expired-do = Whoever runs this bot can ask the service about task <code>{ $ref }</code>.
task-cost-again = Sending it again costs { $cost } once more.
task-earlier-unclear = ⚠️ An earlier try to hand it in had no clear answer: that one may still be charged.
task-cancelled = Dropped. I send nothing more for this check. Nothing was spent. Your list is still here:
task-cancelled-perhaps_charged = Dropped. I send nothing more for this check, but the service may still charge for what was on its way. Your list is still here:
task-cancelled-undecided = ⌛ This check waited for 30 days, so I dropped it and erased the list. To have it checked, send it once more.
money-gone = The money for this check is spent: { $cost }.
money-gone-unpriced = The money for this check is spent.
money-not-gone = Nothing was spent.
money-unclear = It isn't known whether it was charged.
task-service-says = The service says: “{ $text }”

rejected-refused = ❌ The service refused the list. Nothing was spent.
rejected-key_refused = ❌ The service doesn't accept this bot's key at the moment. Nothing was spent, and whoever runs the bot has been told.
rejected-balance_too_low = ❌ The account's balance at the service is too low for this list. Nothing was spent. Ask whoever runs this bot to top it up, or send a shorter list.
rejected-too_large = ❌ The list is too large for this service. Nothing was spent. Please split it and send the pieces one by one.
rejected-too_few = ❌ The list is smaller than the service takes for this check. Nothing was spent. Choose another check, or keep the list and add more.
rejected-unknown_task = ❌ The service doesn't offer this check. Nothing was spent.
rejected-not_offered = ❌ This check isn't set up any more. Nothing was spent.
rejected-numbers_gone = ❌ I can't read the numbers of this list any more, so I sent nothing. Nothing was spent. To have it checked, send the list once more.
rejected-held_back = ❌ I stood still for a long time before this list could be handed in, so I didn't send it. Nothing was spent.
rejected-service_down = ❌ The service couldn't be reached for a long time, so I stopped trying. This list wasn't handed in. Nothing was spent.
rejected-service_busy = ❌ The service was too busy for a long time, so I stopped trying. This list wasn't handed in. Nothing was spent.
rejected-service_broken = ❌ The service answered with errors of its own, several times in a row, so I stopped trying. By its rules they are free. Nothing was spent.
rejected-do = Your list is still here. Choose another check, or try again later:

button-cancel = Don't hand it in
button-send-again = Send again (may be charged twice)
button-drop = Drop it
button-look-again = Look again
button-file-again = Send the file again

button-found = I found it at the service
button-not-now = Cancel
found-ask = Which task is <b>{ $title }</b> at { $service }? Reply to this message with its id, as the service's own pages show it. If the service knows it and its list has { $numbers } too, I follow it and bring the result. Nothing is sent or paid again.
found-followed = ✅ Found. I follow that task now; nothing is sent again.
found-not-no_id = This is no task id: it has letters, digits and signs without spaces. Reply to the question once more.
found-not-unknown = The service doesn't know a task of that id. Look again, and reply to the question once more.
found-not-other_list = That task has another number of numbers than this list ({ $numbers }), so it isn't this one. Nothing was changed.
found-not-uncounted = The service hasn't counted that task's numbers yet, so I can't compare them. Reply to the question again in a few minutes.
found-not-taken = Another list of this bot is that task already. Nothing was changed.
found-not-unreachable = I can't ask the service right now. Nothing was changed; reply to the question again later.
found-not-late = Things have moved on with this list meanwhile. Nothing was changed; /tasks{ $bot } shows where it stands.
found-not-anonymous = You write in the name of the group, so I can't tell who you are. Please reply to the question once more under your own name.

tasks-head = <b>Your checks</b>
tasks-find = To find one by its name, send /tasks{ $bot } and a word of it.
tasks-found = Checks with “<b>{ $word }</b>” in the name
tasks-none-found = Nothing here with “<b>{ $word }</b>” in its name. /tasks{ $bot } shows all.
button-newer = ‹ Newer
button-older = Older ›
button-first-file = First file: { $file }
tasks-none = Nothing here yet. Send a file or paste some numbers to begin.
tasks-none-here = Nothing here yet. /help{ $bot } tells how to begin.
tasks-line = { $icon } { $date } · { $title } · { $check } · { $numbers }
tasks-line-progress = { $icon } { $date } · { $title } · { $check } · { $done } of { $numbers }
