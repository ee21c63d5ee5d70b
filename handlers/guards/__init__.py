"""Who may use the bot, and whose buttons obey whom."""
