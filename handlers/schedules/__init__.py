"""Schedules in chats: their cards, and how these are shown."""
