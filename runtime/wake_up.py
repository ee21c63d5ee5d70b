"""How one part of the program tells the others that there may be something to do."""

from collections.abc import Callable


class WakeUp:
    """Says only *that* something changed; what it is stands in the database.

    So a lost wake-up loses no news: a worker that is woken, or starts, compares what is stored
    with what was done about it.
    """

    def __init__(self) -> None:
        self._sleepers: list[Callable[[], None]] = []
        self._relays: list[Callable[[], None]] = []

    def subscribe(self, wake: Callable[[], None]) -> None:
        """Call `wake` at every wake-up from now on, of this process or of another."""
        self._sleepers.append(wake)

    def relay(self, tell: Callable[[], None]) -> None:
        """Call `tell` at every wake-up of this process, to pass it on to the other replicas."""
        self._relays.append(tell)

    def notify(self) -> None:
        """Wake everybody, here and elsewhere: a task, a list or a note for the owners changed."""
        self.wake_all()
        for tell in self._relays:
            tell()

    def wake_all(self) -> None:
        """Wake this process alone: another one has notified us."""
        for wake in self._sleepers:
            wake()
