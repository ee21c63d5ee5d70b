"""A browser for all tests of the page, and a new sandbox for each test."""

from collections.abc import AsyncIterator

import pytest_asyncio
from playwright.async_api import Browser

from tests.support.browser.visiting import Visit, opened_browser, visiting
from tests.support.processes.fork_server import start_fork_server


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    """A browser without any state: each visit has its own cookies and storage."""
    async with opened_browser() as made:
        yield made


@pytest_asyncio.fixture(loop_scope="module")
async def visit(browser: Browser) -> AsyncIterator[Visit]:
    """A visit to the page, as Anna."""
    start_fork_server()
    async with visiting(browser) as made:
        yield made
