import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheets.lists import paste
from sheets.lists.intake import Part, Reading, read
from tests.support.sheets import phone_oracle as oracle

UNITS = paste.MESSAGE_UNITS


def filled(end: str) -> str:
    """Return a full message of numbers with this at its end."""
    head = "\n".join(f"+7987{n:07}" for n in range(400))
    return head[: UNITS - len(end) - 13].rpartition("\n")[0].ljust(UNITS - len(end), "\n") + end


def pasted(*chunks: str, region: str | None = None) -> Reading:
    """Return the numbers of the messages together."""
    return read([Part(f"message {n}", chunk, "text") for n, chunk in enumerate(chunks, 1)], region)


@pytest.mark.parametrize(
    ("end", "start", "cut"),
    [
        ("\n+79876", "543210\n+79876543211", True),
        ("\n+7 987", "654 32 10\n", True),
        ("\n79876543210 7987", "6543211 79876543212", True),
        ("\n+79876543210, +4930", "901820, +79876543212", True),
        ("\n+", "79876543210", True),
        ("\n+7987654321", "0", True),
        ("\n+79876543210", "+79876543211\n", False),
        ("\n+79876543210", "79876543211\n", False),
        ("\n+79876543210\n", "+79876543211\n", False),
        ("\n+79876543210", "\n+79876543211", False),
        ("\nAnna", "Boris", False),
        ("\n+7987", "x6543210", False),
    ],
)
def test_ends_are_joined_only_where_that_makes_a_number(end: str, start: str, cut: bool) -> None:  # noqa: FBT001
    """Two numbers stay two, and the halves of one become one again."""
    assert paste.is_cut(filled(end), start) is cut


def test_a_short_message_ended_by_itself() -> None:
    """A person who sends a number in two short messages has sent two texts."""
    assert not paste.is_cut("+79876", "543210")
    assert pasted("+79876", "543210\n+79876543210").rejected == 2


def test_length_counts_utf16_units() -> None:
    """Telegram counts an emoji twice, so a full message may have fewer characters."""
    end = "\n+79876"
    emoji = "\N{GRINNING FACE}" * ((UNITS - len(end)) // 2)
    assert paste.is_cut(emoji + "\n" + end, "543210")
    assert not paste.is_cut("x" * (UNITS // 2) + end, "543210")


def test_lines_keep_their_numbers() -> None:
    """A rejected line is found in its message, by its line there."""
    reading = pasted(filled("\n+79876"), "543210\nbad\n+79876543211")
    assert reading.left_out.rows()[0][:3] == ("message 2", 2, "bad")


def test_a_country_helps_to_join() -> None:
    """National numbers are cut as well, and only their country tells that they are complete."""
    end, start = "\n8 987 65", "4 32 10\n+79876543211"
    assert "+79876543210" in pasted(filled(end), start, region="RU").numbers.to_list()


def test_documents_between_messages_part_them() -> None:
    """Only messages that follow each other are one paste."""
    parts = [
        Part("a", filled("\n+79876"), "text"),
        Part("b", b"+79876543212"),
        Part("c", "543210", "text"),
    ]
    assert "+79876543210" not in read(parts).numbers.to_list()


@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 2**32), separator=st.sampled_from(["\n", ",", ", ", " ", ";\n", "\r\n"]))
def test_a_long_paste_reads_back_the_same(seed: int, separator: str) -> None:
    """Wherever the client cuts a long paste, the list is the one that was pasted."""
    chance = random.Random(seed)
    # Numbers of 14 digits and more may have two halves that are valid numbers themselves.
    known = [e for e in oracle.examples() if len(e[1]) + len(e[2]) < 14]
    known = chance.sample(known, 12)
    numbers = []
    for _ in range(chance.randrange(300, 1200)):
        _, code, national = chance.choice(known)
        changed = f"+{code}{national[:-3]}{chance.randrange(1000):03}"
        numbers.append(changed if oracle.valid(changed, None) else f"+{code}{national}")
    text = "#" * chance.randrange(1, 20) + "\n" + separator.join(numbers)
    chunks = [text[n : n + UNITS].strip() for n in range(0, len(text), UNITS)]
    assert pasted(*chunks).numbers.to_list() == list(dict.fromkeys(numbers))
