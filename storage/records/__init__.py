"""Stored records of the bot itself: inbox, strikes, paused services, backlog."""
