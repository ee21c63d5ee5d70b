"""How long to wait before the next try: twice as long after each failure, up to a bound."""

import random
from dataclasses import dataclass

_MOST_DOUBLINGS = 40  # beyond any bound; a float could not hold thousands of them


@dataclass(frozen=True, slots=True)
class Backoff:
    """Waits in seconds: `first` before the second try, never more than `longest`."""

    first: float
    longest: float

    def seconds(self, failures: int) -> float:
        """The wait after that many failures before the last one, from 0."""
        return min(self.first * 2.0 ** min(failures, _MOST_DOUBLINGS), self.longest)

    def jittered(self, failures: int, rng: random.Random) -> float:
        """The same, cut by up to a half, so that those who failed together don't return together.

        Source: https://aws.amazon.com/builders-library/timeouts-retries-and-backoff-with-jitter/
        """
        return self.seconds(failures) * rng.uniform(0.5, 1.0)
