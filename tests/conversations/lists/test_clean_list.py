"""*Clean list*: what a person gets for free, before any check, and the lists made of it."""

import asyncio
from typing import Any

import pytest

import bot.app
from runtime.confined.exchange import TooMuchError
from sandbox.http import faults
from sheets.glass.glass import Glass
from sheets.output import clean_list
from tests.support.confinement import NearPool
from tests.support.stories.crowd import DAY, data_of, let_in
from tests.support.stories.lists import numbers
from tests.support.stories.sheets_of import cells_of, rows_of, workbook
from tests.support.stories.steps import files_of
from tests.support.stories.story import Story
from tests.support.stories.teams import submitted

HEAD = ["E.164", "Country", "ISO", "Type", "As given", "Row", "Remark"]
MOBILE, LANDLINE, AMERICAN = "+447400123456", "+442079460018", "+12125550123"
MIXED = f"Ann {MOBILE}\nBob {LANDLINE}, {AMERICAN}\nno number\n{MOBILE}"
BRITISH = ["United Kingdom", "GB"]


async def test_a_paste_comes_back_clean(story: Story) -> None:
    """Protects a newcomer's first success: everything they pasted is accounted for, for nothing."""
    anna = await story.says_hello()
    sent = await anna.sends(MIXED)
    await anna.sees("3 numbers ready · 1 duplicate · 1 not a number")
    answer = await anna.presses("Clean list (free)")
    assert "on its way" in answer.text
    file = await anna.receives_file()
    assert file.name == "Pasted list clean.xlsx"
    assert cells_of(file.data) == [
        HEAD,
        [MOBILE, *BRITISH, "mobile", f"Ann {MOBILE}", "1", None],
        [LANDLINE, *BRITISH, "fixed line", f"Bob {LANDLINE}", "2", None],
        [AMERICAN, "United States", "US", "mobile or fixed", AMERICAN, "2", None],
        [None, None, None, None, "no number", "3", "not a phone number"],
        [MOBILE, *BRITISH, "mobile", MOBILE, "4", "duplicate"],
    ]
    assert file.caption.splitlines()[:2] == [
        "✨ Pasted list, clean: 3 numbers",
        "mobile: 1 · fixed line: 1 · mobile or fixed: 1 · 1 duplicate · 1 left out",
    ]
    assert file.message.reply_to is sent
    assert not story.world.ekyc.posts
    assert not story.world.checknumber.posts


async def test_a_csv_stays_a_csv_of_its_kind(story: Story) -> None:
    """Protects programs that read the file: separator and encoding stay, and no formula runs."""
    anna = await story.says_hello()
    text = f"Имя;Телефон\r\nЖора;{MOBILE}\r\nЗоя;=cmd|calc\r\nАня;{LANDLINE}\r\n"
    await anna.uploads("база.csv", text.encode("cp1251"))
    await anna.sees("2 numbers ready · 1 not a number")
    await anna.presses("Clean list")
    file = await anna.receives_file()
    assert file.name == "база clean.csv"
    assert rows_of(file.data.decode("cp1251"), ";") == [
        HEAD,
        [MOBILE, *BRITISH, "mobile", MOBILE, "2", ""],
        ["", "", "", "", "'=cmd|calc", "3", "not a phone number"],
        [LANDLINE, *BRITISH, "fixed line", LANDLINE, "4", ""],
    ]


async def test_a_workbook_stays_one_sheet_by_sheet(story: Story) -> None:
    """Protects E.164 in a spreadsheet: a text, on the sheet that it came from."""
    anna = await story.says_hello()
    may, june = [["Phone"], [MOBILE]], [["Tel"], [LANDLINE[1:]]]
    await anna.uploads("crm.xlsx", workbook(may, june))
    await anna.sees("2 numbers ready")
    await anna.presses("Clean list")
    file = await anna.receives_file()
    assert file.name == "crm clean.xlsx"
    assert cells_of(file.data, 0) == [HEAD, [MOBILE, *BRITISH, "mobile", MOBILE, "2", None]]
    (_, row) = cells_of(file.data, 1)
    assert row == [LANDLINE, *BRITISH, "fixed line", LANDLINE[1:], "2", None]


