"""The stories of the bot's owners."""
