"""Variables that nobody reads, and that look like a setting: most likely one that is misspelt."""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import takewhile

_NO_LETTER = re.compile(r"[^A-Z0-9]+")
# Put in front by those who keep the variables of several programs together.
_PREFIXES = ("NUMBERDESK_", "TELEGRAM_", "TG_", "BOT_")


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A variable as it is written, the setting that it looks like, and where it stands."""

    name: str
    meant: str
    where: str

    def __str__(self) -> str:
        """The question to the operator."""
        return f"{self.name} in {self.where} is no setting; do you mean {self.meant}?"


def near_misses(
    names: Iterable[str], where: str, known: Collection[str], given: Collection[str] = ()
) -> Iterator[NearMiss]:
    """Find misspelt settings among `names`; other programs' variables are none.

    `known` are all settings; what looks like one that is `given` is somebody else's.
    """
    for name in names:
        if name.upper() in known:
            continue
        meant = _meant(name.upper(), known)
        if meant is not None and meant not in given:
            yield NearMiss(name, meant, where)


def _meant(name: str, known: Collection[str]) -> str | None:
    plain = _letters(name)
    shorter = (_without_prefixes(name) | {name.removesuffix("_FILE")}) - {name}
    near = [
        each
        for each in known
        if not shorter.isdisjoint({each, *_without_prefixes(each)})
        or _one_apart(_letters(each), plain)
    ]
    # The same letters first: `EKYC_APIKEY` is nothing else than EKYC_API_KEY.
    return min(near, key=lambda each: _letters(each) != plain, default=None)


def _without_prefixes(name: str) -> set[str]:
    return {name.removeprefix(prefix) for prefix in _PREFIXES}


def _letters(name: str) -> str:
    return _NO_LETTER.sub("", name)


def _one_apart(one: str, other: str) -> bool:
    """Tell whether a letter is changed, missing or too much, or two are swapped."""
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
    left, right = one[same:], other[same:]
    changed = left[1:] == right[1:]
    swapped = left[:2] == right[1::-1] and left[2:] == right[2:]
    return changed or swapped or left[1:] == right or left == right[1:]
