"""People who talk to the bot, and their groups."""
