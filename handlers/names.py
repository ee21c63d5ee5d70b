"""Names of the files we send."""


def safe_name(text: str) -> str:
    """A stranger's file name as part of ours: no path, no control or direction marks."""
    kept = "".join(
        letter if letter.isprintable() and letter not in '/\\:*?"<>|' else " " for letter in text
    )
    return " ".join(kept.split())[:60].strip(". ") or "list"
