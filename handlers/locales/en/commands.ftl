# The command menu.

command-start = What this bot does
command-check = Does this number have Telegram?
command-tasks = Running and finished checks
command-help = How it works
