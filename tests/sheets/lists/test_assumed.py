import pytest

from sheets.glass.answers import LIST, Counts
from sheets.lists.intake import Assumed, Part, read
from sheets.phones.reasons import Reason
from sheets.work.lists import read_list

WORDS = {reason.value: reason.value for reason in Reason}


def assumed(text: str, region: str | None = None, column: int | None = None) -> Assumed:
    """Return what the only table of a document was taken for."""
    (told,) = read([Part("a.csv", text.encode(), column=column)], region).told.assumed
    return told


@pytest.mark.parametrize(
    ("text", "columns", "why"),
    [
        ("Name;Телефон;Passport\nA;+79123900579;4520574354\n", ("Телефон",), "header"),
        ("Name;x;Passport\nA;+79123900579;4520574354\n", ("x",), "content"),
        ("Phone;E.164\n+79123900579;+79123900579\n", ("Phone",), "same"),
        ("+79123900579;+79123900580\n+79123900581;+79123900582\n", (), "everywhere"),
        ("+79123900579\n+79123900580\n", (), "text"),
    ],
)
def test_the_column_and_why(text: str, columns: tuple[str, ...], why: str) -> None:
    """The card can say which column was read, and because of what."""
    told = assumed(text)
    assert (told.columns, told.why, told.notation, told.country) == (columns, why, "", "")


@pytest.mark.parametrize(
    ("lines", "region", "notation", "country"),
    [
        ("447400395497\n447400399945", "DE", "coded", "GB"),
        ("447400395497\n447400399945", None, "dialled", "GB"),
        ("0151 23580489\n0151 23844868", "DE", "dialled", "DE"),
        ("15123580489\n15123844868", "DE", "dialled", "DE"),
        ("447400395497\n79123900579", None, "dialled", ""),
    ],
)
def test_the_country_and_the_notation(
    lines: str, region: str | None, notation: str, country: str
) -> None:
    """The card can say as which country's the numbers without a plus sign were read."""
    told = assumed(lines, region)
    assert (told.notation, told.country, told.rival) == (notation, country, "")


def test_what_was_not_read_names_the_likelier_country() -> None:
    """Where another country explains the list, the card can offer it."""
    told = assumed("+4930901820\n07400395497\n07400399945\n07400982527", "FR")
    assert (told.notation, told.rival) == ("unknown", "GB")


def test_all_of_it_passes_the_glass() -> None:
    """The bot's own process gets the assumptions, and how many numbers were changed."""
    text = b"Name,Phone\nA,+52 1 55 4163 7146\nB,+79123900579\n"
    part = {"name": "a.csv", "kind": "document", "column": None, "size": len(text)}
    told, _ = read_list(text, parts=[part], region=None, reasons=WORDS, head=["a", "b", "c", "d"])
    found = LIST.validate_python(told)
    assert isinstance(found, Counts)
    assert (found.old_forms, found.assumed[0].columns, found.assumed[0].places) == (
        1,
        ("Phone",),
        (1,),
    )
