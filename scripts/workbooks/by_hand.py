"""Workbooks that no program at hand writes, made part by part."""

import io
import zipfile
from collections.abc import Iterator

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_OFFICE_STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-package"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_DAY = (2026, 1, 2, 0, 0, 0)
_NUMBERS = [f"4474001234{place:02}" for place in range(6)]


def workbooks() -> Iterator[tuple[str, bytes]]:
    """Yield names and workbooks."""
    plain = "".join(
        f'<row r="{place}"><c r="A{place}"><v>{number}</v></c></row>'
        for place, number in enumerate(_NUMBERS, 2)
    )
    head = '<row r="1" spans="1:1"><c r="A1" t="inlineStr"><is><t>Phone</t></is></c></row>'
    yield "hand-plain.xlsx", _book(head + plain)
    yield "hand-strict.xlsx", _book(head + plain, strict=True)
    unplaced = "".join(f"<row><c><v>{number}</v></c><c><v>7</v></c></row>" for number in _NUMBERS)
    yield "hand-no-places.xlsx", _book(unplaced)
    yield "hand-prefix.xlsx", _book(_prefixed(head + plain), prefix="x:")
    blank = "".join(
        f'<row r="{place}"><c r="A{place}" s="1"><v>{number}</v></c>'
        + "".join(f'<c r="{letter}{place}" s="1"/>' for letter in "BCDEFGHIJKLMNOPQRSTUVWXYZ")
        + "</row>"
        for place, number in enumerate(_NUMBERS, 2)
    )
    blank += "".join(f'<row r="{place}"/>' for place in range(8, 30))
    yield "hand-blank-cells.xlsx", _book(head + blank)
    cols = '<cols><col min="1" max="1" width="20"/><col min="2" max="16384" width="9"/></cols>'
    yield "hand-all-columns.xlsx", _book(head + plain, before=cols)
    yield "hand-comment.xlsx", _book(head + plain + "<!-- <row> -->")
    signature = {"_xmlsignatures/origin.sigs": "", "_xmlsignatures/sig1.xml": "<Signature/>"}
    yield "hand-signed.xlsx", _book(head + plain, more=signature)


def _prefixed(xml: str) -> str:
    return xml.replace("</", "\0").replace("<", "<x:").replace("\0", "</x:")


def _book(
    rows: str,
    *,
    before: str = "",
    prefix: str = "",
    strict: bool = False,
    more: dict[str, str] | None = None,
) -> bytes:
    main, office = (_STRICT, _OFFICE_STRICT) if strict else (_MAIN, _OFFICE)
    name = f"xmlns:{prefix.rstrip(':')}" if prefix else "xmlns"
    p = prefix
    relation = '<Relationship Id="rId{}" Type="{}/{}" Target="{}"/>'
    relations = f'<Relationships xmlns="{_PACKAGE}/relationships">{{}}</Relationships>'
    fill = '<fill><patternFill patternType="{}"/></fill>'
    members = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        f'<Default Extension="rels" ContentType="{_TYPE}.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Default Extension="sigs" ContentType="{_TYPE}.digital-signature-origin"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_KIND}.worksheet+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_KIND}.styles+xml"/></Types>',
        "_rels/.rels": relations.format(
            relation.format(1, office, "officeDocument", "xl/workbook.xml")
        ),
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>'
        '<sheet name="List" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relations.format(
            relation.format(1, office, "worksheet", "worksheets/sheet1.xml")
            + relation.format(2, office, "styles", "styles.xml")
        ),
        "xl/worksheets/sheet1.xml": f'<?xml version="1.0"?>\n<{p}worksheet {name}="{main}">'
        f"{before}<{p}sheetData>{rows}</{p}sheetData></{p}worksheet>",
        "xl/styles.xml": f'<styleSheet xmlns="{main}"><fonts count="1"><font><sz val="11"/>'
        f'</font></fonts><fills count="2">{fill.format("none")}{fill.format("gray125")}</fills>'
        '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
        "</cellStyleXfs>"
        '<cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
        '<xf numFmtId="1" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
        "</styleSheet>",
        **(more or {}),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for member, content in members.items():
            archive.writestr(zipfile.ZipInfo(member, _DAY), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()
