"""Real lists: spreadsheets, phone books, archives, contacts, national numbers."""

import polars as pl
import pytest

from sheets.lists import intake
from tests.support.confinement import NearPool
from tests.support.painting import PNG
from tests.support.stories.lists import numbers
from tests.support.stories.sheets_of import archive, workbook
from tests.support.stories.story import Story

NATIONAL = [f"07400 {index * 7:06}" for index in range(4)]
FROM_HOME = ["Phone", *NATIONAL]


def uploaded(story: Story, task: int = 0) -> list[str]:
    """Return the numbers that the service got."""
    return story.world.ekyc.tasks[task].numbers


async def checks(story: Story, count: int) -> list[str]:
    """Check the newest list; return what went to the service."""
    await story.anna.sees(f"{count} numbers ready")
    await story.anna.presses("Band")
    await story.anna.presses("Start")
    await story.anna.receives_file()
    return uploaded(story, -1)


async def test_a_spreadsheet_with_several_sheets(story: Story) -> None:
    """Protects CRM exports: every sheet is read, and the column of numbers is found."""
    anna = await story.says_hello()
    first, second = numbers(6)[:3], numbers(6)[3:]
    may = [["Name", "Phone", "Age"], *([f"N{i}", each, 30 + i] for i, each in enumerate(first))]
    june = [["Phone"], *([float(each[1:])] for each in second)]
    await anna.uploads("crm.bin", workbook(may, june))
    assert await checks(story, 6) == numbers(6)


async def test_two_columns_are_asked_about(story: Story) -> None:
    """Protects money: the person chooses which of two columns is checked."""
    anna = await story.says_hello()
    rows = list(zip(numbers(3), numbers(3, 100), strict=True))
    await anna.uploads("two.xlsx", workbook([["Anna's", "Bob's"], *rows]))
    card = await anna.sees("Several columns of two.xlsx hold numbers")
    assert card.buttons == [
        [f"Anna's: {rows[0][0]}"],
        [f"Bob's: {rows[0][1]}"],
        ["All of them"],
        ["Discard"],
    ]
    await story.restarts()
    await anna.presses("Bob's")
    await anna.sees("two.xlsx: 3 numbers ready", in_message=card)
    assert await checks(story, 3) == numbers(3, 100)


async def test_all_columns_may_be_meant(story: Story) -> None:
    """Protects people with two phones: all columns can be chosen."""
    anna = await story.says_hello()
    rows = "".join(f"{a};{b}\n" for a, b in zip(numbers(3), numbers(3, 100), strict=True))
    await anna.uploads("two.csv", f"One;Two\n{rows}".encode())
    await anna.presses("All of them")
    assert sorted(await checks(story, 6)) == sorted(numbers(3) + numbers(3, 100))


async def test_the_country_of_a_list_becomes_the_chats_only_when_told(story: Story) -> None:
    """Protects the next list from the country of this one, until the person says *Always*."""
    anna = await story.says_hello()
    await anna.uploads("home.txt", "\n".join(FROM_HOME).encode())
    card = await anna.sees("4 lines are numbers without their country code")
    assert any("🇬🇧 United Kingdom +44" in row for row in card.buttons)
    await anna.presses("United Kingdom")
    await anna.sees("home.txt: 4 numbers ready", in_message=card)
    assert "read as 🇬🇧 United Kingdom" in card.shown
    await story.passes(5)
    more = "\n".join(f"07400 {index * 7:06}" for index in range(10, 16))
    await anna.sends(more)
    await anna.sees("6 lines are numbers without their country code")
    await anna.presses("Always 🇬🇧 United Kingdom here", on=card)
    await story.passes(5)
    assert "Always" not in str(card.buttons)
    await anna.sends(more)
    assert await checks(story, 6) == numbers(6, 10)