async def test_a_phone_book_becomes_a_workbook(story: Story) -> None:
    """Protects people who send contacts from their phone, where a csv opens badly."""
    anna = await story.says_hello()
    card = f"BEGIN:VCARD\nFN:Ann\nTEL;TYPE=CELL:{MOBILE[:3]} 7400-123456\nEND:VCARD\n"
    await anna.uploads("contacts.vcf", (card * 2).encode())
    await anna.sees("1 number ready · 1 duplicate")
    await anna.presses("Clean list")
    file = await anna.receives_file()
    assert file.name == "contacts clean.xlsx"
    rows = cells_of(file.data)
    assert [row[0] for row in rows] == ["E.164", MOBILE, MOBILE]
    assert [row[6] for row in rows] == ["Remark", None, "duplicate"]
    assert rows[1][4] == "+44 7400-123456"


@pytest.mark.parametrize(
    ("button", "kept"),
    [("Only mobiles", [MOBILE, AMERICAN]), ("Without landlines", [MOBILE, AMERICAN, "+448001111"])],
)
async def test_some_of_its_numbers_are_checked(story: Story, button: str, kept: list[str]) -> None:
    """Protects money: only what was chosen goes to the service, up to the result."""
    anna = await story.says_hello()
    await anna.sends(f"{MOBILE}\n{LANDLINE}\n{AMERICAN}\n+448001111")
    await anna.sees("4 numbers ready")
    await anna.presses("Clean list")
    file = await anna.receives_file()
    await story.restarts()
    await anna.presses(f"{button} · {len(kept)}", on=file.message)
    card = await anna.sees(f"Pasted list · {button}: {len(kept)} numbers ready")
    if button == "Only mobiles":
        await anna.sees("One of these numbers may also be a fixed line")
    await anna.presses("Active number", on=card)
    await anna.presses("Start", on=card)
    await anna.receives_file()
    await anna.sees("Done", in_message=card)
    assert story.world.checknumber.tasks[0].numbers == kept


async def test_no_button_makes_the_same_list_again(story: Story) -> None:
    """Protects the screen: what would change nothing, or leave nothing, is not offered."""
    anna = await story.says_hello()
    for text, offered in (
        ("\n".join(numbers(3)), []),
        (LANDLINE, []),
        (f"{MOBILE}\n{LANDLINE}", ["Only mobiles · 1"]),
        (f"{LANDLINE}\n+448001111", ["Without landlines · 1"]),
    ):
        await anna.uploads("some.txt", text.encode())
        card = await anna.sees("ready", after=anna.messages[-1])
        await anna.presses("Clean list", on=card)
        file = await anna.receives_file()
        assert [label for row in file.message.buttons for label in row] == offered
        assert ("only some of the numbers here" in file.caption) == bool(offered)


async def test_two_taps_give_one_file(story: Story) -> None:
    """Protects from a second file and a second list where a tap seemed to do nothing."""
    anna = await story.says_hello()
    await anna.sends(f"{MOBILE}\n{LANDLINE}")
    card = await anna.sees("2 numbers ready")
    await anna.presses("Clean list", on=card)
    assert (await anna.presses("Clean list", on=card)).text == "That came a moment ago."
    file = await anna.receives_file()
    await anna.presses("Only mobiles", on=file.message)
    again = await anna.presses("Only mobiles", on=file.message)
    assert again.text == "That came a moment ago."
    await story.passes(60)
    assert len(files_of(story)) == 1
    assert sum("Only mobiles: 1 number" in each.shown for each in anna.messages) == 1
    await anna.presses("Clean list", on=card)  # later it is meant
    await anna.receives_file()


async def test_a_discarded_list_gives_nothing(story: Story) -> None:
    """Protects privacy: what was erased comes back by no button."""
    anna = await story.says_hello()
    await anna.sends(f"{MOBILE}\n{LANDLINE}")
    card = await anna.sees("2 numbers ready")
    await anna.presses("Clean list", on=card)
    file = await anna.receives_file()
    data = data_of(card, "Clean list")
    await anna.presses("Discard", on=card)
    await anna.sees("Discarded", in_message=card)
    for answer in (
        await anna.presses("Only mobiles", on=file.message),
        await anna.forges(data, on=card),
    ):
        assert "out of date" in answer.text
    assert len(files_of(story)) == 1


async def test_a_list_that_is_unreadable_now_gives_nothing(story: Story) -> None:
    """Protects from a file that says something else than the card does."""
    anna = await story.says_hello()
    await anna.uploads("list.txt", f"{MOBILE}\n020 7946 0018".encode())
    card = await anna.sees("1 number ready")
    data = data_of(card, "Clean list")
    gone = faults.Refuse("Bad Request: wrong file_id or the file is temporarily unavailable")
    story.world.telegram.faults.add("getFile", gone, times=None)
    await anna.presses("Tell me its country", on=card)
    await anna.presses("United Kingdom", on=card)
    await anna.sees("Telegram didn't give me the file", in_message=card)
    assert "out of date" in (await anna.forges(data, on=card)).text
    assert not files_of(story)


