"""Hostile workbooks: xlsx and ods."""

import io
import zipfile
from collections.abc import Iterator
from functools import partial
from itertools import pairwise

import xlsxwriter  # type: ignore[import-untyped] # it has no type information

from sandbox.services.results import workbook
from scripts.hostile.case import Case, lines, number
from scripts.hostile.zips import MEGABYTE, deflated, repeated, zip_of
from sheets.files import workbooks
from sheets.files.allowance import MOST_CELLS
from sheets.files.workbook_sheets import MOST_SHEETS

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_SHEET = "xl/worksheets/sheet1.xml"
_LINKS = "xl/_rels/workbook.xml.rels"
_HEAD = f'<worksheet xmlns="{_MAIN}"><sheetData>'
_END = "</sheetData></worksheet>"
_CELL = f'<c r="A1"><v>{number(0)[1:]}</v></c>'
_ODS = "application/vnd.oasis.opendocument.spreadsheet"
_ODS_HEAD = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body>'
    '<office:spreadsheet><table:table table:name="S">'
)
_ODS_CELL = '<table:table-cell office:value-type="string"{}><text:p>$</text:p></table:table-cell>'
_MANIFEST = '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
_ODS_END = "</table:table></office:spreadsheet></office:body></office:document-content>"


def cases() -> Iterator[Case]:
    """Yield the workbooks."""
    yield from _corners()
    yield from _parts()
    yield from _markup()
    yield from _ods()


def _corners() -> Iterator[Case]:
    lie = '<dimension ref="A1:XFD1048576"/>'
    yield Case("dimension.xlsx", "says it is 17 billion cells", lambda: _of_rows(_row(), lie))
    last = f'<row r="1048576"><c r="XFD1048576"><v>{number(1)[1:]}</v></c></row>'
    yield Case("corner.xlsx", "a cell at XFD1048576", lambda: _of_rows(_row() + last))
    far = '<row r="4000000000"><c r="ZZZZZZZ4000000000"><v>1</v></c></row>'
    yield Case("far.xlsx", "a cell at ZZZZZZZ4000000000", lambda: _of_rows(_row() + far))
    for width in (workbooks.MOST_COLUMNS, workbooks.MOST_COLUMNS + 1):
        yield Case(f"columns-{width}.xlsx", f"{width:,} columns", partial(_wide, width))
    for word, more in (("inside", 0), ("beyond", 1)):
        row = MOST_CELLS // 1000 + more
        about = f"{row * 1000:,} cells, two of them filled"
        yield Case(f"cells-{word}.xlsx", about, partial(_reaching, row, 1000))
    full = partial(_full, 1000, 1000)
    yield Case("dense.xlsx", "a million cells of numbers", full)
    hidden = partial(_hidden, 1_048_575)
    yield Case("hidden.xlsx", "a million hidden rows, each beside a shown one", hidden)
    merged = '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    yield Case("merged.xlsx", "one merged cell, as large as can be", lambda: _merged(merged))


def _parts() -> Iterator[Case]:
    texts = f'<sst xmlns="{_MAIN}" uniqueCount="4000000000"><si><t>a</t></si></sst>'
    lie = partial(_with, "sharedStrings", texts)
    yield Case("texts-lie.xlsx", "says it has 4 billion texts", lie)
    yield Case("texts.xlsx", "700,000 different texts, none of them used", _many_texts)
    piece = "<si><t>a</t></si>" * 60_000
    for part in ("sharedStrings", "styles", "theme/theme1"):
        make = partial(_bomb_in, f"xl/{part}.xml", piece, 300)
        yield Case(f"bomb-{part.rpartition('/')[2]}.xlsx", f"300 MB in {part}", make)
    yield Case("bomb-sheet.xlsx", "1 GB of blanks in the sheet", _blanks)
    yield Case("long-text.xlsx", "one text of 14 MB", _long_text)
    for count in (MOST_SHEETS, MOST_SHEETS + 1):
        yield Case(
            f"sheets-{count}.xlsx", f"{count:,} sheets, all of them one", partial(_sheets, count)
        )
    yield Case("no-sheet.xlsx", "a sheet that isn't there", partial(_without, _SHEET))
    yield Case("no-links.xlsx", "no list of sheets", partial(_without, _LINKS))


