"""What the pretend Telegram keeps, and what it allows."""
