"""Wake-ups: one part of the program tells the others that there may be work."""

from collections.abc import Callable


class WakeUp:
    """A signal that something changed; the change itself is in the database.

    A lost wake-up loses no data: a worker that wakes or starts compares what is stored with
    what is done.
    """

    def __init__(self) -> None:
        self._subscribers: list[Callable[[], None]] = []
        self._relays: list[Callable[[], None]] = []

    def subscribe(self, wake: Callable[[], None]) -> None:
        """Call `wake` at every wake-up from now on, from this process or another."""
        self._subscribers.append(wake)

    def relay(self, tell: Callable[[], None]) -> None:
        """Call `tell` at every wake-up from this process, to forward it to the other replicas."""
        self._relays.append(tell)

    def notify(self) -> None:
        """Wake all replicas: a task, a list or a note to the owners changed."""
        self.wake_all()
        for tell in self._relays:
            tell()

    def wake_all(self) -> None:
        """Wake this process only: the wake-up came from another replica."""
        for wake in self._subscribers:
            wake()
