# /start, /help, and what is said to anything that is neither numbers nor a command.

start =
    👋 <b>Hello! I check lists of phone numbers.</b>

    Send me a file with numbers (text, spreadsheet, contacts, or a zip of these), or just paste them here. Then you pick a check, see what it costs, and get your own list back in this chat, with the answers in it.

    Nothing is spent before you tap <b>Start</b>.
start-lookup = Or send me a single number: I tell at once whether it has a Telegram account.
start-checks = What I can check:
start-check = • <b>{ $name }</b> — { $about }
start-more-checks = Also: { $names }
start-no-checks = No check is set up at the moment. Whoever runs this bot can see why with <code>numberdesk doctor</code>.
start-owner =
    🔑 You are an owner of this bot. What comes next:
    • /invite makes a link that lets one person in
    • /people shows who is in, and sets how many numbers a day each may have checked
    • /checks turns further checks on and off
    • /stats tells what was checked, what it cost, and what fails
    I tell you here when somebody wants to be let in, and when something goes wrong.

help =
    <b>How it works</b>

    1. Send a file or paste numbers, one a line. Spaces, dashes and brackets are fine. Where the country code is missing, I ask for the country once.
    2. Pick a check, and tap <b>Start</b>. Until then nothing is spent.
    3. Watch the count, or do something else: the result comes by itself. The buttons below it give you one group of numbers, the service's raw file, or another check.

    Several files sent together become one list, and a long paste that Telegram cuts into pieces is put together again.

    /check — does this number have Telegram?
    /country — whose numbers have no country code here
    /tasks — what is running, and finished results
    /help — this page
help-owner = For owners: /checks, /people, /groups, /invite, /stats, /instances

fallback-text =
    I didn't find phone numbers in that. Send a list, as a file or as text with one number a line, such as:

    <code>+44 20 7946 0018
    +7 987 654-32-10</code>

    /help tells more.
fallback-photo = I can't read numbers from a picture. Please send them as text, or as a text file, a spreadsheet or contacts.
fallback-voice = I can't listen to messages. Please send the numbers as text, or as a text file, a spreadsheet or contacts.
fallback-other = I can't read numbers from that. Please send them as text, or as a text file, a spreadsheet or contacts.
fallback-edited = I read a message once, when it comes, so I still have this one as it was. If you changed its numbers, please send them anew, as a new message.
fallback-command = I don't know that command. /help shows what I can do.

door-closed =
    This is Numberdesk, a bot that checks lists of phone numbers. It is open to invited people only.

    If somebody gave you its name, ask them to let you in: your Telegram id is <code>{ $id }</code>.
