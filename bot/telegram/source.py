"""What an update's way in has to be, and which order an update belongs to."""

from typing import Any, Protocol


class Source(Protocol):
    """Where updates come from: fetched here, or sent by Telegram (`bot/telegram/webhook.py`)."""

    fetched_at: float
    """When we last knew that they flow."""
    silence: str
    """What is to be said if that is long ago."""

    async def run(self) -> None:
        """Take updates in until stopped. Raises NotAuthorizedError."""

    def stop(self) -> None:
        """Take no more."""


def chat_of(update: dict[str, Any]) -> int:
    """The chat whose order an update belongs to; for updates without one, its sender."""
    for part in update.values():
        if not isinstance(part, dict):
            continue
        place = part.get("chat") or (part.get("message") or {}).get("chat") or part.get("from")
        if isinstance(place, dict) and isinstance(place.get("id"), int):
            return int(place["id"])
    return 0
