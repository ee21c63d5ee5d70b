"""How one part of the program tells the others that there may be something to do."""

from collections.abc import Callable


class Bell:
    """Says only *that* there is news; what it is stands in the database.

    So a ring lost in a crash is no news lost: whoever is woken, or starts, compares what is
    stored with what was done about it.
    """

    def __init__(self) -> None:
        self._sleepers: list[Callable[[], None]] = []
        self._heralds: list[Callable[[], None]] = []

    def wakes(self, wake: Callable[[], None]) -> None:
        """Call `wake` at every ring from now on."""
        self._sleepers.append(wake)

    def also(self, tell: Callable[[], None]) -> None:
        """Call `tell` at every ring of our own: others want to hear of it, too."""
        self._heralds.append(tell)

    def ring(self) -> None:
        """A task, a list or a note for the owners changed."""
        self.wake()
        for tell in self._heralds:
            tell()

    def wake(self) -> None:
        """Somebody else's bell rang."""
        for wake in self._sleepers:
            wake()
