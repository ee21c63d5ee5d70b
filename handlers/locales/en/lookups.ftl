# Single lookups: has a number a Telegram account?

lookup-yes = ✅ <b>{ $number }</b> has a Telegram account.
    Its chat id: <code>{ $account }</code>
lookup-unnamed = ✅ <b>{ $number }</b> has a Telegram account. The service didn't tell its chat id.
lookup-no = ➖ <b>{ $number }</b>: no Telegram account, or it is hidden by privacy settings.
lookup-waiting = ⏳ Looking up <b>{ $number }</b>…
lookup-queued = ⏳ <b>{ $number }</b> has to wait.
lookup-again = ⏳ Asking about <b>{ $number }</b> once more…
lookup-refused = ❌ The service says that <b>{ $number }</b> is no phone number. Please check it and send it again.
lookup-cancelled = 🗑 <b>{ $number }</b>: cancelled. Nothing is looked up.

# The same as lines of a card with several numbers.
lookup-head = 🔎 <b>Has Telegram?</b> { $done } of { $numbers } looked up
lookup-line-yes = ✅ { $number } · <code>{ $account }</code>
lookup-line-unnamed = ✅ { $number } · has an account
lookup-line-no = ➖ { $number } · none, or hidden by privacy settings
lookup-line-waiting = ⏳ { $number }
lookup-line-again = ⏳ { $number } · asking once more
lookup-line-refused = ❌ { $number } · no phone number
lookup-line-cancelled = 🗑 { $number } · cancelled

lookup-why-failing = The lookup service gives no sound answer.
lookup-why-slow = The lookup service is slow to answer.
lookup-why-busy = The lookup service has asked me to wait.
lookup-why-quota = The lookups of this month are used up.
lookup-why-other = The lookup service can't be used at the moment; whoever runs this bot has been told.
lookup-why-limit = The lookup service takes only so many numbers in a while.
lookup-place = Place in line: { $place }. Next try at { $at }.
lookup-place-soon = Place in line: { $place }. It moves already.
lookup-by-itself = The answer comes here by itself; you needn't do anything.
lookup-stuck = No lookup can be made at the moment, and I can't tell when it will be possible again. Whoever runs this bot can see why.
lookup-memory = From memory: the service said so { $age } ago.
lookup-memory-several = Some of it comes from memory; the oldest answer is from { $age } ago.

lookup-usage =
    Write a phone number behind the command, such as <code>/check{ $bot } +44 20 7946 0018</code>, or up to ten of them, one a line. You can also answer a message that holds a number with <code>/check{ $bot }</code>.
lookup-no-number =
    I didn't find a phone number in that. Write it with the country code, such as <code>/check{ $bot } +44 20 7946 0018</code>.
lookup-too-many = You have as many lookups waiting as one person may have. They are all answered in time; please ask for more after that, or send the numbers as a list in a file.
lookup-too-many-short = You have as many lookups waiting as one person may have. Please ask for more when they are answered.
lookup-over-day = That is more than a person may look up one by one in a day. Nothing was asked or spent. It begins anew at midnight UTC; many numbers are a list: send them in a file.
lookup-too-soon = That was asked again not long ago. From { $at } on it can be asked once more.

button-copy = { $ids ->
    [one] Copy chat id
   *[other] Copy { $ids } chat ids
}
button-ask-again = Ask again
button-cancel-lookup = Cancel
button-look-up = Has Telegram, one by one
