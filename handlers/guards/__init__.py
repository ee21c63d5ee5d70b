"""Access: who may use the bot, and who may use which button."""