async def test_a_country_is_searched_by_its_name(story: Story) -> None:
    """Protects people whose country isn't among the first six, and their typing errors."""
    anna = await story.says_hello()
    await anna.sends("(11) 96123-4567\n(11) 96123-4570\n(11) 96123-4573")
    card = await anna.sees("Which country are they from?")
    await anna.sends("Brasilistan")
    await anna.sees("I know no country called “Brasilistan”", in_message=card)
    await anna.sends("braz")
    await anna.presses("🇧🇷 Brazil +55")
    await anna.sees("3 numbers ready", in_message=card)
    await anna.sends("Brazil")
    await anna.sees("I didn't find phone numbers", after=card)


async def test_some_national_numbers_don_t_hold_up_the_rest(story: Story) -> None:
    """Protects a list that is nearly complete: it is ready, and a button offers the country."""
    anna = await story.says_hello()
    await anna.sends("\n".join([*numbers(5, 50), *NATIONAL]))
    card = await anna.sees("5 numbers ready · 4 not numbers")
    await anna.presses("Tell me the country of 4 numbers")
    await anna.presses("Back")
    await anna.presses("Tell me the country of 4 numbers")
    await anna.presses("United Kingdom")
    await anna.sees("9 numbers ready", in_message=card, gone="not numbers")
    assert await checks(story, 9) == numbers(5, 50) + numbers(4)


async def test_the_country_of_a_chat_can_be_changed(story: Story) -> None:
    """Protects people who move: /country shows the chat's country, and changes it."""
    anna = await story.says_hello()
    await anna.sends("/country")
    await anna.sees("I don't know which country")
    await anna.sends("/country +49")
    await anna.presses("🇩🇪 Germany +49")
    await anna.sees("those of 🇩🇪 Germany (+49)")
    await anna.sends("0151 12345678\n0151 12345681")
    assert await checks(story, 2) == ["+4915112345678", "+4915112345681"]
    await anna.sends("/country")
    await anna.sees("those of 🇩🇪 Germany (+49)")


VCARD = """BEGIN:VCARD
VERSION:3.0
FN:Ann
item1.TEL;type=CELL:{0}
TEL;TYPE=HOME:{1}
END:VCARD
BEGIN:VCARD
VERSION:4.0
FN:Bob
TEL;VALUE=uri:tel:{2}
END:VCARD
"""


async def test_a_phone_book_and_an_archive(story: Story) -> None:
    """Protects people on phones: contacts as a file, and several files in an archive."""
    anna = await story.says_hello()
    book = VCARD.format(*numbers(3)).encode()
    more = workbook([["Mobile"], *([each] for each in numbers(3, 3))])
    await anna.uploads("book.zip", archive({"me.vcf": book, "photo.png": PNG, "b.xlsx": more}))
    assert await checks(story, 6) == numbers(6)


async def test_contacts_shared_together_are_a_list(story: Story) -> None:
    """Protects from a lookup for each of them: contacts sent together are one list."""
    anna = await story.says_hello()
    more = f"BEGIN:VCARD\nTEL;HOME:{numbers(5)[4]}\nTEL:{numbers(1)[0]}\nEND:VCARD"
    for place, number in enumerate(numbers(4)):
        await anna.shares_contact(number[1:], f"Friend {place}", None if place else more)
    await anna.sees("5 numbers ready")
    assert not story.world.green.asked


async def test_captions_count(story: Story) -> None:
    """Protects numbers in the caption of a file or a picture."""
    anna = await story.says_hello()
    await anna.uploads("two.txt", "\n".join(numbers(2)).encode(), caption=numbers(3)[2])
    await anna.sees("two.txt: 3 numbers ready")
    await story.passes(5)
    await anna.shows_picture(PNG, "\n".join(numbers(4, 10)))
    await anna.sees("Pasted list: 4 numbers ready")
    await story.passes(5)
    await anna.shows_picture(PNG, "me in 2026")
    await anna.sees("picture", after=anna.messages[-1])


async def test_what_was_left_out_names_the_place(story: Story) -> None:
    """Protects a person who corrects several files: each line has its place and the reason."""
    anna = await story.says_hello()
    book = workbook([["Name", "Phone"], ["Ann", numbers(1)[0]], ["Bob", "4.41E+11"]])
    await anna.uploads_together(
        [("crm.xlsx", book), ("b.txt", b"+44740000\n" + numbers(2)[1].encode())]
    )
    await anna.sees("crm.xlsx and 1 more: 2 numbers ready · 2 not numbers")
    await anna.presses("Show what was left out")
    file = await anna.receives_file()
    assert file.data.decode("utf-8-sig").splitlines() == [
        "File,Line,Text,Why",
        "crm.xlsx,3,4.41E+11,digits lost by a spreadsheet",
        "b.txt,1,'+44740000,too short",
    ]
    assert "3: 4.41E+11 — digits lost by a spreadsheet" in file.caption


