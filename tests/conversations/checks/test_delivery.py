"""Delivery: the result arrives once and whole, despite dead links, Telegram errors and blocks."""

from pathlib import Path

import pytest

from sandbox.http import faults
from tests.support.stories.lists import numbers
from tests.support.stories.steps import files_of, started
from tests.support.stories.story import Story


async def test_an_expired_link_is_renewed(story: Story) -> None:
    """Protects slow downloads: an expired link is renewed, and the file arrives."""
    story.world.ekyc.faults.add("result", faults.Expired(), times=2)
    await started(story)
    file = await story.anna.receives_file()
    assert file.data == story.world.ekyc.tasks[0].result_bytes


@pytest.mark.parametrize("fault", [faults.Truncated(), faults.Dropped(), faults.bad_gateway()])
async def test_half_a_file_is_never_delivered(story: Story, fault: faults.Fault) -> None:
    """Protects the file: after a broken download it is fetched again, whole."""
    story.world.ekyc.faults.add("result", fault, times=2)
    await started(story)
    file = await story.anna.receives_file()
    assert file.data == story.world.ekyc.tasks[0].result_bytes
    assert len(files_of(story)) == 1


async def test_no_key_travels_with_a_download(story: Story) -> None:
    """Protects the keys: the storage behind a result link gets none of them."""
    await started(story)
    await story.anna.receives_file()
    assert story.world.storage.fetches
    assert not any(fetch.leaked for fetch in story.world.storage.fetches)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:1/x.zip",
        "file:///etc/passwd",
        "https://localhost/x.zip",
        "https://2130706433/x.zip",
        "https://0x7f.1/x.zip",
        "https://169.254.169.254/x.zip",
        "https://[::1]/x.zip",
        "ftp://example.com/x.zip",
        "nonsense",
    ],
)
async def test_a_link_into_our_own_network_is_not_followed(story: Story, url: str) -> None:
    """Protects the operator's network from a compromised service."""
    bad = story.world.ekyc.faults.add("status", faults.ResultAt(url), times=None)
    card = await started(story)
    await story.anna.sees("The result file can't be fetched yet", in_message=card)
    await story.anna.sees("can't be fetched. I keep trying for a day")
    bad.off()
    file = await story.anna.receives_file()
    assert file.data == story.world.ekyc.tasks[0].result_bytes


async def test_a_lost_reply_leaves_one_file(story: Story) -> None:
    """Protects against duplicates: an edit whose reply was lost is repeated, not sent as new."""
    story.world.telegram.faults.add("editMessageMedia", faults.ReplyLost(), times=2)
    await started(story)
    await story.anna.receives_file()
    await story.anna.sees("Done")
    assert len(files_of(story)) == 1


async def test_a_refused_edit_falls_back_to_a_message(story: Story) -> None:
    """Protects delivery when Telegram won't turn a text into a file: the file is sent, once."""
    refuse = faults.Refuse("Bad Request: there is no media in the message to edit")
    story.world.telegram.faults.add("editMessageMedia", refuse, times=None)
    await started(story)
    file = await story.anna.receives_file()
    assert file.data == story.world.ekyc.tasks[0].result_bytes
    await story.anna.sees("Done")
    assert len(files_of(story)) == 1


async def test_a_fallback_with_a_lost_reply_is_not_sent_twice(story: Story) -> None:
    """Protects the fallback: when its outcome is unknown, only the person can ask for it again."""
    refuse = faults.Refuse("Bad Request: there is no media in the message to edit")
    story.world.telegram.faults.add("editMessageMedia", refuse, times=None)
    story.world.telegram.faults.add("sendDocument", faults.ReplyLost(), times=1)
    await started(story)
    await story.anna.receives_file()
    await story.anna.sees("Done")
    await story.passes(600)
    assert len(files_of(story)) == 1
    await story.anna.presses("Send the file again")
    again = await story.anna.receives_file()
    assert again.data == story.world.ekyc.tasks[0].result_bytes


async def test_a_person_who_blocks_and_comes_back_gets_the_result(story: Story) -> None:
    """Protects results for a blocked chat: no message meanwhile, delivery on return."""
    story.world.ekyc.pace.per_second = 1
    card = await started(story, 100)
    await story.anna.sees("of 100", in_message=card)
    story.anna.blocks_bot()
    await story.passes(1200)
    calls = len(story.world.telegram.calls)
    await story.passes(600)
    sent = [c for c in story.world.telegram.calls[calls:] if c.method.startswith(("send", "edit"))]
    assert not sent
    story.anna.unblocks_bot()
    file = await story.anna.receives_file()
    assert file.data == story.world.ekyc.tasks[0].result_bytes
    await story.anna.sees("Done", in_message=card)


