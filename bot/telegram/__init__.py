"""Telegram as the bot speaks to it: updates in, paced calls out."""
