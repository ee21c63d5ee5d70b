"""Write the corpus: small files of every format, encoding and damage, with their contents.

Run `python -m tests.support.sheets.make_corpus` after a change. Two files are kept unchanged,
because nothing we depend on can write them: old.xls (Excel 97) and locked.xlsx (with a password).
"""

import codecs
import datetime as dt
import io
import json
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import xlsxwriter

FOLDER = Path(__file__).parents[2] / "sheets" / "files" / "corpus"
A, B, C = "+79876543210", "+4930901820", "+447400123456"
PLAIN = f"{A}\n{B}\n"
TABLE = [["Name", "Phone"], ["Anna", A], ["Boris", B]]
_DAY = (2024, 1, 2, 3, 4, 0)
_ODS = """<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>
<table:table table:name="S">{}</table:table></office:spreadsheet></office:body>
</office:document-content>"""
_WORKBOOK = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/'
    'content-types"><Default Extension="xml" ContentType="application/xml"/></Types>',
    "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
    'relationships"><Relationship Id="r" Type="http://schemas.openxmlformats.org/officeDocument/'
    '2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>'
    '<sheet name="S" sheetId="1" r:id="r"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/'
    '2006/relationships"><Relationship Id="r" Type="http://schemas.openxmlformats.org/'
    'officeDocument/2006/relationships/worksheet" Target="sheet.xml"/></Relationships>',
}


def zipped(files: dict[str, str | bytes]) -> bytes:
    """Return a zip with these members, the same bytes each time."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, _DAY), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def locked(files: dict[str, str | bytes]) -> bytes:
    """Return a zip whose members claim to be encrypted."""
    data = bytearray(zipfile_bytes := zipped(files))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = zipfile_bytes.find(mark)
        while at >= 0:
            data[at + place] |= 1
            at = zipfile_bytes.find(mark, at + 4)
    return bytes(data)


def xlsx(**sheets: Sequence[Sequence[object]]) -> bytes:
    """Return a workbook with these sheets."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_urls": False})
    book.set_properties({"created": dt.datetime(*_DAY, tzinfo=dt.UTC)})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                if isinstance(cell, str):
                    sheet.write_string(number, place, cell)
                elif cell is not None:
                    sheet.write(number, place, cell)
    book.close()
    return out.getvalue()


def bare_xlsx(rows: str, **members: str) -> bytes:
    """Return a workbook with this XML as its sheet, and as other members."""
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        f"{rows}</sheetData></worksheet>"
    )
    more = {f"xl/{name}.xml": content for name, content in members.items()}
    return zipped({**_WORKBOOK, "xl/sheet.xml": sheet, **more})


def ods(rows: str, about: str = "") -> bytes:
    """Return an OpenDocument spreadsheet with this XML as its rows."""
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    manifest += f"{about}</m:manifest>"
    members = {"mimetype": kind, "META-INF/manifest.xml": manifest}
    return zipped({**members, "content.xml": _ODS.format(rows)})


def ods_cell(text: str, about: str = "") -> str:
    """Return one cell of text."""
    kind = 'office:value-type="string"'
    return f"<table:table-cell {kind} {about}><text:p>{text}</text:p></table:table-cell>"


def ods_row(*cells: str, about: str = "") -> str:
    """Return one row."""
    return f"<table:table-row {about}>{''.join(cells)}</table:table-row>"


def csv(rows: list[list[str]], delimiter: str = ",", end: str = "\n") -> str:
    """Return a csv without quotes."""
    return "".join(delimiter.join(row) + end for row in rows)


Case = tuple[str, bytes, dict[str, object]]


def fine(name: str, data: bytes | str, *numbers: str, **more: object) -> Case:
    """Return a file with these numbers; `left_out`: line and reason of each rejected line."""
    content = data.encode() if isinstance(data, str) else data
    return name, content, {"numbers": list(numbers), "left_out": [], **more}


def bad(name: str, data: bytes | str, error: str, **more: object) -> Case:
    """Return a file that is refused; `kind` or `why` say how."""
    return name, data.encode() if isinstance(data, str) else data, {"error": error, **more}


