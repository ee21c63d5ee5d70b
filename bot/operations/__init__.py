"""What an operator runs besides the bot: doctor, backup, rekey, move."""
