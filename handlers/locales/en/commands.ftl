# The command menu.

command-start = What this bot does
command-check = Does this number have Telegram?
command-tasks = Running and finished checks
command-country = Whose numbers have no country code here
command-help = How it works
command-privacy = What I keep about you
command-language = My language
