# The list card: what was handed in.

list-pasted = Pasted list
list-and-more = { $name } and { $more ->
    [one] 1 more
   *[other] { $more } more
}

list-reading = 📄 <b>{ $title }</b>
    Reading…

list-ready = 📄 <b>{ $title }</b>: { $ready ->
    [one] 1 number
   *[other] { $ready } numbers
} ready
list-duplicates = { $duplicates ->
    [one] 1 duplicate
   *[other] { $duplicates } duplicates
}
list-rejected = { $rejected ->
    [one] 1 not a number
   *[other] { $rejected } not numbers
}
list-national = { $national ->
    [one] One line looks like a number without its country code. Tell me the country, and it counts.
   *[other] { $national } lines look like numbers without their country code. Tell me the country, and they count.
}
list-title = 📄 <b>{ $title }</b>
list-choose = Which check? Nothing is spent yet.
button-more-checks = More checks
list-no-checks = No check is set up at the moment, so there is nothing to choose. Whoever runs this bot can see why with <code>numberdesk doctor</code>.
list-discarded = 📄 <b>{ $title }</b>
    Discarded. The numbers are erased, nothing was spent.

# What the list was taken for; nothing is said of what left nothing to assume.
list-of-table = { $source }: { $assumed }
list-more-tables = and { $more } more
list-all-columns = all columns
list-columns = { $count ->
    [one] column { $names }
   *[other] columns { $names }
}
list-column-name = “{ $header }”
list-columns-many = { $count } columns
list-read-as = read as { $country }
list-read-coded = read with the country codes they begin with
list-unread = looks like { $country }, not read yet
list-reads-badly = Many lines are no numbers of that country. If they are from another one, change it below.
list-old-forms = { $old ->
    [one] One number was in an old form: { $written }, read as { $present }
   *[other] { $old } numbers were in an old form, such as { $written }, read as { $present }
}
list-old-forms-out = { $old ->
    [one] One number in an old form is left out
   *[other] { $old } numbers in an old form are left out
}
list-unusual = { $unusual ->
    [one] One number is unusual and left out: { $example } has a possible length, but is in no range I know
   *[other] { $unusual } numbers are unusual and left out: they have a possible length, but are in no range I know, such as { $example }
}
list-unusual-in = { $unusual ->
    [one] One unusual number is included: { $example }
   *[other] { $unusual } unusual numbers are included, such as { $example }
}
list-hidden = { $hidden ->
    [one] One hidden row is left out
   *[other] { $hidden } hidden rows are left out
}
list-hidden-in = Hidden rows are included

# What only the person can say.
ask-column = Several columns of { $source } hold numbers. Which one shall I check?
ask-country = { $national ->
    [one] One line is a number without its country code. Which country is it from?
   *[other] { $national } lines are numbers without their country code. Which country are they from?
}
ask-country-again = Numbers without their country code were read as those of { $country }. Which country are they from?
ask-country-rival = Numbers without a country code are read here as those of { $country }, but these look like numbers of { $rival }. Which country are they from?
ask-country-how = Choose below, or write me the country's name or code, such as <i>Brazil</i> or <i>+55</i>.
ask-country-how-here = Choose below, or reply to this message with the country's name or code, such as <i>Brazil</i> or <i>+55</i>.
ask-country-none = I know no country called “{ $text }”. Please try its English name, or its code.
button-column = { $header }: { $example }
button-column-bare = Column { $place }: { $example }
button-all-columns = All of them
button-country = { $national ->
    [one] Tell me its country
   *[other] Tell me the country of { $national } numbers
}
button-change-country = Change the country
button-always = Always { $country } here
button-another-column = Another column
button-another-column-of = { $source }: another column
button-unusual-in = { $unusual ->
    [one] Include 1 unusual number
   *[other] Include { $unusual } unusual numbers
}
button-unusual-out = { $unusual ->
    [one] Leave 1 unusual number out
   *[other] Leave { $unusual } unusual numbers out
}
button-hidden-in = { $hidden ->
    [one] Include 1 hidden row
   *[other] Include { $hidden } hidden rows
}
button-hidden-out = Leave hidden rows out
button-old-forms-in = { $old ->
    [one] Include 1 old form
   *[other] Include { $old } old forms
}
button-old-forms-out = { $old ->
    [one] Leave 1 old form out
   *[other] Leave { $old } old forms out
}
country-is = Numbers without a country code are read here as those of <b>{ $country }</b> (+{ $code }).
country-none = So far I don't know which country numbers without a country code are from.
country-how = Choose another one below, or write <code>/country</code> and its name, such as <code>/country Brazil</code>. Lists that you have sent already stay as they are.

