import base64
import quopri

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheets.files.documents import ListError, NotAList
from sheets.files.markup import html_tables, pages
from sheets.lists.intake import Part, read, trace

ONE, TWO, THREE = "+447400395497", "+447400399945", "+447400982527"
ENTRY = """<div class="entry clearfix"><div class="pull_left userpic_wrap"><div class="userpic">
<div class="initials" style="line-height: 42px">A</div></div></div><div class="body">
<div class="pull_right info details" title="17.05.2024 12:00:00 UTC+02:00">17.05.2024 12:00</div>
<div class="name bold">{}</div><div class="details_entry details">{}</div></div></div>"""
TELEGRAM = f"""<!DOCTYPE html><html><head><meta charset="utf-8"/><title>Exported Data</title></head>
<body><div class="page_wrap"><div class="page_body list_page">
<div class="page_about details">You have 4915123580400 contacts</div>
{ENTRY.format("Anna &amp; Bob", "+44 7400 395497")}{ENTRY.format("Carl 7", "0044 7400 399945")}
{ENTRY.format("Deleted", "")}</div></div></body></html>"""
HEAD = "Content-Type: text/html\r\nContent-Transfer-Encoding: {}\r\n\r\n"
MAIL = (
    "From: <Saved by Blink>\r\nSubject: Customers\r\nMIME-Version: 1.0\r\n"
    'Content-Type: multipart/related;\r\n\tboundary="--X--"\r\n\r\n----X--\r\n' + HEAD
)


def numbers(page: str | bytes, region: str | None = None) -> list[str]:
    """Return the numbers of a document."""
    data = page.encode() if isinstance(page, str) else page
    return read([Part("a.html", data)], region).numbers.to_list()


def test_contacts_from_telegram() -> None:
    """Protects whoever exports contacts as a page: each is a row with its name."""
    part = Part("contacts.html", TELEGRAM.encode())
    reading = read([part])
    assert (reading.numbers.to_list(), reading.rejected) == ([ONE, TWO], 0)
    (traced,) = trace([part])
    assert traced.table.cells.rows() == [
        ("Name", "Details", "Date"),
        ("Anna & Bob", "+44 7400 395497", "17.05.2024 12:00"),
        ("Carl 7", "0044 7400 399945", "17.05.2024 12:00"),
        ("Deleted", None, "17.05.2024 12:00"),
    ]


def test_lines_of_a_page() -> None:
    """Protects lists that a page shows without a table; words around them are no lost numbers."""
    page = f"<html><head><style>p {{ w: 4915123580400 }}</style></head><ul><li>Anna: <b>{ONE}</b>"
    page += f"<li>Bob<br>{TWO}</ul><script>x = 4915123580401</script><div>2024</div><p>{THREE}"
    reading = read([Part("a", page.encode())])
    assert (reading.numbers.to_list(), reading.rejected) == ([ONE, TWO, THREE], 0)
    table = f"<html><table><tr><td>Menu</td><td>About</td></tr></table><p>{ONE}</p>"
    assert numbers(table) == [ONE]


def test_a_chat_on_a_page() -> None:
    """Protects from the times beside its messages."""
    message = '<div class="message"><div class="pull_right date details" title="17.05.2024 12:00">'
    message += '12:00</div><div class="from_name">Anna</div><div class="text">{}</div></div>'
    page = f"<!DOCTYPE html><html><body>{message.format('hi')}{message.format(ONE)}</body></html>"
    assert numbers(page, "US") == [ONE]


@pytest.mark.parametrize("page", ["<html></html>", "<html><p>Log in</p>", "<!doctype html>"])
def test_a_page_without_numbers_is_a_page(page: str) -> None:
    """Protects people from a riddle: the answer says that it is a page."""
    with pytest.raises(NotAList, match="html"):
        numbers(page)


@pytest.mark.parametrize("mail", [MAIL, HEAD])
@pytest.mark.parametrize("packing", ["quoted-printable", "base64", "8bit"])
def test_a_saved_web_archive(packing: str, mail: str) -> None:
    """Protects from half a number, which a soft break leaves on each of two lines."""
    rows = "".join(f"<tr><td>{'x' * at}</td><td>{ONE[:-2]}{at}</td></tr>" for at in range(10, 99))
    page = (
        f"<html><!--\n-->{' ' * 9}<table><tr><td>Name</td><td>Phone</td></tr>{rows}</table></html>"
    )
    pack = {"quoted-printable": quopri.encodestring, "base64": base64.encodebytes}
    body = pack.get(packing, bytes)(page.encode()).replace(b"\n", b"\r\n")
    head = mail.format(packing).encode()
    rest = (
        b""
        if mail == HEAD
        else b"\r\n----X--\r\nContent-Type: text/css\r\n\r\na { width: 4915123580400 }\r\n"
    )
    assert len(numbers(head + body + rest)) == 89


def test_a_page_beyond_measure(monkeypatch: pytest.MonkeyPatch) -> None:
    """Protects memory: a page is read up to a length, however it is packed."""
    monkeypatch.setattr(html_tables, "LONGEST", 1000)
    for packing in ("", MAIL.format("8bit")):
        with pytest.raises(NotAList, match="html"):
            numbers(f"{packing}<html>{ONE}" + "<p>" * 1000)


pieces = st.sampled_from(
    [
        *('<div class="entry">', '<div class="name">', "</div>", '<div class="details_entry">'),
        *("<p>", "<script>", "</script>", "<table>", "<tr>", "<td>", ONE, "x", "<!--", "<div"),
    ]
)


@settings(max_examples=100, deadline=None)
@given(st.lists(pieces, max_size=30).map("".join), st.integers(1, 200))
def test_any_page_is_answered(page: str, times: int) -> None:
    """Protects from a fault of ours: tags in any order are read or refused."""
    try:
        numbers("<html>" + page * times)
    except ListError:
        return


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300))
def test_any_archive_is_unpacked(rest: bytes) -> None:
    """Protects from a fault of ours: what isn't packed as it says comes back as it is."""
    for packing in ("base64", "quoted-printable", "7bit"):
        head = MAIL.format(packing).encode()
        assert isinstance(pages.unarchived(head + rest), bytes)
        assert isinstance(pages.unarchived(head[: len(rest)]), bytes)
