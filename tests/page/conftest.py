"""A browser for each test."""

from collections.abc import AsyncIterator

import pytest
from visiting import Visit, visiting


@pytest.fixture
async def visit() -> AsyncIterator[Visit]:
    """Somebody at the page, as Anna."""
    async with visiting() as made:
        yield made
