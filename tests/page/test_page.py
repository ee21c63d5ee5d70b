"""The chat page in a real browser: the main job, and what goes wrong before a person's eyes."""

import asyncio

import pytest
from playwright.async_api import expect

from tests.support.browser.visiting import PHONE, Visit
from tests.support.stories.lists import numbers

pytestmark = pytest.mark.asyncio(loop_scope="module")  # the browser's

LIST = "\n".join(numbers(400))


async def started(visit: Visit) -> None:
    """Send a list, choose a check, agree and start."""
    await visit.starts()
    await visit.drops("customers.txt", LIST)
    await visit.sees("400 numbers ready")
    await visit.taps("Telegram activity")
    await visit.taps("Start")
    await visit.taps("I confirm")


async def test_from_drop_to_the_downloaded_file(visit: Visit) -> None:
    """Protects the main job, as a person does it who tries the bot for the first time."""
    await started(visit)
    await visit.sees("Done")
    await visit.page.locator("#messages img").last.wait_for()
    await visit.page.locator("#messages a.file", has_text=" with answers").wait_for()
    await visit.taps("Raw file")
    async with visit.page.expect_download() as download:
        await visit.page.locator("#messages a.file", has_text=".zip").last.click()
    saved = await (await download.value).path()
    received = await asyncio.to_thread(saved.read_bytes)
    assert received == visit.world.ekyc.tasks[0].result_bytes
    assert await visit.faults() == []


async def test_a_tap_on_another_persons_card(visit: Visit) -> None:
    """Protects groups: a card's buttons obey its person, and a stranger is told so."""
    await visit.goes_to("Field team")
    await visit.button("Attach").click()
    await visit.page.get_by_role("button", name="Name the bot").click()
    await visit.drops("team.txt", LIST)
    await visit.sees("400 numbers ready")
    await visit.becomes("dan")
    await visit.taps("Telegram activity")
    await expect(visit.page.locator("#toasts")).to_contain_text("somebody else")
    await expect(visit.page.locator(".sender", has_text="Anna")).to_be_visible()
    assert await visit.faults() == []


async def test_a_stranger_comes_with_the_owners_link(visit: Visit) -> None:
    """Protects links to the bot itself: they open its chat, and nothing outside."""
    await visit.becomes("olga")
    await visit.starts()
    await visit.says("/invite")
    link = visit.page.locator("#messages a", has_text="https://t.me/").last
    address = await link.inner_text()
    await visit.becomes("dan")
    await visit.button("Start").click()
    await visit.sees("invited people only")
    await visit.says(address)
    await link.click()
    await visit.sees("I check lists")
    assert len(visit.page.context.pages) == 1


async def test_the_lookup_limit_and_two_hours_later(visit: Visit) -> None:
    """Protects the promise of a paused lookup: it is answered by itself after the pause."""
    await visit.starts()
    await visit.page.get_by_label("Lookup limit (469)").check()
    visit.world.green.known["79876543210"] = "4242"
    await visit.says("+79876543210")
    await visit.taps("I confirm")
    await expect(visit.page.locator("#accounts")).to_contain_text("0 of 1 answered")
    await visit.button("Two hours later").click()
    await visit.button("10 minutes later").click()
    await visit.sees("4242")


async def test_killed_in_the_middle_of_a_check(visit: Visit) -> None:
    """Protects the promise after kill -9: the check goes on, arrives once, and is charged once."""
    await visit.page.get_by_text("Slow", exact=True).click()
    await started(visit)
    await visit.sees("of 400")
    await visit.button("Kill").click()
    await expect(visit.page.locator("#botstate")).to_have_text("Not running")
    await visit.page.get_by_text("Fast", exact=True).click()
    await expect(visit.page.locator("#botstate")).to_have_text("Running")
    await visit.sees("Done")
    assert len(visit.world.ekyc.posts) == 1
    await expect(visit.page.locator("#verdict")).to_have_text("No list was charged twice.")
    assert await visit.page.locator("#messages a.file", has_text=" with answers").count() == 1


async def test_views_of_a_phone_and_the_keyboard(visit: Visit) -> None:
    """Protects small windows and people without a mouse: each view can be opened and left."""
    page = visit.page
    await expect(page.locator("#sidebar")).to_be_visible()
    await expect(page.locator("#panel")).to_be_visible()
    await page.set_viewport_size(PHONE)
    await visit.starts()
    await expect(page.locator("#sidebar")).to_be_hidden()
    await expect(page.locator("#panel")).to_be_hidden()
    await page.get_by_label("Message", exact=True).press_sequentially("/he")
    await page.keyboard.press("ArrowUp")
    await page.keyboard.press("Enter")
    await visit.sees("How it works")
    await expect(page.get_by_label("Message", exact=True)).to_be_focused()
    assert await visit.faults() == []
    await visit.button("Back to the chats").press("Enter")
    await expect(page.locator("#sidebar")).to_be_visible()
    assert await visit.faults() == []
    await visit.button("Services and faults").press("Enter")
    await expect(page.get_by_label("Lookup limit (469)")).to_be_visible()
    assert await visit.faults() == []
    width = await page.evaluate("() => document.documentElement.scrollWidth")
    assert width <= PHONE["width"], "nothing sticks out"
