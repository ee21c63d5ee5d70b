"""The state of pretend Telegram, and its limits."""