button-left-out = Show what was left out
button-discard = Discard

left-out-caption = What was left out of <b>{ $title }</b>, with the line it stood in.
left-out-line = { $line }: { $text } — { $reason }
left-out-file = { $title } · left out.csv
left-out-gone = What was left out of this list is erased already.
left-out-head-file = File
left-out-head-line = Line
left-out-head-text = Text
left-out-head-reason = Why

reason-not_a_number = not a phone number
reason-too_short = too short
reason-too_long = too long
reason-unknown_country = no such country code
reason-unusual = possible, but in no range that is known yet
reason-not_in_use = no such number exists
reason-no_country = country code missing
reason-digits_lost = digits lost by a spreadsheet

# Why a list can't be read. Each says what to do.
trouble-empty = The file is empty. Please check it and send it again.
trouble-not_a_list-protected = This file asks for a password. Please save it without one and send it again.
trouble-not_a_list-spreadsheet = I can't read this spreadsheet. Please save it as .xlsx or .csv and send that.
trouble-not_a_list-archive = I can't read this kind of archive. Please send a .zip, or the files themselves.
trouble-not_a_list-empty_archive = There is no list in this archive. I read text files, spreadsheets and contacts (.vcf).
trouble-not_a_list-document = That is a document or a web page, not a list. Please send a .txt, .csv or .xlsx file.
trouble-harmful = This file unpacks to far more than it should hold. I don't open such files. Please send the list itself.
trouble-damaged = This file is damaged or incomplete. Please save it anew and send it again.
trouble-too_wide = This table is far larger than a list: too many columns or rows. Please send a file with just the column of numbers.
trouble-too_much = This file takes more to read than I allow one file, so I stopped; nothing was sent anywhere. Please save just the column of numbers as .csv or .txt and send that, in several files if it is long.
trouble-too_much_kept = With this list I would keep more than { $megabytes } MB of numbers for you. Please discard lists that you don't need, or wait until their results are used, and send it again.
lists-too-many = You have { $count } lists waiting to be read, the most that one person may have. Please send this one again when their cards are there; nothing of it is stored.
trouble-not_a_list-pdf = I can't read numbers from a PDF. Please send them as text, or as a text file or a spreadsheet.
trouble-not_a_list-image = That is a picture. Please send the numbers as text, or as a text file or a spreadsheet.
trouble-not_a_list-unknown = That isn't a text file, so I can't read it. Please send a text file, a spreadsheet or contacts (.vcf).
trouble-undecodable = I can't make out the letters of this file. Please save it as UTF-8 text and send it again.
trouble-no_numbers = { $lines ->
    [0] There isn't a single line in it.
    [one] Its one line isn't a phone number.
   *[other] None of its { $lines } lines is a phone number.
} Write numbers one a line with the country code, such as <code>+44 20 7946 0018</code>.
trouble-country = I read numbers without a country code as those of { $country }. If they are from another country, change it below.
trouble-nothing-spent = Nothing was sent to a service, and nothing is spent.
trouble-here = Here everything needs <code>/check{ $bot }</code>: as the caption of each file, or in front of the numbers.
trouble-too_many = That is more than { $maximum } numbers, the most that one list may hold. Please split it.
trouble-sweep = { $count } of these numbers follow each other without a gap. This bot cleans lists that people have; it doesn't search through ranges of numbers.
trouble-too_big = Telegram lets bots fetch files of up to { $megabytes } MB. Please split this one, and send the pieces together: they become one list.
trouble-broken = I stumbled over this list: that is a fault of mine, not of the list. Please save it as plain text, one number a line, and send that.
trouble-download = Telegram didn't give me the file, though I tried several times. Please send it again.
trouble-card = 📄 <b>{ $title }</b>