def texts() -> Iterator[Case]:
    """Yield plain lists in many encodings, with line ends and BOMs."""
    yield fine("plain.txt", PLAIN, A, B)
    yield fine("crlf.txt", PLAIN.replace("\n", "\r\n"), A, B)
    yield fine("cr.txt", PLAIN.replace("\n", "\r"), A, B)
    yield fine("no-end.txt", PLAIN.strip(), A, B)
    yield fine("bom.txt", codecs.BOM_UTF8 + PLAIN.encode(), A, B)
    yield fine("nul.txt", PLAIN.replace("\n", "\x00\n"), A, B)
    for name in ("utf-16", "utf-16-le", "utf-16-be", "utf-32"):
        yield fine(f"{name}.txt", PLAIN.encode(name), A, B)
    words = {"cp1251": "Телефон", "koi8-r": "Телефон", "cp866": "Телефон", "cp1252": "Téléphone"}
    words |= {
        "gb18030": "手机号码",
        "shift_jis": "電話番号",
        "big5": "電話號碼",
        "euc-kr": "전화번호",
    }
    words |= {"cp1254": "Telefon numarası", "cp1256": "هاتف", "cp1253": "τηλέφωνο"}
    for name, word in words.items():
        yield fine(f"{name}.txt", f"{word}\n{PLAIN}".encode(name), A, B)
    yield fine("wrong-name.jpg", PLAIN, A, B)
    yield fine("csv-named.xlsx", csv(TABLE), A, B)
    yield fine("one-line.txt", f"{A}, {B}; {C}", A, B, C)


def damages() -> Iterator[Case]:
    """Yield numbers damaged by spreadsheets and people, and links with numbers in them."""
    lost = {"left_out": [[2, "digits_lost"]]}
    yield fine("float.txt", f"{B}\n79876543210.0\n", B, A)
    yield fine("power-lost.txt", f"{B}\n4.41E+11\n", B, **lost)
    yield fine("power-comma.txt", f"{B}\n9,19877E+11\n", B, **lost)
    yield fine("power-short.txt", f"{B}\n7.9876543210E+12\n", B, **lost)
    yield fine("power-whole.txt", f"{B}\n4.47400123456E+11\n", B, C)
    yield fine("apostrophe.txt", f"'{A}\n`{B}\n", A, B)
    yield fine("zero-formula.txt", f'="{A}"\n{B}\n', A, B)
    yield fine("lost-plus.txt", "79876543210\n4930901820\n", A, B)
    yield fine("arabic.txt", "٧٩٨٧٦٥٤٣٢١٠\n", A)
    yield fine("persian.txt", "+۷۹۸۷۶۵۴۳۲۱۰\n", A)
    yield fine("devanagari.txt", "७९८७६५४३२१०\n", A)
    yield fine("full-width.txt", "＋７９８７６５４３２１０\n", A)
    yield fine("marks.txt", f"\u202a{A}\u202c\n\u200e{B}\u200f\n\u2060\n", A, B)
    yield fine("extension.txt", f"{A} ext. 12\n{B}x3\n", A, B)
    yield fine("tel.txt", f"tel:{A}\ntel:+49-30-901820;ext=12\n", A, B)
    yield fine("wa.txt", f"https://wa.me/{C[1:]}\nwa.me/{A[1:]}?text=Hi%20123\n", C, A)
    yield fine("wa-send.txt", f"https://api.whatsapp.com/send?phone={C[1:]}&text=1\n", C)
    yield fine("tg.txt", f"tg://resolve?phone={C[1:]}\nhttps://t.me/{A}\n", C, A)
    user = f"{A}\nhttps://t.me/anna79876543211\nhttps://t.me/joinchat/79876543211\n"
    yield fine("t-me-name.txt", user, A, left_out=[[2, "not_a_number"], [3, "not_a_number"]])
    yield fine("national.txt", "8 987 654 32 10\n", A, region="RU")


