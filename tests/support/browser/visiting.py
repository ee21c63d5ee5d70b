"""A visit to the chat page in a browser: the real page, sandbox and bot."""

import os
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Locator, Page, async_playwright, expect

from bot.playground.chat import open_chat
from sandbox.world import World
from scripts.browser import FLAGS, browser_path

WIDE, PHONE = {"width": 1400, "height": 880}, {"width": 390, "height": 844}
PATIENCE_MS = 40_000  # a busy machine takes long to start a bot
expect.set_options(timeout=PATIENCE_MS)
_DROP = """([files]) => {
    const data = new DataTransfer();
    for (const [name, text] of files) data.items.add(new File([text], name));
    const target = document.getElementById("talk");
    for (const kind of ["dragover", "drop"]) {
        target.dispatchEvent(new DragEvent(kind, { dataTransfer: data, bubbles: true }));
    }
}"""


class Visit:
    """One browser at one page; `trouble` is what its console shows."""

    def __init__(self, page: Page, world: World) -> None:
        self.page, self.world = page, world
        self.trouble: list[str] = []
        page.set_default_timeout(PATIENCE_MS)
        page.on("console", lambda said: self._note(said.type, said.text))
        page.on("pageerror", lambda error: self.trouble.append(str(error)))

    def _note(self, kind: str, text: str) -> None:
        if kind in {"error", "warning"}:
            self.trouble.append(text)

    def button(self, name: str) -> Locator:
        """Return the newest button of exactly this name."""
        return self.page.get_by_role("button", name=name, exact=True).last

    async def taps(self, name: str) -> None:
        """Tap the newest button of the chat whose name begins with this."""
        await self.page.locator("#messages button.key", has_text=name).last.click()

    async def sees(self, text: str) -> Locator:
        """Wait until a message shows this."""
        found = self.page.locator("#messages .bubble", has_text=text).last
        await found.wait_for()
        return found

    async def starts(self) -> None:
        """Open the private chat for the first time."""
        await self.button("Start").click()
        await self.sees("I check lists")

    async def says(self, text: str) -> None:
        """Write a message, and send it with Enter."""
        await self.page.get_by_label("Message", exact=True).fill(text)
        await self.page.keyboard.press("Enter")

    async def drops(self, name: str, text: str) -> None:
        """Drop a file on the conversation, and send it."""
        await self.page.evaluate(_DROP, [[[name, text]]])
        await self.button("Send").click()

    async def becomes(self, who: str) -> None:
        """Switch to another person."""
        await self.page.get_by_label("I am").select_option(who)

    async def goes_to(self, chat: str) -> None:
        """Open a chat of the list."""
        await self.page.locator("#chats button", has_text=chat).click()

    async def faults(self) -> list[str]:
        """Return axe's serious and critical findings, in light and in dark mode."""
        found = []
        for scheme in ("light", "dark"):
            await self.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            results: dict[str, Any] = (await Axe().run(self.page)).response
            found += [
                f"{scheme}: {each['id']}: {node['html'][:160]}"
                for each in results["violations"]
                if each["impact"] in {"serious", "critical"}
                for node in each["nodes"]
            ]
        return found


def needed_browser() -> str:
    """Return the path of the browser; without one skip the test, but never in CI."""
    path = browser_path()
    if path is None and os.environ.get("CI") != "true":
        pytest.skip("there is no chromium on this machine")
    assert path, "CI has no chromium: .ci/run installs it"
    return path


@asynccontextmanager
async def opened_browser() -> AsyncGenerator[Browser]:
    """A browser, open during the block."""
    path = needed_browser()
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        await browser.close()


@asynccontextmanager
async def visiting(browser: Browser) -> AsyncGenerator[Visit]:
    """A page at a new sandbox; at the end its console must be empty."""
    async with open_chat() as opened:
        page = await browser.new_page(viewport=WIDE)
        visit = Visit(page, opened.world)
        await page.goto(opened.address)
        yield visit
        await page.close()
        assert visit.trouble == []
