"""A pretend Telegram over real HTTP."""