async def test_a_stop_in_the_middle_loses_nothing(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Protects an upgrade: the file that was being made is made after it."""
    write_clean = Glass.write_clean
    monkeypatch.setattr(bot.app, "DRAIN_SECONDS", 0.1)
    begun = []

    async def lingers(*_: Any, of: int, **__: Any) -> None:
        begun.append(of)
        await asyncio.Event().wait()  # for ever: a stop moves time, too

    anna = await story.says_hello()
    await anna.sends(MIXED)
    card = await anna.sees("3 numbers ready")
    monkeypatch.setattr(Glass, "write_clean", lingers)
    await anna.presses("Clean list", on=card)
    await story.world.until(lambda: begun or None, "it is being made")
    await story.stops()
    monkeypatch.setattr(Glass, "write_clean", write_clean)
    await story.starts()
    assert (await anna.receives_file()).name == "Pasted list clean.xlsx"
    assert len(files_of(story)) == 1


async def test_in_a_group_it_obeys_whose_list_it_is(story: Story) -> None:
    """Protects a group: the file comes as a reply in its topic, and others can't ask for it."""
    await story.starts()
    bob = await let_in(story, "Bob")
    carol, dora = story.world.person("Carol"), story.world.person("Dora")
    group = story.world.group("Team", carol, [story.anna, bob, dora], forum=True)
    topic = group.opens_topic("Lists")
    there = bob.within(group, topic)
    card = await submitted(story, there)
    answer = await dora.within(group).presses("Clean list", on=card)
    assert answer.text == "This card belongs to somebody else."
    await there.presses("Clean list", on=card)
    file = await there.receives_file()
    assert file.message.thread_id == topic
    assert file.message.reply_to is card.reply_to


async def test_a_file_that_telegram_lost_is_told_as_such(story: Story) -> None:
    """Protects people from tapping again and again: only they can send the file once more."""
    anna = await story.says_hello()
    await anna.uploads("list.txt", MIXED.encode())
    await anna.sees("3 numbers ready")
    gone = faults.Refuse("Bad Request: wrong file_id or the file is temporarily unavailable")
    story.world.telegram.faults.add("getFile", gone, times=None)
    await anna.presses("Clean list")
    await anna.sees("Telegram doesn't give me your file any more")


async def test_a_bad_connection_is_told_as_such(story: Story) -> None:
    """Protects people from a tap without an answer: it can be tapped again, and works then."""
    anna = await story.says_hello()
    await anna.uploads("list.txt", MIXED.encode())
    await anna.sees("3 numbers ready")
    refused = faults.Refuse("Bad Request: file must be non-empty")
    story.world.telegram.faults.add("sendDocument", refused, times=1)
    await anna.presses("Clean list")
    await anna.sees("Please tap again in a moment")
    await anna.presses("Clean list")
    await anna.receives_file()


async def test_too_much_and_a_fault_of_ours_are_told(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Protects people from waiting: what can't be made is said, and the list is still there."""
    story.pool = NearPool()
    anna = await story.says_hello()
    await anna.sends(MIXED)
    card = await anna.sees("3 numbers ready")
    with monkeypatch.context() as broken:
        broken.setattr(clean_list, "tables", {}.__getitem__)
        await anna.presses("Clean list", on=card)
        await anna.sees("that is a fault of mine, and the log has it. Your list is as it was")

    async def refuses(*_: Any, **__: Any) -> None:
        raise TooMuchError("memory")

    with monkeypatch.context() as much:
        much.setattr(Glass, "write_clean", refuses)
        await anna.presses("Clean list", on=card)
        await anna.sees("This takes more than I allow one list")
    await anna.presses("Clean list", on=card)
    await anna.receives_file()


async def test_a_paste_that_is_erased_gives_its_numbers(story: Story) -> None:
    """Protects a list that was checked late: its text goes after a week, its numbers later."""
    anna = await story.says_hello()
    await anna.sends(f"Ann {MOBILE}\nBob {LANDLINE}")
    card = await anna.sees("2 numbers ready")
    data = data_of(card, "Clean list")
    await story.passes(6.9 * DAY)
    await anna.presses("Active number", on=card)
    await anna.presses("Start", on=card)
    await anna.receives_file()
    await story.passes(0.3 * DAY)
    await anna.forges(data, on=card)
    rows = cells_of((await anna.receives_file()).data)
    assert [row[4] for row in rows] == ["As given", MOBILE, LANDLINE]