async def test_a_deleted_card_comes_back_once(story: Story) -> None:
    """Protects a person who watches: a card they deleted is sent again, once."""
    story.world.ekyc.pace.per_second = 1
    card = await started(story, 100)
    await story.anna.sees("of 100", in_message=card)
    story.anna.deletes(card)
    await story.anna.receives_file()
    await story.anna.sees("Done")
    later = [m for m in story.anna.messages if m.by_bot and "· Telegram activity" in m.shown]
    assert len([m for m in later if not m.deleted]) == 2  # the card and the file


async def test_floods_delay_and_lose_nothing(story: Story) -> None:
    """Protects against Telegram's 429: it is waited out, in order, without duplicates."""
    story.world.telegram.faults.add("editMessageText", faults.Flood(30), times=2)
    story.world.telegram.faults.add("sendMessage", faults.Flood(20), times=2)
    story.world.telegram.faults.add("editMessageMedia", faults.Flood(60), times=1)
    await started(story)
    await story.anna.receives_file()
    await story.anna.sees("Done")
    assert len(files_of(story)) == 1


async def test_a_bad_gateway_in_front_of_telegram_is_waited_out(story: Story) -> None:
    """Protects against a 502 page, which is no JSON: the call is repeated."""
    story.world.telegram.faults.add("*", faults.bad_gateway(), times=6)
    await started(story)
    await story.anna.receives_file()
    assert len(files_of(story)) == 1


async def test_tasks_lists_and_opens_and_sends_again(story: Story) -> None:
    """Protects the overview: /tasks shows each check, opens its card, and sends a file again."""
    await story.says_hello()
    await story.anna.sends("/tasks")
    await story.anna.sees("Nothing here yet")
    await started(story)
    first = await story.anna.receives_file()
    story.world.ekyc.pace.per_second = 0.5
    await started(story, 90, "Band")
    await story.anna.sees("of 90")
    await story.anna.sends("/tasks")
    page = await story.anna.sees("Your checks")
    labels = [label for row in page.buttons for label in row]
    assert labels[1] == "✅ Nov 22 · numbers.txt · Telegram activity · 20"
    assert labels[0].startswith("⏳ Nov 22 · numbers.txt · Band · ")
    await story.anna.presses(labels[1])
    opened = await story.anna.sees("Done · 20 numbers checked")
    await story.anna.presses("Send the file again", on=opened)
    again = await story.anna.receives_file()
    assert (again.name, again.data) == (first.name, first.data)
    await story.anna.presses("⏳ Nov 22 · numbers.txt · Band", on=page)
    running = await story.anna.sees("of 90", after=page)
    last = await story.anna.receives_file()
    assert last.data == story.world.ekyc.tasks[1].result_bytes
    await story.anna.sees("Done · 90 numbers checked", in_message=running)


async def test_a_file_of_last_week_is_still_to_be_had(story: Story) -> None:
    """Protects old results: our copy is erased after a day, then Telegram's file is sent again."""
    card = await started(story)
    first = await story.anna.receives_file()
    await story.passes(7 * 24 * 3600)
    assert not list((story.home / "results").iterdir())
    await story.anna.presses("Send the file again", on=card)
    again = await story.anna.receives_file()
    assert again.data == first.data


async def test_the_same_list_again_is_warned_about(story: Story, tmp_path: Path) -> None:
    """Protects money where nothing is remembered: such a list shows a warning before Start."""
    file = tmp_path / "checkers.toml"
    file.write_text("[tg_active]\nremember_days = 0\n", "utf-8")
    story.settings |= {"checkers_file": file}
    await started(story)
    await story.anna.receives_file()
    await story.passes(60)
    await story.anna.uploads("again.txt", "\n".join(reversed(numbers(20))).encode())
    await story.anna.sees("again.txt: 20 numbers ready")
    await story.anna.presses("Telegram activity")
    await story.anna.sees("This same list had this check on Nov 22, 2026 already")
    await story.anna.presses("Back")
    await story.anna.presses("Band")
    page = await story.anna.sees("20 numbers go to the service")
    assert "already" not in page.shown
