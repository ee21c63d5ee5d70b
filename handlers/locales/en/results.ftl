# The message that brings the result.

result-ready = ✅ <b>{ $title }</b> · { $check }: the result is ready.
result-caption = ✅ <b>{ $title }</b> · { $check }
result-counts = { $numbers ->
    [one] 1 number checked
   *[other] { $numbers } numbers checked
}
result-counts-known = { $all ->
    [one] 1 number
   *[other] { $all } numbers
} · { $numbers } checked now, in { $sent_as ->
    [parts] these files
   *[whole] this file
} · { $known } from memory, the oldest answer of { $date }
result-counts-own = { $all ->
    [one] 1 number
   *[other] { $all } numbers
} · { $numbers } checked now · { $known } from memory, the oldest answer of { $date }
result-counts-remembered = { $known ->
    [one] 1 number
   *[other] { $known } numbers
} from memory, the oldest answer of { $date }. Nothing was spent.
result-success = { $success } answered
result-failure = { $failure } without an answer
result-file = { $title } · { $check } · { $date }
result-file-remembered = { $title } · { $check } · from memory { $date }
result-too-big = ✅ <b>{ $title }</b> · { $check }: the result is ready, but with { $megabytes } MB it is larger than Telegram takes from bots. Whoever runs this bot can get it from the service as task <code>{ $ref }</code>, and has been told.
result-gone = The file isn't here any more. I fetch it from the service again; it comes in a moment.
result-gone-known = The file isn't here any more. I write it down once more; it comes in a moment.
result-known-gone = What I remembered of this list is erased by now, so I can't make this any more. Send the list once more: what is still remembered costs nothing.
result-no-summary = The service's file came in a form I don't know, so here it is as it came, without a summary.
result-piece = ✅ <b>{ $title }</b> · { $check }: part { $number } of { $pieces } is on its way.
result-piece-caption = ✅ <b>{ $title }</b> · { $check } · part { $number } of { $pieces }
result-piece-file = { $title } · { $check } · { $date } · part { $number }
picture-coming = 📊 <b>{ $title }</b> · { $check }: the picture comes in a moment.

button-sheet = My sheet with the answers
button-raw = Raw file
button-more = More…
button-another = Another check on these numbers
button-all-numbers = { $numbers ->
    [one] The one number
   *[other] All { $numbers } numbers
}
another-which = Another check on <b>{ $title }</b>: on which of its numbers?

button-again = Check again
again-no-source = Neither the file nor the numbers of this list can be had any more. Please send it once more.

sheet-caption = <b>{ $title }</b>, your own rows with the answers beside them.
sheet-without = Without { $checks }: the file of that result can't be had at the moment.
sheet-file = { $title } with answers
sheet-head-checked = Checked on
sheet-head-checked-of = { $check }: checked on
sheet-head-left-out = Left out because
sheet-said-converted = I can't write this format, so it comes back as .xlsx: its rows as text, without formats and other sheets.
sheet-said-signed = Your file is signed, and a change would break that: here are its rows as text, in a new file.
sheet-said-large = With the answers your file is too large to come back as it was: here are its rows as text, in a new file.
sheet-said-strange = Your file is built in a way that I can't add to: here are its rows as text, in a new file.
sheet-no-source = Telegram doesn't give me your file any more. Please send it again; the answers are in the result above.
sheet-later = That didn't work just now: Telegram can't be reached properly. Please tap again in a moment.
sheet-not-given = Telegram didn't give me the file for this, though I tried several times. Please tap again in a few minutes.
sheet-too-much = This takes more than I allow one file, so I stopped. The result itself is in the file above.
sheet-broken = I stumbled over this: that is a fault of mine, and the log has it. The result itself is in the file above; nothing of it is lost.

group-caption = <b>{ $title }</b> · { $group }
group-file = { $title } · { $group }
group-title = { $title } · { $group }
