"""The bot in the sandbox: the demo and the chat page."""
