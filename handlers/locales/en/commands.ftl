# The command menu.

command-start = What this bot does
command-tasks = Running and finished checks
command-help = How it works
