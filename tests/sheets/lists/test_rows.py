import json

import pytest

from sheets.lists.intake import Part, read, trace

ONE, TWO, THREE = "+4915123580489", "+4915123844868", "+4915123457583"


def numbers(text: str) -> list[str]:
    """Return the numbers of a document in a German chat."""
    return read([Part("a", text.encode())], "DE").numbers.to_list()


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_a_csv_may_name_its_delimiter(delimiter: str) -> None:
    """Excel's first line says how to read the rest, however short that is."""
    rows = [f"Name{delimiter}Phone{delimiter}Order", f"A{delimiter}{ONE}{delimiter}4550252310"]
    assert numbers("\n".join([f"sep={delimiter}", *rows])) == [ONE]


def test_a_cell_may_hold_lines() -> None:
    """Addresses and notes with line feeds leave a row one row, also in the sheet given back."""
    text = f'Name,Note,Phone\nA,"call\nafter 5\n",{ONE}\nB,,{TWO}\nC,"1 High St\nLondon",{THREE}\n'
    assert numbers(text) == [ONE, TWO, THREE]
    (traced,) = trace([Part("a.csv", text.encode())])
    assert traced.numbers["row"].to_list() == [1, 2, 3]
    assert traced.table.cells["c1"].to_list() == [
        "Note",
        "call\nafter 5",
        None,
        "1 High St\nLondon",
    ]


def test_an_open_quote_swallows_nothing() -> None:
    """An inch sign is no quote: the lines below stay lines."""
    text = f'Size,Phone\n5" pipe,{ONE}\n7 pipe,{TWO}\n9" pipe,{THREE}\n'
    assert numbers(text) == [ONE, TWO, THREE]
    assert numbers(text + 'x",\n') == [ONE, TWO, THREE]


def test_objects_are_rows() -> None:
    """Lists of objects are tables; the key says what is a phone, and ids are none."""
    people = [
        {"user_id": 5176151549, "phone_number": ONE, "date_unixtime": "1715300000"},
        {"user_id": 5187168804, "phone_number": "0151 23844868", "date_unixtime": "1715386400"},
        {"user_id": 5187168805, "info": {"age": 5}},
    ]
    export = {
        "about": "x",
        "contacts": {"list": people},
        "chats": {"list": [{"id": 4915123580400}]},
    }
    assert numbers(json.dumps(export, indent=1)) == [ONE, TWO]
    assert numbers(json.dumps(people)) == [ONE, TWO]
    assert numbers("\n".join(map(json.dumps, people))) == [ONE, TWO]
    assert numbers(json.dumps([ONE, TWO])) == [ONE, TWO]
    (traced,) = trace([Part("a", json.dumps(export).encode())], "DE")
    assert traced.table.cells.rows()[0] == ("user_id", "phone_number", "date_unixtime", "info.age")
    assert traced.numbers["row"].to_list() == [1, 2]


@pytest.mark.parametrize("text", ["[" * 100_000, '{"a":', "{}", "[]", '{"a": 1}', "[1, {}]"])
def test_broken_and_blank_json_is_text(text: str) -> None:
    """What can't be parsed, or holds no table, is read line by line."""
    assert numbers(f"{text}\n{ONE}") == [ONE]
