"""Plans for faults: where, in which chat or of which list, how often."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from sandbox.http import faults

EVERY = "*"
Kinds = tuple[type[faults.Fault], ...]
COMMON: Kinds = (faults.Answer, faults.Dropped, faults.Silence, faults.Slow)
TELEGRAM: Mapping[str, Kinds] = {
    EVERY: (*COMMON, faults.ReplyLost, faults.Flood, faults.Refuse, faults.Reshaped),
    "download": (*COMMON, faults.Truncated, faults.Stalled, faults.Paced, faults.Content),
    "webhook": (faults.Dropped, faults.ReplyLost),
}
LOOKUPS: Mapping[str, Kinds] = {EVERY: COMMON}
SERVICE: Mapping[str, Kinds] = {
    "create": (*COMMON, faults.ReplyLost, faults.Redirect, faults.SameTaskId, faults.OtherFields),
    "status": (
        *COMMON,
        faults.ReplyLost,
        faults.Redirect,
        faults.OtherFields,
        faults.Stuck,
        faults.Backwards,
        faults.Word,
        faults.Failed,
        faults.ResultAt,
    ),
    "result": (
        *COMMON,
        faults.Redirect,
        faults.Expired,
        faults.Truncated,
        faults.Endless,
        faults.Drip,
        faults.TooLarge,
        faults.Content,
    ),
    "balance": (*COMMON, faults.ReplyLost, faults.Redirect),
}


@dataclass(slots=True)
class Planned:
    """A planned fault, with the times it still happens and the hits it had."""

    on: frozenset[str]
    fault: faults.Fault
    times: int | None
    chat: int | None = None
    number: str | None = None
    hits: int = 0

    def off(self) -> None:
        """Switch it off."""
        self.times = 0

    def fits(self, place: str, chat: int | None, numbers: Collection[str]) -> bool:
        """Tell whether it is due in this place and chat, or for this list."""
        return (
            self.times != 0
            and (EVERY in self.on or place.lower() in self.on)
            and (self.chat is None or self.chat == chat)
            and (self.number is None or self.number in numbers)
        )


class Faults:
    """The faults planned for one server.

    `kinds` lists the possible faults of each place; "*" stands for any other place.
    """

    def __init__(self, kinds: Mapping[str, Kinds]) -> None:
        self.planned: list[Planned] = []
        self._kinds = kinds

    def add(
        self,
        on: str | Iterable[str],
        fault: faults.Fault,
        *,
        times: int | None = 1,
        chat: int | None = None,
        number: str | None = None,
    ) -> Planned:
        """Plan a fault for the next `times`, or until it is switched off (None).

        `on` is one place ("create", "sendMessage"), several, or "*" for all of Telegram's;
        `chat` is a chat id, `number` one of the list that is posted.

        Raises:
            ValueError: The server has no such place, or no such fault there.
        """
        names = frozenset(name.lower() for name in ([on] if isinstance(on, str) else on))
        for name in names:
            possible = isinstance(fault, self._kinds.get(name, self._kinds.get(EVERY, ())))
            if not possible:
                raise ValueError(f"no such place or fault: {name} {fault}")
            charged = isinstance(fault, faults.Answer) and fault.carried_out and fault.is_own_500
            if name == "create" and charged:
                raise ValueError("a service's own 500 is free")
        planned = Planned(names, fault, times, chat, number)
        self.planned.append(planned)
        return planned

    def clear(self) -> None:
        """Switch off all faults."""
        for planned in self.planned:
            planned.off()

    def take(
        self, place: str, chat: int | None = None, numbers: Collection[str] = ()
    ) -> faults.Fault | None:
        """Return the fault that is due in this place, the earliest planned first."""
        for planned in self.planned:
            if planned.fits(place, chat, numbers):
                planned.hits += 1
                if planned.times is not None:
                    planned.times -= 1
                return planned.fault
        return None
