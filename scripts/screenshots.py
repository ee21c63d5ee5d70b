"""Take the screenshots in docs/screenshots: the chat page, from a submitted list to its result.

Run it from the project's folder after a change of the page or its words, and look at them:

    python -m scripts.screenshots

It needs chromium, and fonts with Chinese letters and emoji.
"""

import asyncio
import io
import re
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import xlsxwriter  # type: ignore[import-untyped] # it has no type information
from playwright.async_api import Browser, Locator, Page, ViewportSize, async_playwright

from bot.playground.chat import Opened, open_chat
from bot.playground.sample import sample_list
from scripts.browser import FLAGS, browser_path

FOLDER = Path(__file__).parents[1] / "docs" / "screenshots"
WIDE: ViewportSize = {"width": 1280, "height": 920}
PHONE: ViewportSize = {"width": 390, "height": 844}
PATIENCE_MS = 60_000
HALFWAY = re.compile(r"\b[4-9]\d\d of 1,")
SINGLE = "+79876543210"
TOWNS = ("Leeds", "Bremen", "Izmir", "Lyon", "Recife")


class Visit:
    """An open chat page. Buttons are found by position, as their labels depend on the language."""

    def __init__(self, page: Page) -> None:
        self.page = page

    async def shoot(self, name: str) -> None:
        """Take a screenshot when animations are over."""
        await self.page.mouse.move(2, 2)
        await self.page.wait_for_timeout(700)
        await self.page.screenshot(path=FOLDER / f"{name}.png")
        sys.stdout.write(f"{name}.png: {(FOLDER / f'{name}.png').stat().st_size:,} bytes\n")

    def key(self, number: int) -> Locator:
        """Return a button of the newest message with buttons, by index; -1 is the last."""
        keys = self.page.locator("#messages li:has(.key)").last.locator(".key")
        return keys.last if number < 0 else keys.nth(number)

    async def says(self, text: str) -> None:
        """Send a text."""
        await self.page.locator("#field").fill(text)
        await self.page.locator("#field").press("Enter")

    async def submits(self, name: str, data: bytes, text: str = "") -> None:
        """Send a file."""
        await self.page.locator("#field").fill(text)
        file = {"name": name, "mimeType": "application/octet-stream", "buffer": data}
        await self.page.locator("#pick").set_input_files(file)  # type: ignore[arg-type]
        await self.page.get_by_role("button", name="Send", exact=True).click()

    async def shown(self, selector: str) -> None:
        """Wait for an element among the messages."""
        await self.page.locator(f"#messages {selector}").last.wait_for()

    async def starts(self) -> None:
        """Open the private chat for the first time."""
        await self.page.get_by_role("button", name="Start", exact=True).click()
        await self.shown(".theirs .words")

    async def agrees(self) -> None:
        """Start the chosen check, and confirm the terms."""
        start = self.page.locator("#messages .key.success").last
        words = await start.inner_text()
        await start.click()
        await (
            self.page.locator("#messages .key.success")
            .last.filter(has_not_text=words)
            .or_(self.page.locator("#messages .key.success", has_text="·"))
            .last.click()
        )

    async def has_result(self) -> None:
        """Wait for the chart, and for one's own list with the answers, which has two buttons."""
        await self.shown(".photo img")
        await self.shown(".theirs:has(a.file):has(.key)")


def workbook() -> bytes:
    """Return a typical list: names, numbers and towns."""
    buffer = io.BytesIO()
    lines = [line for line in sample_list().decode().splitlines() if line.startswith("+")]
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Customer", "Phone", "Town"])
        for row, line in enumerate(lines, 1):
            sheet.write_row(row, 0, [f"No. {row}", line, TOWNS[row % len(TOWNS)]])
    return buffer.getvalue()


@asynccontextmanager
async def visiting(
    browser: Browser, opened: Opened, size: ViewportSize, who: str
) -> AsyncGenerator[Visit]:
    """Open the page in a new window, as one of its people."""
    sharp = 2 if size is PHONE else 1
    page = await browser.new_page(
        viewport=size,
        device_scale_factor=sharp,
        color_scheme="light",
    )
    page.set_default_timeout(PATIENCE_MS)
    await page.goto(opened.address)
    await page.locator("#chats .chat").first.wait_for()
    await page.locator("#who").select_option(who)
    if size is PHONE:
        await page.locator("#chats .chat").first.click()
    yield Visit(page)
    await page.close()


