"""What a list offers besides its numbers: old forms, unusual ones, countries, other columns."""

import pytest

from sheets.files.documents import NoNumbers, SeveralColumns
from sheets.lists.columns.roles import ALL_COLUMNS
from sheets.lists.intake import Part, Reading, read
from sheets.phones.reasons import Reason

UNUSUAL = "+49 151 0123"  # as long as a number of Germany may be, in no range
KNOWN = "+4915123580489"


def _read(text: str, region: str | None = None, *wishes: str) -> Reading:
    return read([Part("a.txt", text.encode())], region, wishes=wishes)


@pytest.mark.parametrize(
    ("text", "region", "number"),
    [
        ("+7 000 000 00 00", None, "+70000000000"),
        ("0049 999 123456", None, "+49999123456"),
        ("0177 123", "DE", "+49177123"),
    ],
)
def test_an_unusual_number_is_offered_and_read_when_it_is_wished(
    text: str, region: str | None, number: str
) -> None:
    """Protects people whose operator opened a range after the plans were printed."""
    found = _read(f"{KNOWN}\n{text}\nno number", region)
    offers = found.told.offers
    assert (found.numbers.to_list(), found.rejected) == ([KNOWN], 1)
    assert (offers.unusual, offers.unusual_example) == (1, text)
    assert found.left_out["reason"].to_list() == [Reason.UNUSUAL, Reason.NOT_A_NUMBER]

    wished = _read(f"{KNOWN}\n{text}\nno number", region, "unusual")
    assert wished.numbers.to_list() == [KNOWN, number]
    assert (wished.rejected, wished.told.offers.unusual) == (1, 1)


@pytest.mark.parametrize("text", ["+999 123456789", "+49 1", "+1 23456789012", "99920574354"])
def test_what_is_none_is_not_called_unusual(text: str) -> None:
    """Protects money: an id, or a number too short or long, is never offered as a number."""
    found = _read(f"{KNOWN}\n{text}")
    assert (found.told.offers.unusual, found.rejected) == (0, 1)


def test_old_forms_are_read_unless_they_are_wished_out() -> None:
    """Protects a phone book of 2015; and whoever doesn't want a number changed."""
    text = f"{KNOWN}\n+52 1 55 1234 5678"
    found, out = _read(text), _read(text, None, "old_forms_out")
    assert found.numbers.to_list() == [KNOWN, "+525512345678"]
    assert out.numbers.to_list() == [KNOWN]
    for each in (found, out):
        assert each.told.offers.old_forms == 1
        assert each.told.offers.old_example == ("+52 1 55 1234 5678", "+525512345678")
        assert each.told.offers.unusual == 0
    assert (found.rejected, out.rejected) == (0, 1)


def test_countries_are_suggested_by_the_list_itself() -> None:
    """Protects who sends national numbers: their country is among the first buttons."""
    with pytest.raises(NoNumbers) as refused:
        _read("8 912 390-05-79\n8 912 352-46-54\n8 495 123-45-67")
    assert refused.value.told.suggested[0] == "RU"
    with pytest.raises(NoNumbers) as refused:
        _read("0171 3580489\n0151 23844868\n030 901820", "US")
    assert refused.value.told.suggested[0] == "DE"
    assert _read(KNOWN).told.suggested == ()


def test_other_columns_may_be_chosen() -> None:
    """Protects who means the other column, though a header says which one is likelier."""
    table = "Phone,Note\n+4915123580489,x\n+4915123844868,call +447400395497\n+4930901820,y\n"
    (told,) = read([Part("a.csv", table.encode())]).told.assumed
    assert told.choices == ()
    table = "Phone,Fax\n+4915123580489,+4930901820\n+4915123844868,+4930901821\n"
    (told,) = read([Part("a.csv", table.encode())]).told.assumed
    assert [(each.place, each.header) for each in told.choices] == [(0, "Phone"), (1, "Fax")]


@pytest.mark.parametrize(
    ("column", "places"), [(0, (0,)), (1, (1,)), (2, (0,)), (9, (0,)), (ALL_COLUMNS, (0, 1))]
)
def test_the_chosen_column_is_read_whatever_the_headers_say(
    column: int, places: tuple[int, ...]
) -> None:
    """Protects the person's word; of a column without numbers it is none, as in another sheet."""
    table = "Phone,Fax,Name\n+4915123580489,+4930901820,A\n+4915123844868,+4930901821,B\n"
    (told,) = read([Part("a.csv", table.encode(), column=column)]).told.assumed
    assert told.places == places


def test_all_of_those_that_were_asked_about_are_no_others() -> None:
    """Protects money: who was asked about two phones and wants both doesn't want the fax."""
    table = "Buyer phone,Seller phone,Fax\n+4915123580489,+4915123844868,+4930901820\n"
    table += "+4915123457583,+4915123376037,+4930901821\n"
    with pytest.raises(SeveralColumns) as asked:
        read([Part("a.csv", table.encode())])
    assert [each.header for each in asked.value.columns] == ["Buyer phone", "Seller phone"]
    (told,) = read([Part("a.csv", table.encode(), column=ALL_COLUMNS)]).told.assumed
    assert told.columns == ("Buyer phone", "Seller phone")
