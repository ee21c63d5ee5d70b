"""`python -m bot` is the same as `numberdesk`."""

from bot.cli import main

if __name__ == "__main__":  # a child process imports this module, too
    main()
