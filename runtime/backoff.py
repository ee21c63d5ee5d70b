"""Exponential backoff: the delay doubles after each failure, up to a limit."""

import random
from dataclasses import dataclass

_MOST_DOUBLINGS = 40  # past any limit; a float overflows after about a thousand


@dataclass(frozen=True, slots=True)
class Backoff:
    """Delays in seconds: `first` before the second try, at most `longest`."""

    first: float
    longest: float

    def seconds(self, failures: int) -> float:
        """Return the delay after a failure that followed `failures` others."""
        return min(self.first * 2.0 ** min(failures, _MOST_DOUBLINGS), self.longest)

    def jittered(self, failures: int, rng: random.Random) -> float:
        """Return the delay with jitter (50 to 100 %), so that retries don't come all at once.

        Source: https://aws.amazon.com/builders-library/timeouts-retries-and-backoff-with-jitter/
        """
        return self.seconds(failures) * rng.uniform(0.5, 1.0)