async def private(browser: Browser, opened: Opened) -> None:
    """Show the main job of a phone user, and a lookup that has to wait."""
    async with visiting(browser, opened, WIDE, "anna") as visit:
        await visit.starts()
        await visit.page.get_by_text("Slow", exact=True).click()
        await visit.submits("customers-may.xlsx", workbook())
        await visit.shown(".key:nth-of-type(2)")
        await visit.key(0).click()
        await visit.shown(".key.success")
        await visit.shoot("check-wide-en")
        await visit.agrees()
        await visit.page.locator("#messages .bubble", has_text=HALFWAY).last.wait_for()
        await visit.shoot("progress-wide-en")
        await visit.page.get_by_text("Fast", exact=True).click()
        await visit.has_result()
        await visit.page.locator("#messages a.file").last.scroll_into_view_if_needed()
        await visit.shoot("result-wide-en")
        await visit.page.emulate_media(color_scheme="dark")
        await visit.shoot("result-wide-en-dark")
        await visit.page.emulate_media(color_scheme="light")
        await visit.page.get_by_label("Lookup limit (469)").check()
        await visit.says(SINGLE)
        await visit.page.locator("#messages .bubble", has_text="Place in line").wait_for()
        await visit.shoot("lookup-in-pause-wide-en")
        await visit.page.set_viewport_size(PHONE)
        await visit.shoot("lookup-in-pause-phone-en")
        await visit.page.get_by_role("button", name="Services and faults").last.click()
        await visit.shoot("panel-phone-en")
        await visit.page.get_by_label("Lookup limit (469)").uncheck()


async def group(browser: Browser, opened: Opened) -> None:
    """Show a group, to a member who may not use the card."""
    async with visiting(browser, opened, WIDE, "bob") as visit:
        await visit.page.locator("#chats .chat").nth(1).click()
        await visit.says("Morning! Here is the list for the spring mailing")
        await visit.submits("spring.xlsx", workbook(), "/check@numberdesk_bot")
        await visit.shown(".key")
        await visit.key(2).click()
        await visit.shown(".key.success")
        await visit.page.locator("#who").select_option("dan")
        await visit.page.locator("#messages .key.success").last.click()
        await visit.page.locator(".toast").wait_for()
        await visit.shoot("group-wide-en")


async def owner(browser: Browser, opened: Opened) -> None:
    """Show /stats to an owner."""
    async with visiting(browser, opened, WIDE, "olga") as visit:
        await visit.starts()
        await visit.says("/stats")
        await visit.page.locator("#messages .theirs").nth(1).wait_for()
        await visit.shoot("stats-wide-en")


async def phone(browser: Browser, opened: Opened) -> None:
    """Show the main job on a phone, in Russian."""
    async with visiting(browser, opened, PHONE, "carol") as visit:
        await visit.page.get_by_role("button", name="Back to the chats").click()
        await visit.page.locator("#language").select_option("ru")
        await visit.shoot("chats-phone-ru")
        await visit.page.locator("#chats .chat").first.click()
        await visit.starts()
        await visit.submits("клиенты-май.xlsx", workbook())
        await visit.shown(".key:nth-of-type(2)")
        await visit.key(0).click()
        await visit.shown(".key.success")
        await visit.shoot("check-phone-ru")
        await visit.agrees()
        await visit.has_result()
        await visit.shoot("result-phone-ru")
        await visit.page.emulate_media(color_scheme="dark")
        await visit.shoot("result-phone-ru-dark")


async def main() -> None:
    """Take all screenshots."""
    path = browser_path()
    if path is None:
        sys.exit("There is no chromium on this machine.")
    FOLDER.mkdir(exist_ok=True)
    async with open_chat() as opened, async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=FLAGS)
        for scene in (private, group, owner, phone):
            await scene(browser, opened)
        await browser.close()


if __name__ == "__main__":
    asyncio.run(main())
