import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheets.files.documents import BrokenFile, HarmfulFile, ListError, NotAList, TooLarge
from sheets.lists.intake import Part, read
from sheets.lists.rows import json_rows, objects, xml_rows

ONE, TWO, THREE, FOUR = "+4915123580489", "+4915123844868", "+4915123457583", "+4915123376037"
ID = 4915123580400
SMS = f"""<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>
<!--File Created By SMS Backup & Restore-->
<smses count="4" backup_date="1715300000000">
  <sms protocol="0" address="{ONE}" date="1715300000000" body="Code {ID}"
    service_center="+491710760000" readable_date="17.05.2024 12:00:00" contact_name="(Unknown)" />
  <sms protocol="0" address="0151 23844868" date="1715300000001" body="&lt;+4915123376039&gt;"/>
  <sms protocol="0" address="Amazon" date="1715300000001" body="hi" service_center="null"/>
  <mms date="1715300000002" address="{THREE}~{FOUR}" m_id="{ID}">
    <parts><part seq="0" data="AAAA4915123376039"/></parts>
    <addrs><addr address="+4915123376040" type="151"/></addrs></mms>
</smses>"""
CALLS = f"""<?xml version='1.0' encoding='UTF-8' standalone='yes' ?><calls count="2">
<call number="{ONE}" duration="0" date="1715300000000" subscription_id="894902000001234567"/>
<call number="015123844868" duration="15" date="1715300000000" contact_name="A"/></calls>"""
TABLES = f"""<?xml version="1.0"?><db><table name="users"><column name="id">{ID}</column>
<column name="phone">{ONE}</column></table><table name="users"><column name="id">{ID + 1}</column>
<column name="phone">{TWO}</column></table></db>"""


def numbers(text: str, region: str | None = "DE") -> list[str]:
    """Return the numbers of a document."""
    return read([Part("a", text.encode())], region).numbers.to_list()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (SMS, [ONE, TWO, THREE, FOUR]),
        (CALLS, [ONE, TWO]),
        (f'<calls><call number="{ONE}" date="1715300000000"/></calls>', [ONE]),
        (TABLES, [ONE, TWO]),
        (TABLES.replace("table", "row").replace("column", "field"), [ONE, TWO]),
        (
            (
                f'<c><p id="{ID}"><tels><tel type="cell">{ONE}</tel><tel>{TWO}</tel></tels></p>'
                f'<p id="{ID + 1}"><name>B</name></p></c>'
            ),
            [ONE, TWO],
        ),
    ],
)
def test_xml_of_phones_and_databases(text: str, expected: list[str]) -> None:
    """Protects from ids, times, service centres and words: the other one's number is meant."""
    assert numbers(text) == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"people": [{"id": ID, "phones": [{"id": ID + 1, "number": ONE}]}, {"id": 3}]}, [ONE]),
        ({"phones": [ONE, TWO], "ids": [ID, ID + 1]}, [ONE, TWO]),
        ({"Anna": ONE, "Bob": TWO}, [ONE, TWO]),
        ({"name": "Anna", "id": ID, "phone": ONE}, [ONE]),
        ({str(ID): {"phone": ONE, "age": 3}, str(ID + 1): {"phone": TWO}}, [ONE, TWO]),
        ({"personal": {"phone_number": TWO}, "contacts": {"list": [{"phone_number": ONE}]}}, [ONE]),
        ([{"chats": [{"phone": ONE, "id": ID}] * 30}, {"chats": [{"phone": TWO}]}], [ONE, TWO]),
    ],
)
def test_objects_within_each_other(given: object, expected: list[str]) -> None:
    """Protects from ids beside numbers, and from one's own number beside one's contacts."""
    assert numbers(json.dumps(given)) == expected
    assert numbers("\ufeff" + json.dumps(given, indent=2)) == expected


def test_damaged_json_is_not_read_as_text() -> None:
    """Protects from ids and times: of an export that was cut off nothing is read line by line."""
    export = [{"id": ID, "phone_number": ONE, "date_unixtime": "1715300000"}] * 5
    for indent in (None, 1):
        with pytest.raises(BrokenFile):
            numbers(json.dumps({"list": export}, indent=indent)[:-20])


def test_bounds_of_objects(monkeypatch: pytest.MonkeyPatch) -> None:
    """Protects memory: what would become too much is refused before it is made."""
    rows = [{f"k{place}": ONE} for place in range(100)]
    monkeypatch.setattr(objects, "MOST_CELLS", 9_000)
    with pytest.raises(TooLarge):
        numbers(json.dumps(rows))
    with pytest.raises(TooLarge):
        numbers("<a>" + "".join(f'<b k{place}="1"/>' for place in range(100)) + "</a>")
    for module in (json_rows, xml_rows):
        monkeypatch.setattr(module, "MOST_VALUES", 50)
    with pytest.raises(TooLarge):
        numbers("[" + "[],\n" * 60 + "[]]")
    with pytest.raises(TooLarge):
        numbers("<a>" + "<b/>" * 60 + "</a>")
    for module in (json_rows, xml_rows):
        monkeypatch.setattr(module, "LONGEST", 50)
    with pytest.raises(TooLarge):
        numbers(f'[{{"phone": "{ONE}", "x": "{"y" * 50}"}}]')
    with pytest.raises(TooLarge):
        numbers(CALLS)


def test_hostile_xml() -> None:
    """Protects the child: entities that multiply, and tags without end, are refused."""
    laughs = (
        '<!DOCTYPE a [<!ENTITY b "lol"><!ENTITY c "&b;&b;">]><calls><call number="&c;"/></calls>'
    )
    for text in (
        f'<?xml version="1.0"?>{laughs}',
        CALLS[:-9],
        '<?xml version="1.0"?>+491512358048',
    ):
        with pytest.raises(BrokenFile):
            numbers(text)
    with pytest.raises(HarmfulFile, match="nesting"):
        numbers("<a>" * 500 + "</a>" * 500)
    with pytest.raises(NotAList):
        numbers('<?xml version="1.0"?><phone/>')
    assert numbers(f"<b>\n{ONE}") == [ONE], "a line that looks like a tag"
    assert numbers(f"<Anna {TWO}>\n{ONE}") == [TWO, ONE]


def test_letters_cut_in_two() -> None:
    """Protects exports of programs that cut texts where they like, and an emoji in two."""
    export = f'[{{"name\\udc00": "Anna \\ud83d", "phone": "{ONE}"}}, {{"phone": "{TWO}\\ud83d"}}]'
    assert numbers(export) == [ONE, TWO]
    assert numbers(f'{{"\\ud83d": {export}}}') == [ONE, TWO]


texts = st.text(st.characters(), max_size=9)  # also halves of letters, which JSON can hold
values = st.recursive(
    st.none() | st.booleans() | st.integers() | texts | st.just(ONE),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=20,
)


@settings(max_examples=100, deadline=None)
@given(values)
def test_any_json_is_answered(value: object) -> None:
    """Protects from a fault of ours: whatever an export holds, it is read or refused."""
    try:
        numbers(json.dumps(value))
    except ListError:
        return
