"""Phone books: vCard 2.1, 3.0 and 4.0 (RFC 2426, RFC 6350).

Broken cards are common, so a card is simply all lines between two BEGIN lines.
"""

import base64
import binascii
import quopri
from urllib.parse import unquote

import polars as pl

from sheets.files.allowance import Allowance
from sheets.files.documents import lines_of, split_lines
from sheets.files.encodings import declared

HEADER = ("Name", "Number", "Fax")
"""The last one only where a card has one."""

_KEYS = r"(?i:(BEGIN|TEL|FN|N|NICKNAME|ORG))"
_PROPERTY = rf"^\s*(?:[^\s.:;]+\.)?{_KEYS}\s*((?:;(?:\"[^\"]*\"|[^:\"])*)?):(.*)$"
_NAMES = ("FN", "N", "NICKNAME", "ORG")  # the first that is written
# Lines that begin a property, whatever the line before looks like.
_BEGINS = r"^(?:[\w\-]+\.)?(?i:(?:TEL|BEGIN|END)\s*[;:])"
_ESCAPED = r":.*=[0-9A-Fa-f]{2}"
_QUOTED = r"(?i)^[^:]*;[^:]*QUOTED-PRINTABLE[^:]*:"
_FAX = r"(?i)[;,=](?:\w+_)?(?:FAX|PAGER)\b"
_CALLED = r"(?i)[;,=](?:CELL|VOICE|IPHONE|MAIN)\b"
_GLUED = r"(?i)(END\s*:\s*VCARD)[ \t\x{FEFF}]*(BEGIN\s*:)"
# A card in one line, as codes on paper have them.
_IN_LINE = r"(?i)^\s*BEGIN\s*:\s*VCARD(?:\s|\\n|\\r)*\w"
_NEXT = (
    r"(?:\\r)?\\n|\s+((?:item\d+\.)?(?i:VERSION|N|FN|TEL|EMAIL|ADR|ORG|TITLE|URL|NOTE|END|BEGIN)"
    r"(?:;[^:\s]*)?:)"
)
_BEGINNING = 100  # lines above the first card
_LOCAL = r"(?i)^tel:([^;+]+);(?:.*;)?phone-context=(\+\d{1,4})"
_ADDRESS = r"(?i)^(?:sips?|whatsapp|callto|msisdn):/*([^@;]+).*$"


def read(data: bytes, allowance: Allowance | None = None) -> pl.DataFrame:
    r"""Read a phone book.

    Returns:
        String columns c0 (name, null for a card without one), c1 (number) and, if there is one, c2
        (number of a fax or pager): a header, then one row per TEL, in order.

    Raises:
        Undecodable: declares an encoding and breaks it.
        TooLarge: more lines than may still be read.
    """
    text = pl.col("text")
    lines = _unfolded(_parted(lines_of(data, allowance))).to_frame("text").with_row_index("line")
    parts = text.str.extract_groups(_PROPERTY)
    frame = lines.with_columns(parts.alias("parts")).unnest("parts")
    frame = frame.rename({"1": "key", "2": "about", "3": "value"}).drop_nulls("key")
    frame = frame.with_columns(pl.col("key").str.to_uppercase())
    frame = frame.with_columns(card=(pl.col("key") == "BEGIN").cum_sum())
    numbers = frame.filter(pl.col("key") == "TEL").select("card", "value", "about")
    names = _names(frame.filter(pl.col("key").is_in(_NAMES)))
    numbers = numbers.with_columns(_dialled(_decoded(numbers)))
    rows = numbers.join(names, on="card", how="left", maintain_order="left")
    about = pl.col("about")
    fax = about.str.contains(_FAX) & ~about.str.contains(_CALLED)
    number = pl.col("value").str.strip_chars()
    rows = rows.select(c0="name", c1=pl.when(~fax).then(number), c2=pl.when(fax).then(number))
    head = pl.DataFrame({f"c{at}": [name] for at, name in enumerate(HEADER)})
    book = pl.concat([head, rows])
    return book if rows["c2"].count() else book.drop("c2")


def _parted(lines: pl.Series) -> pl.Series:
    """Give each property a line: of cards that are indented, glued together, or in one line."""
    first = next((line for line in lines.head(_BEGINNING) if line.strip("\ufeff \t")), "")
    indent = first[: len(first) - len(first.lstrip(" \t"))]
    text = pl.col("text")
    frame = lines.to_frame("text").select(text.str.strip_prefix(indent).str.strip_prefix("\ufeff"))
    glued, in_line = text.str.contains(_GLUED), text.str.contains(_IN_LINE)
    if not frame.select((glued | in_line).any()).item():
        return frame["text"]
    frame = frame.with_columns(
        pl.when(glued).then(text.str.replace_all(_GLUED, "$1\n$2")).otherwise(text)
    )
    parted = pl.when(in_line).then(text.str.replace_all(_NEXT, "\n$1")).otherwise(text)
    return split_lines(["\n".join(frame.select(parted).to_series())])


