"""How the bot has strangers' bytes looked into: it asks, and confined processes do it."""
