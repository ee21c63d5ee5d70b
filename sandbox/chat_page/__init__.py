"""The chat page: its server, its state and its actions."""
