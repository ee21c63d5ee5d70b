import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sheets.files.documents import TooLarge
from sheets.files.encodings import DECLARED, declared
from sheets.files.markup import html_tables, html_tags
from sheets.files.markup.html_tags import Tag, parts_of, plain
from sheets.files.vcards import read as read_cards


def rows(page: str) -> list[tuple[str | None, ...]]:
    """Return the cells of a page."""
    return html_tables.read(f"<html>{page}").rows()


def test_tables_of_broken_pages() -> None:
    """Programs that write pages forget to close tags, quotes and comments; the cells stay."""
    assert rows("<TABLE><tr><td>a<td class='x>y'>b &amp; c<br>d</table>") == [("a", "b & c d")]
    assert rows("<tr><td>a<!-- > <td>x --><td>b<!-- c<td>d") == [("a", "b c", "d")]
    assert rows('<tr><td x="1>a</td><td>b</td></tr>') == [("a", "b")]
    assert rows("<tr><td>1 < 2</td><td>a<script>if (a<b) '<td>'</script></td></tr>") == [
        ("1 < 2", "a")
    ]
    assert rows('<ss:Row><ss:Cell ss:Index="3"/></ss:Row><row><cell>x</row>') == [
        (None, None, None),
        ("x", None, None),
    ]
    assert rows("no table") == []


def test_a_reference_of_thousands_of_digits() -> None:
    """Python refuses to read such a number, which is a character of no alphabet anyway."""
    assert plain("&#43;&#" + "1" * 6000 + ";&#x2B;") == "+\ufffd+"


def test_skipped_cells_count(monkeypatch: pytest.MonkeyPatch) -> None:
    """Thirty characters may stand for two thousand blank cells, so these are counted first."""
    monkeypatch.setattr(html_tables, "MOST_CELLS", 10_000)
    row = '<row><cell ss:Index="2000">x</cell></row>'
    assert len(rows(row * 5)) == 5
    with pytest.raises(TooLarge):
        rows(row * 6)
    with pytest.raises(TooLarge):
        rows('<row><cell ss:Index="999999">x</cell></row>')


pieces = st.sampled_from(
    ["<", ">", "<a ", "</", "<td>", "<!--", "-->", "<!", "<?", '"', "'", "&", "x", "<script>", "/>"]
)


@settings(max_examples=100, deadline=None)
@given(st.lists(pieces, max_size=40).map("".join), st.integers(50, 400))
@example("<a ", 400)
@example('<a "', 400)
@example("<!--", 400)
@example("<!--'<a \"", 400)
@example("<script>", 400)
def test_a_page_is_walked_once(page: str, times: int) -> None:
    """However many tags stay open, each character is looked at a fixed number of times.

    Searches to the end of the page are what would make it slow: there are few, however long it is.
    """

    class Page(str):
        __slots__ = ()
        failed = 0

        def find(self, *wanted: object) -> int:
            found = super().find(*wanted)  # type: ignore[arg-type]
            Page.failed += found < 0
            return found

    Page.failed = 0
    for part in parts_of(Page(page * times)):
        assert isinstance(part, (Tag, str))
    assert Page.failed <= 4


def test_an_open_quote_is_sought_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Once a quote stays open to the end of the page, quotes aren't followed any more."""
    failed = []

    class Body:
        pattern = html_tags._BODY

        def match(self, page: str, place: int) -> object:
            found = self.pattern.match(page, place)
            if found is None:
                failed.append(place)
            return found

    monkeypatch.setattr(html_tags, "_BODY", Body())
    found = list(parts_of('<a "<b> x' * 301 + "<c '>" * 99))
    assert sum(isinstance(part, Tag) for part in found) == 150 + 1 + 99
    assert len(failed) == 1


@pytest.mark.parametrize(
    ("charset", "codec"),
    [
        ("windows-1251", "cp1251"),
        ("CP1252", "cp1252"),
        ("UTF8", "utf-8"),
        ("us-ascii", "ascii"),
        ("ISO-8859-5", "iso8859-5"),
        ("latin1", "iso8859-1"),
        ("Shift_JIS", "shift_jis"),
        ("utf-7", "utf-8"),
        ("punycode", "utf-8"),
        ("unicode_escape", "utf-8"),
        ("iso-2022-jp", "utf-8"),
        ("x" * 10_000, "utf-8"),
        (None, "utf-8"),
    ],
)
def test_charsets_that_a_file_may_ask_for(charset: str | None, codec: str) -> None:
    """A file's own word chooses among a few plain codecs; UTF-7 and the like are never loaded."""
    assert declared(charset) == codec
    assert all(declared(name) == name for name in DECLARED)


def test_a_card_in_utf_7_stays_as_written() -> None:
    """What another program would read into it is nothing that we do."""
    card = "BEGIN:VCARD\nFN;CHARSET=UTF-7;ENCODING=QUOTED-PRINTABLE:+ADw-b\nTEL:1\nEND:VCARD\n"
    assert read_cards(card.encode()).rows()[1:] == [("+ADw-b", "1")]
