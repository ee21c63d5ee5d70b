"""The bot on this machine alone: the demo and the chat page."""
