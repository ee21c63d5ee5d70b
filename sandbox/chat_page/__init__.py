"""The chat page: its server, and what is done on it."""
