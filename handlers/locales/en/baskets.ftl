# Baskets: lists that are kept for a check until they have as many numbers as it asks for.

basket-kept = Kept. Send more numbers here, and I add them.
basket-count = 🧺 { $ready } of { $minimum } for <b>{ $check }</b>. Send more numbers, and I add them. Nothing is spent yet.
basket-full = 🧺 Enough for <b>{ $check }</b>, which asks for { $minimum }. See the price, or send more. Nothing is spent yet.
basket-known = { $known ->
    [one] 1 of its numbers was answered before: only new ones count.
   *[other] { $known } of its numbers were answered before: only new ones count.
}
basket-off = 🧺 The check that this list is kept for isn't on offer at the moment. What you send is still added.
basket-added = 🧺 Added to <b>{ $title }</b>.
basket-added-count = 🧺 Added to <b>{ $title }</b>: { $ready } of { $minimum } for { $check } now.
basket-added-full = 🧺 Added to <b>{ $title }</b>: { $ready } now, enough for { $check }.

button-keep-list = Keep it, add more
button-basket-full = { $check }: see the price
button-other-check = Choose another check
button-no-more = Don't add more
button-take-out = Take it out, as a list of its own
