"""The interface of update sources, and the chat of an update."""

from typing import Any, Protocol


class Source(Protocol):
    """A source of updates: polling (`bot.telegram.polling`) or `bot.telegram.webhook`."""

    fetched_at: float
    """When updates were last known to arrive, in unix seconds."""
    silence: str
    """The problem to report if that is long ago."""

    async def run(self) -> None:
        """Receive updates until stopped. Raises NotAuthorizedError."""

    def stop(self) -> None:
        """Receive no more updates."""


def chat_of(update: dict[str, Any]) -> int:
    """Return the id of the chat whose order an update belongs to, else of its sender, else 0."""
    for part in update.values():
        if not isinstance(part, dict):
            continue
        place = part.get("chat") or (part.get("message") or {}).get("chat") or part.get("from")
        if isinstance(place, dict) and isinstance(place.get("id"), int):
            return int(place["id"])
    return 0