def _markup() -> Iterator[Case]:
    names = "abcdefghij"
    laughs = "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in pairwise(names))
    laughing = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha">{laughs}]>{_HEAD}'
    cell = '<row><c t="inlineStr"><is><t>&j;</t></is></c></row>'
    yield Case("laughs.xlsx", "entities within entities", lambda: _of_sheet(laughing + cell + _END))
    outer = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    leak = outer + _HEAD + cell.replace("&j;", "&a;") + _END
    yield Case("outer.xlsx", "an entity that is a file of ours", lambda: _of_sheet(leak))
    deep = "<a>" * 2_000_000
    yield Case("deep.xlsx", "tags 2,000,000 deep", lambda: _of_sheet(_HEAD + deep))
    tag = _HEAD + "<row " + 'a="1" ' * 3_000_000
    yield Case("endless-tag.xlsx", "one tag without end", lambda: _of_sheet(tag))
    many = _HEAD + "<row " + "".join(f'a{place}="" ' for place in range(300_000)) + "/>" + _END
    yield Case("attributes.xlsx", "300,000 attributes", lambda: _of_sheet(many))
    odd = "<row><c></row>"
    yield Case("crossed.xlsx", "tags that cross", lambda: _of_rows(odd))
    index = '<row r="1"><c r="A1" t="s"><v>99999999999</v></c></row>'
    yield Case("no-such-text.xlsx", "a text that isn't there", lambda: _of_rows(index))
    stamp = '<row r="1"><c r="A1" t="d"><v>9999999-99-99T99:99</v></c></row>'
    yield Case("no-such-day.xlsx", "a day that never was", lambda: _of_rows(stamp))
    shared = '<row r="1"><c r="A1"><f t="shared" ref="A1:XFD9" si="4000000000">A1</f></c></row>'
    yield Case("formula.xlsx", "a formula shared 4 billion times", lambda: _of_rows(shared * 9))


