"""People and groups who talk to the bot."""
