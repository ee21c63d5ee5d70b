"""Short ids that say nothing about how many there are."""

import secrets


def new_id() -> str:
    """Ten hex digits: short enough for a button's data, too many to guess in a chat."""
    return secrets.token_hex(5)
