"""Short random ids that don't tell how many there are."""

import secrets

LETTERS = "bcdfghjkmnpqrstvwxz"
LENGTH = 10


def new_id() -> str:
    """Return ten random letters: short enough for callback data, too many to guess.

    No digits: the log might redact them as a phone number. No vowels: they might spell a word.
    """
    return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