def _names(names: pl.DataFrame) -> pl.DataFrame:
    """Return the name of each card that has one."""
    names = names.with_columns(_decoded(names)).filter(pl.col("value").str.contains(r"[^\s;]"))
    order = pl.col("key").replace_strict(_NAMES, range(len(_NAMES)), return_dtype=pl.Int8)
    names = names.sort("card", order, maintain_order=True)
    names = names.unique("card", keep="first", maintain_order=True)
    tidy = pl.col("value").str.replace_all(r"\s*;[\s;]*", " ").str.strip_chars()
    name = (
        pl.when(pl.col("key").is_in(["N", "ORG"]))
        .then(tidy)
        .otherwise(pl.col("value").str.strip_chars())
    )
    return names.select("card", name=name.str.replace_all(r"\\(.)", "${1}"))


def _dialled(values: pl.Series) -> pl.Series:
    """Return numbers as people write them, where they stand in an address (RFC 3966)."""
    value = pl.col("value")
    plain = value.str.replace_all(r"\\(.)", "${1}").str.strip_chars()
    plain = plain.str.replace(_LOCAL, "${2} ${1}").str.replace(_ADDRESS, "${1}")
    frame = values.to_frame("value").select(plain)
    coded = frame["value"].str.contains("%[0-9A-Fa-f]{2}").fill_null(value=False).arg_true()
    if coded.is_empty():
        return frame["value"]
    texts = [unquote(text) for text in frame["value"].gather(coded)]
    return frame["value"].scatter(coded, pl.Series(texts, dtype=pl.String))


def _unfolded(lines: pl.Series) -> pl.Series:
    """Join continued lines: folded ones, and soft breaks of quoted-printable."""
    text = pl.col("text")
    before = text.shift(1).fill_null("")
    soft = before.str.ends_with("=") & before.str.contains("(?i)QUOTED-PRINTABLE|^[^:]*=$")
    # A property of its own, and not a line of a note that speaks of one. Some phones end a value
    # with a break that nothing follows, and base64 of pictures ends with = too.
    begins = text.str.contains(_BEGINS) & (
        text.str.contains(_QUOTED) | ~text.str.contains(_ESCAPED)
    )
    frame = lines.to_frame("text").with_columns(
        folded=text.str.contains(r"^[ \t]"),
        soft=~begins & (soft | (before.str.ends_with("=") & ~text.str.contains(r"^[\w.\-]+[:;]"))),
        quoted=text.str.contains(_QUOTED),
    )
    goes_on = pl.col("folded") | pl.col("soft")
    if not frame.select(goes_on.any()).item():
        return lines
    frame = frame.with_columns(start=(~goes_on).cum_sum())
    piece = pl.when("folded").then(text.str.slice(1)).otherwise(text)
    frame = frame.with_columns(piece=piece)
    ends = pl.col("quoted").any().over("start") & pl.col("soft").shift(-1).fill_null(value=False)
    bare = pl.when(ends).then(pl.col("piece").str.strip_suffix("=")).otherwise(pl.col("piece"))
    frame = frame.with_columns(piece=bare)
    return frame.group_by("start", maintain_order=True).agg(pl.col("piece").str.join(""))["piece"]


def _decoded(frame: pl.DataFrame) -> pl.Series:
    """Return the values, with those decoded that are quoted-printable or base64."""
    about = frame["about"]
    quoted = about.str.contains("(?i)QUOTED-PRINTABLE").fill_null(value=False)
    packed = about.str.contains(r"(?i)ENCODING=\"?B(?:ASE64)?\b|;BASE64\b").fill_null(value=False)
    if not (quoted | packed).any():
        return frame["value"]
    charset = about.str.extract(r"(?i)CHARSET=\"?([\w\-]+)")
    values = frame["value"].to_list()
    for place in (quoted | packed).arg_true().to_list():
        raw = values[place].encode("utf-8", "replace")
        try:
            raw = quopri.decodestring(raw) if quoted[place] else base64.b64decode(raw)
        except binascii.Error:
            continue
        values[place] = raw.decode(declared(charset[place]), "replace").replace("\x00", "")
    return pl.Series("value", values, dtype=pl.String)