def tables() -> Iterator[Case]:
    """Yield csv files and workbooks: which column, which country, which rows."""
    for name, delimiter in (("comma", ","), ("semicolon", ";"), ("tab", "\t"), ("pipe", "|")):
        yield fine(f"{name}.csv", csv(TABLE, delimiter), A, B)
    quoted = f'Name;Phone\n"A;b ""c""";"{A}"\n"x";"{B}"\n'
    yield fine("quoted.csv", quoted, A, B)
    two = [["Name", "Phone 1", "Phone 2"], ["Anna", A, B], ["Boris", C, C]]
    yield bad("two-columns.csv", csv(two), "SeveralColumns", places=[1, 2])
    yield fine("two-columns-second.csv", csv(two), B, C, column=2)
    yield fine("two-columns-all.csv", csv(two), A, B, C, column=-1)
    ids = [["id", "{}"], ["79876543211", A], ["79876543212", B]]
    heads = "телефон 电话 telefon móvil celular téléphone Handy cellulare هاتف شماره मोबाइल "
    heads += "nomor điện_thoại телефон telefon 携帯 휴대폰"
    for number, head in enumerate(heads.split()):
        rows = [[cell.format(head.replace("_", " ")) for cell in row] for row in ids]
        yield fine(f"header-{number}.csv", csv(rows), A, B)
    lands = [["Phone", "{}"], ["8 987 654 32 10", "{}"], ["030 901820", "{}"], [C, "?"]]
    for number, words in enumerate(
        ("country Russia Germany", "страна Россия Германия", "国家 俄罗斯 德国", "ülke RU DE")
    ):
        filled = iter(words.split())
        rows = [
            [cell.format(next(filled)) if cell == "{}" else cell for cell in row] for row in lands
        ]
        yield fine(f"countries-{number}.csv", csv(rows), A, B, C)


def workbooks() -> Iterator[Case]:
    """Yield workbooks as people have them."""
    numbers = [["Name", "Phone"], ["Anna", int(A)], ["Boris", B], ["Clara", "4.41E+11"]]
    yield fine("numbers.xlsx", xlsx(S=numbers), A, B, left_out=[[4, "digits_lost"]])
    yield fine("renamed.txt", xlsx(S=TABLE), A, B)
    yield fine("blank-rows.xlsx", xlsx(S=[[], [], *TABLE, [], ["x", "n/a"]]), A, B,
               left_out=[[7, "not_a_number"]])  # fmt: skip
    yield fine("sheets.xlsx", xlsx(May=TABLE, Empty=[], Notes=[["a"], ["b"]], June=[[C]]), A, B, C)
    yield bad("empty.xlsx", xlsx(S=[]), "EmptyFile")
    yield bad("words.xlsx", xlsx(S=[["a", "b"], ["c", "d"]]), "NoNumbers")
    yield fine("lower-case.xlsx", bare_xlsx(f'<row><c r="a1"><v>{A[1:]}</v></c></row>'), A)
    yield fine("no-places.xlsx", bare_xlsx(f"<row><c><v>{A[1:]}</v></c></row>"), A)
    yield fine("small.ods", ods(ods_row(ods_cell("Phone")) + ods_row(ods_cell(A))), A)
    blank = ods_row("<table:table-cell/>", about='table:number-rows-repeated="1048000"')
    yield fine("blank-end.ods", ods(ods_row(ods_cell(A)) + blank), A)
    cells = "".join(f"<tr><td>{name}</td><td>{number}</td></tr>" for name, number in TABLE)
    yield fine("page-table.xls", f"<html><style>td {{}}</style><table>{cells}</table>", A, B)
    yield fine("page-open.xls", f"<table><tr><th>Phone<tr><td>{A}<br><tr><td>&#43;{B[1:]}", A, B)
    spread = '<?xml version="1.0"?><Workbook xmlns:ss="urn:x"><Table><Row>'
    spread += (
        f'<Cell ss:Index="3"><Data ss:Type="Number">{A[1:]}</Data></Cell></Row></Table></Workbook>'
    )
    yield fine("old-xml.xls", spread, A)
    card = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Anna\r\nTEL;TYPE=CELL:{}\r\nEND:VCARD\r\n"
    yield fine("book.vcf", card.format(A) + card.format(B), A, B)
    yield fine("book-utf-16.vcf", (card.format(A) + card.format(B)).encode("utf-16"), A, B)


