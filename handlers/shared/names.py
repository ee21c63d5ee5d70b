"""Names of the files we send, and of the people we speak of."""

from aiogram.types import User

LONGEST_NAME = 64


def safe_name(text: str) -> str:
    """A stranger's file name as part of ours: no path, no control or direction marks."""
    kept = "".join(
        letter if letter.isprintable() and letter not in '/\\:*?"<>|' else " " for letter in text
    )
    return " ".join(kept.split())[:60].strip(". ") or "list"


def person_name(user: User) -> str:
    """A stranger's name on one line, without control or direction marks; the id if none is left."""
    kept = "".join(letter if letter.isprintable() else " " for letter in user.full_name)
    return " ".join(kept.split())[:LONGEST_NAME] or str(user.id)
