"""Make the pictures in docs/screenshots: the chat page, from hand-in to result.

Run it from the project's folder, after a change of the page or of its words, and look at them:

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
    """One page of the chat, whose buttons are tapped by their places: their words differ."""

    def __init__(self, page: Page) -> None:
        self.page = page

    async def shoot(self, name: str) -> None:
        """Make a picture when everything has come to rest."""
        await self.page.mouse.move(2, 2)
        await self.page.wait_for_timeout(700)
        await self.page.screenshot(path=FOLDER / f"{name}.png")
        sys.stdout.write(f"{name}.png: {(FOLDER / f'{name}.png').stat().st_size:,} bytes\n")

    def key(self, number: int) -> Locator:
        """A button of the newest message that has any; they count from 0, the last is -1."""
        keys = self.page.locator("#messages li:has(.key)").last.locator(".key")
        return keys.last if number < 0 else keys.nth(number)

    async def says(self, text: str) -> None:
        """Write something, and send it."""
        await self.page.locator("#field").fill(text)
        await self.page.locator("#field").press("Enter")

    async def hands_in(self, name: str, data: bytes, text: str = "") -> None:
        """Send a file."""
        await self.page.locator("#field").fill(text)
        file = {"name": name, "mimeType": "application/octet-stream", "buffer": data}
        await self.page.locator("#pick").set_input_files(file)  # type: ignore[arg-type]
        await self.page.get_by_role("button", name="Send", exact=True).click()

    async def shown(self, selector: str) -> None:
        """Wait for something among the messages."""
        await self.page.locator(f"#messages {selector}").last.wait_for()

    async def starts(self) -> None:
        """Open the private chat for the first time."""
        await self.page.get_by_role("button", name="Start", exact=True).click()
        await self.shown(".theirs .words")

    async def agrees(self) -> None:
        """Start the check that was chosen, and confirm what is asked once."""
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
        """Wait until the file and its picture have come."""
        await self.shown(".photo img")
        await self.shown("a.file")


def workbook() -> bytes:
    """A list as people have it: names, numbers and towns."""
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
    """A new window at the page, as somebody."""
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
    """The main job of a phone user, and a lookup that has to wait."""
    async with visiting(browser, opened, WIDE, "anna") as visit:
        await visit.starts()
        await visit.page.get_by_text("Slow", exact=True).click()
        await visit.hands_in("customers-may.xlsx", workbook())
        await visit.shown(".key:nth-of-type(2)")
        await visit.key(0).click()
        await visit.shown(".key.success")
        await visit.shoot("check-wide-en")
        await visit.agrees()
        await visit.page.locator("#messages .bubble", has_text=HALFWAY).last.wait_for()
        await visit.shoot("progress-wide-en")
        await visit.page.get_by_text("Fast", exact=True).click()
        await visit.has_result()
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
    """A group, seen by a member whose card it isn't."""
    async with visiting(browser, opened, WIDE, "bob") as visit:
        await visit.page.locator("#chats .chat").nth(1).click()
        await visit.says("Morning! Here is the list for the spring mailing")
        await visit.hands_in("spring.xlsx", workbook(), "@numberdesk_bot please")
        await visit.shown(".key")
        await visit.key(2).click()
        await visit.shown(".key.success")
        await visit.page.locator("#who").select_option("dan")
        await visit.page.locator("#messages .key.success").last.click()
        await visit.page.locator(".toast").wait_for()
        await visit.shoot("group-wide-en")


async def owner(browser: Browser, opened: Opened) -> None:
    """What an owner sees of all this."""
    async with visiting(browser, opened, WIDE, "olga") as visit:
        await visit.starts()
        await visit.says("/stats")
        await visit.page.locator("#messages .theirs").nth(1).wait_for()
        await visit.shoot("stats-wide-en")


async def phone(browser: Browser, opened: Opened) -> None:
    """The main job on a phone, in Russian."""
    async with visiting(browser, opened, PHONE, "carol") as visit:
        await visit.page.get_by_role("button", name="Back to the chats").click()
        await visit.page.locator("#language").select_option("ru")
        await visit.shoot("chats-phone-ru")
        await visit.page.locator("#chats .chat").first.click()
        await visit.starts()
        await visit.hands_in("клиенты-май.xlsx", workbook())
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
    """Make all of them."""
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
