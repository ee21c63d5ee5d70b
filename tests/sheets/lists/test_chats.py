import json

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheets.lists.intake import Part, read, trace
from sheets.lists.rows.chats import is_chat, without_stamps

ONE, TWO, THREE = "+4915123580489", "+4915123844868", "+4915123457583"
STAMPS = [
    *("17/05/2024, 12:00 - ", "17.05.24, 12:00 - ", "5/17/24, 12:00 PM - ", "2024-05-17 12:00 - "),
    *("5/17/24, 12:00\u202fPM - ", "17/5/24 12:00 p. m. - ", "17/5/24, 12:00 p.\u00a0m. - "),
    "\u200f١٧\u200f/٥\u200f/٢٠٢٤، ١٢:٠٠ م - ",
    *("2024/5/17 下午12:00 - ", "2024/05/17 12:00 - ", "2024년 5월 17일 오후 12:00 - "),
    *("[17.05.24, 12:00:00] ", "\u200e[5/17/24, 12:00:00\u202fPM] ", "[17/05/2024 12:00:00] "),
    *("[2024. 5. 17. 오후 12:00:00] ", "17.5.2024 klo 12.00 - ", "17.05.2024 kl. 12.00 - "),
    *("17.05.2024 12.00 - ", "[2024/5/17 下午12:00:00] ", "17/05/2024, 12:00 μ.μ. - "),
    "17.05.2024 г., 12:00 - ",
]


@pytest.mark.parametrize(("place", "stamp"), list(enumerate(STAMPS)))
def test_whatsapp_in_many_languages(place: int, stamp: str) -> None:
    """Protects from numbers made of a date and a time; senders and messages are read.

    People who hand in a chat mean its members, whom a phone shows as numbers, and the numbers
    that were written in it.
    """
    text = f"{stamp}+49 151 23580489: Hello, you\n{stamp}Anna: mine is {TWO}, not 24.12.\nand on\n"
    text += f"{stamp}+49 151 23457583 left\n"
    region = ("DE", "US", None)[place % 3]
    part = Part("chat.txt", text, "text" if place % 2 else "document")
    (traced,) = trace([part], region)
    assert traced.numbers["row"].to_list() == [0, 1, 3]
    assert [f"+{number}" for number in traced.numbers["number"]] == [ONE, TWO, THREE]


def test_a_list_with_dates_is_no_chat() -> None:
    """Protects tables whose first column is a time, and lists in which one line looks like that."""
    for text in (
        f"2024-05-17 12:00;{ONE}\n2024-05-18 12:00;{TWO}\n",
        f"17.05.2024 12:00 - {ONE}\n" + f"{TWO}\n" * 9,
        f"{ONE}\n{TWO}\n17.05.24, 12:00 - a\n17.05.24, 12:00 - b\n",
    ):
        assert not is_chat(pl.Series(text.split("\n")))
        assert read([Part("a", text.encode())], "DE").numbers.to_list() == [ONE, TWO]


@settings(max_examples=100, deadline=None)
@given(st.text("0123456789/.-:, []AMр年\u200e\u202f+", max_size=60), st.integers(1, 3000))
def test_a_stamp_is_found_in_time_and_takes_no_number(line: str, times: int) -> None:
    """Protects whole numbers: what is taken away ends before what a sender is called."""
    (left,) = without_stamps(pl.Series([line * times + ONE]))
    assert str(left).endswith(ONE)


def telegram(*messages: object) -> dict[str, object]:
    """Return a chat as Telegram exports it."""
    return {"name": "Anna", "type": "personal_chat", "id": 4915123580400, "messages": messages}


def message(place: int, text: object, **more: object) -> dict[str, object]:
    """Return a message; its id and times look like numbers."""
    about = {"id": 4915123580410 + place, "type": "message", "date": "2024-05-17T12:00:00"}
    more = {"from": "Anna", "from_id": "user4915123580420", **more}
    return {**about, "date_unixtime": "1715300000", "text": text, **more}


@pytest.mark.parametrize("several", [False, True])
@pytest.mark.parametrize("region", ["DE", "US"])
def test_a_chat_from_telegram(region: str | None, several: bool) -> None:  # noqa: FBT001
    """Protects from ids and times: of a message its words are read, and the contact it shares."""
    texts = ["call ", {"type": "phone", "text": "+49 151 23580489"}, " or ", TWO]
    shared = {"contact_information": {"first_name": "Bob", "phone_number": THREE[1:]}}
    chat = telegram(message(1, texts), message(2, "", **shared), message(3, "bye"))
    export = {"chats": {"about": "", "list": [chat, telegram(message(4, "hi"))]}}
    data = json.dumps(export if several else chat, indent=1).encode()
    found = read([Part("result.json", data)], region)
    assert found.numbers.to_list() == [ONE, TWO, THREE]
