"""The connection to Telegram: updates in, rate-limited calls out."""
