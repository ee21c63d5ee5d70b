# The message that brings the result.

result-ready = ✅ <b>{ $title }</b> · { $check }: the result is ready.
result-caption = ✅ <b>{ $title }</b> · { $check }
result-counts = { $numbers ->
    [one] 1 number checked
   *[other] { $numbers } numbers checked
}
result-success = { $success } answered
result-failure = { $failure } without an answer
result-file = { $title } · { $check } · { $date }
result-too-big = ✅ <b>{ $title }</b> · { $check }: the result is ready, but with { $megabytes } MB it is larger than Telegram takes from bots. Whoever runs this bot can get it from the service as task <code>{ $ref }</code>, and has been told.
result-gone = The file isn't here any more. I fetch it from the service again; it comes in a moment.
