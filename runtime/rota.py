"""Whose turn is next, where people bring work: one piece of each at a time, in turn."""

import itertools
from collections.abc import Collection, Mapping


class Rota:
    """Chooses among due jobs, so that one person's many delay nobody else."""

    def __init__(self) -> None:
        self.waiting: list[str] = []
        """The due jobs that were not chosen: the end of another one makes way for them."""
        self._begun: dict[str, int] = {}
        self._last: dict[int, int] = {}
        self._turns = itertools.count(1)

    def choose(
        self, due: Mapping[str, int], running: Collection[object], limit: int
    ) -> Collection[str]:
        """Return at most `limit` of the jobs `due`, each with its person, oldest first.

        running: The jobs that run now; of their people no other is chosen.
        """
        self._begun = {job: person for job, person in self._begun.items() if job in running}
        busy = set(self._begun.values())
        self._last = {
            person: turn for person, turn in self._last.items() if person in {*busy, *due.values()}
        }
        first: dict[int, str] = {}
        for job, person in due.items():
            if job not in running and person not in busy:
                first.setdefault(person, job)
        next_up = sorted(first, key=lambda person: self._last.get(person, 0))[:limit]
        for person in next_up:
            self._last[person] = next(self._turns)
            self._begun[first[person]] = person
        chosen = {first[person] for person in next_up}
        self.waiting = [job for job in due if job not in chosen]
        return chosen
