"""A browser for all tests of the page, and a new sandbox for each."""

from collections.abc import AsyncIterator

import pytest_asyncio
from playwright.async_api import Browser

from tests.support.browser.visiting import Visit, opened_browser, visiting
from tests.support.processes.nesting import prepare_nest


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    """One that knows nobody: each visit has cookies and storage of its own."""
    async with opened_browser() as made:
        yield made


@pytest_asyncio.fixture(loop_scope="module")
async def visit(browser: Browser) -> AsyncIterator[Visit]:
    """Somebody at the page, as Anna."""
    prepare_nest()
    async with visiting(browser) as made:
        yield made