def hostile() -> Iterator[Case]:
    """Yield files that are no lists, or are harmful."""
    yield bad("empty.txt", "", "EmptyFile")
    yield bad("blank.txt", " \n\t\n", "EmptyFile")
    yield bad("words.txt", "hello\nworld\n", "NoNumbers")
    yield bad("binary.txt", bytes(range(1, 32)) * 9, "NotAList", kind="unknown")
    yield bad("picture.csv", b"\x89PNG\r\n\x1a\n+79876543210", "NotAList", kind="image")
    yield fine("page.xls", f"<html><p>{A}</html>", A)
    yield bad("page-words.xls", "<html><p>Log in</html>", "NotAList", kind="html")
    yield bad("broken-utf-16.txt", codecs.BOM_UTF16_LE + b"\x00\xdc" * 99, "Undecodable")
    corner = '<row r="1"><c r="A1"><v>1</v></c></row><row r="{}"><c r="{}"><v>1</v></c></row>'
    yield bad("corner.xlsx", bare_xlsx(corner.format(1048576, "XFD1048576")), "TooLarge")
    yield bad("far.xlsx", bare_xlsx(corner.format(2, "ZZZZZ2")), "TooLarge")
    yield bad("deep.xlsx", bare_xlsx(corner.format(10**10, f"A{10**10}")), "TooLarge")
    hidden = '<row r="1048576"><c s="0" r="XFD1048576"><v>1</v></c></row>'
    yield bad("hidden.xlsx", bare_xlsx(corner.format(2, "A2") + hidden), "TooLarge")
    texts = '<sst uniqueCount="4000000000"><si><t>a</t></si></sst>'
    yield bad("texts.xlsx", bare_xlsx("", sharedStrings=texts), "HarmfulFile", why="size")
    yield bad("cut.xlsx", xlsx(S=TABLE)[:-300], "BrokenFile")
    wide = ods_row(ods_cell("a", 'table:number-columns-repeated="9000"'))
    yield bad("wide.ods", ods(wide), "TooLarge")
    yield bad("dense.ods", ods(ods_row(ods_cell("a", 'table:number-columns-repeated="1000"'),
              about='table:number-rows-repeated="900000"')), "TooLarge")  # fmt: skip
    yield bad("locked.ods", ods("", "<m:encryption-data/>"), "NotAList", kind="protected")
    endless = "<table><tr><td " + "a " * 800_000
    yield bad("endless.zip", zipped({"a.xls": endless}), "NotAList", kind="html")
    yield bad("up.zip", zipped({"../a.txt": PLAIN}), "HarmfulFile", why="names")
    yield bad("nested.zip", zipped({"a.zip": zipped({"a": PLAIN})}), "HarmfulFile", why="nested")
    yield bad("locked.zip", locked({"a.txt": PLAIN}), "NotAList", kind="protected")
    yield bad("pictures.zip", zipped({"a.jpg": b"\xff\xd8\xff\xe0"}), "NotAList", kind="image")
    lists = {"a.txt": A, "b/c.xlsx": xlsx(S=TABLE), "d.jpg": b"\xff\xd8\xff\xe0"}
    yield fine("lists.zip", zipped(lists), A, B)


def cases() -> Iterator[Case]:
    """Return all cases."""
    for made in (texts, damages, tables, workbooks, hostile):
        yield from made()
    kept = {"old.xls": {"numbers": [A, B], "left_out": [[5, "not_a_number"]]}}
    refused = {"locked.xlsx": {"error": "NotAList", "kind": "protected"}}
    for name, expected in {**kept, **refused}.items():
        yield name, (FOLDER / name).read_bytes(), dict(expected)


def main() -> None:
    """Write the files and their expected contents."""
    expected = {}
    for name, data, what in cases():
        (FOLDER / name).write_bytes(data)
        expected[name] = what
    text = json.dumps(expected, ensure_ascii=False, indent=1)
    (FOLDER / "expected.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
