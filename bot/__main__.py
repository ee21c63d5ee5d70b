"""`python -m bot` is the same as `numberdesk`."""

from bot.cli import main

main()
