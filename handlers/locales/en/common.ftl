# Words that several screens share.

minutes = { $count ->
    [one] about a minute
   *[other] about { $count } minutes
}

hours = { $count ->
    [one] about an hour
   *[other] about { $count } hours
}

days = { $count ->
    [one] about a day
   *[other] about { $count } days
}

moment = less than a minute

button-back = ‹ Back

# Small notices over a button that was tapped.
notice-gone = This card is out of date. Send /tasks{ $bot } to see where things stand.
notice-not-yours = This card belongs to somebody else.
notice-kept = Noted.
notice-done = That was done already.
notice-moved-on = Things have moved on since this button was shown, so it did nothing. The card shows where they stand.
notice-under-way = The list is being handed in right now, so it may still be charged. If the service doesn't take it this time, I won't try again.
notice-earlier = This button is of an earlier version and does nothing any more. Send /tasks{ $bot } to see where things stand.
cost-about = ≈ { $cost }
