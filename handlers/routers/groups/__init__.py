"""The stories of groups."""
