"""Short ids that say nothing about how many there are."""

import secrets

LETTERS = "bcdfghjkmnpqrstvwxz"
LENGTH = 10


def new_id() -> str:
    """Ten letters: short enough for a button's data, too many to guess in a chat.

    No digits, which the log might take for a phone number and hide, and no vowels, which
    might spell a word.
    """
    return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