def _ods() -> Iterator[Case]:
    cell = _ODS_CELL.replace("$", number(0))
    rows, columns = ' table:number-rows-repeated="{}"', ' table:number-columns-repeated="{}"'
    for name, down, right in (
        ("rows", 1_000_000, 1),
        ("rows-huge", 10**18, 1),
        ("rows-minus", -1, 1),
        ("columns", 1, 16_384),
        ("columns-huge", 1, 10**18),
        ("inside", MOST_CELLS // 1000, 1000),
        ("beyond", MOST_CELLS // 1000 + 1, 1000),
    ):
        row = f"<table:table-row{rows.format(down)}>{cell.format(columns.format(right))}"
        about = f"a cell repeated {down} times down, {right} to the right"
        make = partial(_ods_of, row + "</table:table-row>")
        yield Case(f"repeated-{name}.ods", about.replace(" 1 times", " once"), make)
    blank = f"<table:covered-table-cell{columns.format(10**9)}/>"
    covered = f"<table:table-row>{blank}{cell.format('')}</table:table-row>"
    yield Case("covered.ods", "a billion covered cells", lambda: _ods_of(covered))
    once = f"<table:table-row>{cell.format('')}</table:table-row>"
    long = partial(_ods_of, once, _ODS + " " * (30 * MEGABYTE))
    yield Case("mimetype.ods", "a mimetype of 30 MB", long)
    spaces = cell.format("").replace("<text:p>", '<text:p><text:s text:c="4000000000"/>')
    blanks = f"<table:table-row>{spaces}</table:table-row>"
    yield Case("spaces.ods", "a tag for 4 billion blanks", lambda: _ods_of(blanks))
    nested = "<table:table>" * 200_000
    yield Case("tables.ods", "tables 200,000 deep", lambda: _ods_of(nested))


def plain_ods() -> bytes:
    """An honest ods."""
    cells = (_ODS_CELL.format("").replace("$", number(place)) for place in range(50))
    rows = (f"<table:table-row>{cell}</table:table-row>" for cell in cells)
    return _ods_of("".join(rows))


def _row() -> str:
    return f'<row r="1">{_CELL}</row>'


def _members(sheet: str, more: dict[str, str]) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(workbook([("a",)]))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    return parts | {_SHEET: sheet.encode()} | {name: text.encode() for name, text in more.items()}


def _of_sheet(sheet: str, **more: str) -> bytes:
    members = _members(sheet, {f"xl/{name}.xml": text for name, text in more.items()})
    return zip_of([deflated(name, data) for name, data in members.items()])


def _of_rows(rows: str, before: str = "") -> bytes:
    return _of_sheet(_HEAD.replace("<sheetData>", before + "<sheetData>") + rows + _END)


def _with(part: str, text: str) -> bytes:
    return _of_sheet(_HEAD + _row() + _END, **{part: text})


def _merged(cells: str) -> bytes:
    return _of_sheet(_HEAD + _row() + _END.replace("</worksheet>", cells + "</worksheet>"))


def _wide(width: int) -> bytes:
    return _written([[number(place) for place in range(width)]])


def _hidden(rows: int) -> bytes:
    pairs = (f'<row r="{at}" hidden="1"/>' for at in range(2, rows, 2))
    return _of_rows(_row() + "".join(pairs))


def _reaching(row: int, column: int) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_string(0, 0, number(0))
        sheet.write_string(row - 1, column - 1, number(1))
    return out.getvalue()


def _full(height: int, width: int) -> bytes:
    rows = (
        "".join(f"<c><v>{number(row * width + place)[1:]}</v></c>" for place in range(width))
        for row in range(height)
    )
    return _of_rows("".join(f"<row>{cells}</row>" for cells in rows))


def _many_texts() -> bytes:
    texts = "".join(f"<si><t>{number(place)}</t></si>" for place in range(700_000))
    return _with("sharedStrings", f'<sst xmlns="{_MAIN}">{texts}</sst>')


def _long_text() -> bytes:
    text = lines(1_000_000).decode()
    return _of_rows(f'<row><c t="inlineStr"><is><t>{text}</t></is></c></row>')


def _written(rows: list[list[str]]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for place, row in enumerate(rows):
            sheet.write_row(place, 0, row)
    return out.getvalue()


def _bomb_in(part: str, piece: str, megabytes: int) -> bytes:
    members = _members(_HEAD + _row() + _END, {})
    bomb = repeated(part, piece.encode(), megabytes * MEGABYTE // len(piece))
    return zip_of([*(deflated(name, data) for name, data in members.items()), bomb])


def _blanks() -> bytes:
    members = _members("", {})
    del members[_SHEET]
    bomb = repeated(_SHEET, b" " * MEGABYTE, 1024)
    return zip_of([*(deflated(name, data) for name, data in members.items()), bomb])


def _sheets(count: int) -> bytes:
    book = _members("", {})["xl/workbook.xml"].decode()
    start, end = book.index("<sheet "), book.index("</sheets>")
    each = "".join(f'<sheet name="S{n}" sheetId="{n}" r:id="rId1"/>' for n in range(1, count + 1))
    rows = _HEAD + _row() * 100 + _END
    return _of_sheet(rows, workbook=book[:start] + each + book[end:])


def _without(part: str) -> bytes:
    members = _members(_HEAD + _row() + _END, {})
    del members[part]
    return zip_of([deflated(name, data) for name, data in members.items()])


def _ods_of(rows: str, mimetype: str = _ODS) -> bytes:
    content = _ODS_HEAD + rows + _ODS_END
    members = {"mimetype": mimetype, "META-INF/manifest.xml": _MANIFEST, "content.xml": content}
    return zip_of([deflated(name, text.encode()) for name, text in members.items()])