LIST = b"+447400000000"
LOCKED = b"\xd0\xcf\x11\xe0" + bytes(600) + "EncryptedPackage".encode("utf-16-le")
REFUSED = "I don't open such files"
HOSTILE = {
    "password": (LOCKED, "asks for a password"),
    "outside": (archive({"../../x.csv": LIST}), REFUSED),
    "bomb": (archive({"a.csv": bytes(60_000_000)}), REFUSED),
    "nested": (archive({"in.zip": archive({"a.csv": LIST})}), REFUSED),
    "wide": (workbook([["a"], [*[""] * 3000, numbers(1)[0]]]), "far larger than a list"),
}


@pytest.mark.parametrize("case", HOSTILE)
async def test_hostile_files_are_answered(story: Story, case: str) -> None:
    """Protects the machine, and tells the person what is wrong with their file."""
    data, says = HOSTILE[case]
    anna = await story.says_hello()
    await anna.uploads("list.xlsx", data)
    await anna.sees(says)
    assert not story.world.ekyc.posts


async def test_a_quote_counts_what_is_posted(story: Story) -> None:
    """Protects money: a quote from before the country was chosen is counted again."""
    anna = await story.says_hello()
    await anna.sends("\n".join([*numbers(5, 50), *NATIONAL]))
    card = await anna.sees("5 numbers ready · 4 not numbers")
    await anna.presses("Band")
    await anna.sees("5 numbers go to the service", in_message=card)
    old = await start_button(story)
    await anna.presses("Back")
    await anna.presses("Tell me the country of 4 numbers")
    await anna.presses("United Kingdom")
    await anna.sees("9 numbers ready", in_message=card)
    assert "out of date" in (await anna.forges(old, on=card)).text
    assert not story.world.ekyc.posts
    await anna.presses("Band")
    await anna.sees("9 numbers go to the service", in_message=card)
    await anna.presses("Start")
    assert "9 numbers checked" in (await anna.receives_file()).caption
    assert uploaded(story) == numbers(5, 50) + numbers(4)


async def start_button(story: Story) -> str:
    """Return the callback data of the newest Start button."""
    buttons = [b for m in story.anna.messages for row in m.content.keyboard for b in row]
    return str(next(b for b in reversed(buttons) if b["text"] == "Start")["callback_data"])


async def test_a_column_that_was_not_offered_is_none(story: Story) -> None:
    """Protects a list from forged data: it still waits for an answer."""
    anna = await story.says_hello()
    rows = list(zip(numbers(3), numbers(3, 100), strict=True))
    await anna.uploads("two.xlsx", workbook([["One", "Two"], *rows]))
    card = await anna.sees("Several columns of two.xlsx hold numbers")
    buttons = [button for row in card.content.keyboard for button in row]
    data = str(buttons[0]["callback_data"]).rpartition(":")[0] + ":77"
    assert "out of date" in (await anna.forges(data, on=card)).text
    await anna.presses("Two")
    await anna.sees("two.xlsx: 3 numbers ready", in_message=card)


async def test_a_reader_that_breaks_is_no_endless_loop(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Protects the bot from a list that breaks the reader: it is given up after a few tries."""
    tries = []

    def breaks(*_: object, **__: object) -> None:
        tries.append(1)
        raise pl.exceptions.PanicException("index out of bounds")

    story.pool = NearPool()
    anna = await story.says_hello()
    monkeypatch.setattr(intake, "read", breaks)
    await anna.uploads("list.txt", "\n".join(numbers(3)).encode())
    await anna.sees("list.txt")
    await story.passes(600)
    assert len(tries) == 5
    await anna.sees("I stumbled over this list")
