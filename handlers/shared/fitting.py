"""Lines that fit into one message of Telegram, which counts in UTF-16 units."""

from collections.abc import Iterable

from handlers.shared.texts import Html

MESSAGE = 4096
CAPTION = 1024
MORE = Html("…")


def units(text: str) -> int:
    """How long Telegram takes a text to be; markup counts as well here, so rather too long."""
    return len(text.encode("utf-16-le")) // 2


def fitting(lines: Iterable[str], limit: int = MESSAGE, *, between: str = "\n") -> Html:
    """As many of the first lines as fit, and a sign where some are left out."""
    kept: list[str] = []
    length = units(MORE)
    for line in lines:
        length += units(between) + units(line)
        if length > limit:
            kept.append(MORE)
            break
        kept.append(line)
    return Html(between.join(kept))
