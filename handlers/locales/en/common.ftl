# Words that several screens share.

minutes = { $count ->
    [one] about a minute
   *[other] about { $count } minutes
}

hours = { $count ->
    [one] about an hour
   *[other] about { $count } hours
}

moment = less than a minute

button-back = ‹ Back

# Small notices over a button that was tapped.
notice-gone = This card is out of date. Send /tasks to see where things stand.
notice-not-yours = This card belongs to somebody else.
notice-done = That was done already.
