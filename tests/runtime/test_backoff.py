import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runtime.backoff import Backoff


def test_waits_double_up_to_a_bound() -> None:
    """Protects a failing service and people who wait: the backoff grows, up to a bound."""
    waits = [Backoff(first=1.0, longest=30.0).seconds(failures) for failures in range(8)]
    assert waits == [1, 2, 4, 8, 16, 30, 30, 30]


@pytest.mark.parametrize("failures", [10_000, 10**9])
def test_years_of_failures_are_no_error(failures: int) -> None:
    """Protects a loop that has failed for years from an overflow."""
    assert Backoff(first=1.0, longest=60.0).seconds(failures) == 60


@given(st.integers(0, 50), st.integers(0, 2**32))
def test_jitter_stays_between_a_half_and_the_whole(failures: int, seed: int) -> None:
    """Protects against waits near zero, and beyond the documented bound."""
    backoff = Backoff(first=3.0, longest=600.0)
    whole = backoff.seconds(failures)
    assert whole / 2 <= backoff.jittered(failures, random.Random(seed)) <= whole
