"""The result files of pretend services: an answer per number, packed as the service packs it."""

import hashlib
import io
import zipfile
from collections.abc import Iterator, Sequence
from html import escape

WORKBOOK_MAX = 20_000
"""Most rows with which the zip has a result.xlsx next to all.csv."""

COLUMNS: dict[str, tuple[str, ...]] = {
    "tg_active": ("Number", "telegram_days"),
    "band": ("Number", "band"),
    "active_check": ("Number", "ActiveStatus"),
    "wa_detail": ("Number", "whatsapp", "signature", "status_update"),
}
"""The columns of each task type; other types answer in `activated`."""

MORE_TYPES = (
    *("tg", "ws", "ws_active", "viber", "line", "zalo", "signal", "rcs", "imessage"),
    *("vk", "max", "facebook", "instagram", "phoneCheck", "usaCarrier"),
)
"""What both services check besides, in the same flow."""

_ANSWERS: dict[str, Sequence[str]] = {
    "tg_active": ("1", "1", "1", "7", "7", "30", "30", "N/A", "N/A", "N/A"),
    "band": ("yes", "no", "no"),
    "active_check": ("active", "active", "active", "inactive", "inactive", "unknown"),
    "wa_detail": ("yes", "yes", "yes", "no", "no"),
    "usaCarrier": ("Verizon Wireless", "T-Mobile USA", "AT&T Mobility", "unknown"),
}
_OTHER = ("yes", "no")
_SIGNATURES = (
    "Hey there! I am using WhatsApp.",
    "Hey there! I am using WhatsApp.",
    "At work",
    "Available",
    "Только WhatsApp, не звоните",
    "只在晚上回复",
    "Ölçüde, ahenkte & sevgide",
    "+1 for a coffee ☕",
    "<b>Sale</b> & more",
    "مشغول",
    "",
)
_STAMP = (2025, 11, 21, 8, 27, 10)
_SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_WORKBOOK_PARTS = {
    "[Content_Types].xml": (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_KIND}.worksheet+xml"/>'
        "</Types>"
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_LINKS}/officeDocument" Target="xl/workbook.xml"/>'
        "</Relationships>"
    ),
    "xl/workbook.xml": (
        f'<workbook xmlns="{_SHEET}" xmlns:r="{_LINKS}"><sheets>'
        '<sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>'
    ),
    "xl/_rels/workbook.xml.rels": (
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_LINKS}/worksheet" Target="worksheets/sheet1.xml"/>'
        "</Relationships>"
    ),
}

Rows = Sequence[tuple[str, ...]]


def answer(task_type: str, number: str, seed: int) -> str:
    """Draw the answer for a number; deterministic for a number and seed."""
    answers = _ANSWERS.get(task_type, _OTHER)
    return answers[_draw(task_type, number, seed) % len(answers)]


def rows(
    task_type: str, numbers: Sequence[str], seed: int, known: dict[str, str]
) -> Iterator[tuple[str, ...]]:
    """Yield the result rows; `known` answers override drawn ones."""
    for number in numbers:
        word = known.get(number) or answer(task_type, number, seed)
        if task_type != "wa_detail":
            yield number, word
        elif word == "yes":
            drawn = _draw("signature", number, seed)
            day = f"20{20 + drawn % 6}-{1 + drawn % 12:02}-{1 + drawn % 28:02}"
            yield number, word, _SIGNATURES[drawn % len(_SIGNATURES)], day
        else:
            yield number, word, "", ""


def result_file(task_type: str, numbers: Sequence[str], seed: int, known: dict[str, str]) -> bytes:
    """Build the file of a finished task: an .xlsx for WhatsApp details, else a zip."""
    header = COLUMNS.get(task_type, ("Number", "activated"))
    table = [header, *rows(task_type, numbers, seed, known)]
    if task_type == "wa_detail":
        return workbook(table)
    members = {"all.csv": "".join(f"{','.join(row)}\r\n" for row in table).encode()}
    if len(numbers) <= WORKBOOK_MAX:
        members["result.xlsx"] = workbook(table)
    return packed(members)


def workbook(table: Rows) -> bytes:
    """Write rows of texts as an .xlsx with one sheet."""
    lines = []
    for index, row in enumerate(table, 1):
        cells = "".join(
            f'<c r="{column}{index}" t="inlineStr"><is><t>{escape(value, quote=False)}</t></is></c>'
            for column, value in zip("ABCDEFGH", row, strict=False)
        )
        lines.append(f'<row r="{index}">{cells}</row>')
    data = f"<sheetData>{''.join(lines)}</sheetData>"
    sheet = f'<worksheet xmlns="{_SHEET}">{data}</worksheet>'
    parts = {**_WORKBOOK_PARTS, "xl/worksheets/sheet1.xml": sheet}
    return packed({name: (_HEAD + text).encode() for name, text in parts.items()})


def packed(members: dict[str, bytes]) -> bytes:
    """Pack members into a zip with reproducible bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            info = zipfile.ZipInfo(name, _STAMP)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, data, compresslevel=1)
    return buffer.getvalue()


def _draw(what: str, number: str, seed: int) -> int:
    digest = hashlib.blake2b(f"{what} {number} {seed}".encode(), digest_size=6).digest()
    return int.from_bytes(digest, "big")
