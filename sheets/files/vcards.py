"""Phone books: vCard 2.1, 3.0 and 4.0 (RFC 2426, RFC 6350).

Broken cards are common, so a card is simply all lines between two BEGIN lines.
"""

import quopri

import polars as pl

from sheets.files.allowance import Allowance
from sheets.files.documents import lines_of
from sheets.files.encodings import declared

HEADER = ("Name", "Number")

_PROPERTY = r"^\s*(?:[^\s.:;]+\.)?(?i:(BEGIN|TEL|FN|N))((?:;(?:\"[^\"]*\"|[^:\"])*)?):(.*)$"


def read(data: bytes, allowance: Allowance | None = None) -> pl.DataFrame:
    r"""Read a phone book.

    Returns:
        String columns c0 (name, null for a card without one) and c1 (number): a header, then
        one row per TEL, in order.

    Raises:
        Undecodable: declares an encoding and breaks it.
        TooLarge: more lines than may still be read.
    """
    text = pl.col("text")
    lines = _unfolded(lines_of(data, allowance)).to_frame("text").with_row_index("line")
    parts = text.str.extract_groups(_PROPERTY)
    frame = lines.with_columns(parts.alias("parts")).unnest("parts")
    frame = frame.rename({"1": "key", "2": "about", "3": "value"}).drop_nulls("key")
    frame = frame.with_columns(pl.col("key").str.to_uppercase())
    frame = frame.with_columns(card=(pl.col("key") == "BEGIN").cum_sum())
    numbers = frame.filter(pl.col("key") == "TEL").select("card", "value", "about")
    names = frame.filter(pl.col("key").is_in(["FN", "N"]))
    names = names.with_columns(_decoded(names)).filter(pl.col("value").str.contains(r"[^\s;]"))
    names = names.sort("card", pl.col("key") == "N", maintain_order=True).unique(
        "card", keep="first", maintain_order=True
    )
    tidy = pl.col("value").str.replace_all(r"\s*;[\s;]*", " ").str.strip_chars()
    name = pl.when(pl.col("key") == "N").then(tidy).otherwise(pl.col("value"))
    names = names.select("card", name=name.str.replace_all(r"\\(.)", "${1}"))
    rows = numbers.with_columns(_decoded(numbers)).join(
        names, on="card", how="left", maintain_order="left"
    )
    head = pl.DataFrame({"c0": [HEADER[0]], "c1": [HEADER[1]]})
    return pl.concat([head, rows.select(c0="name", c1=pl.col("value").str.strip_chars())])


def _unfolded(lines: pl.Series) -> pl.Series:
    """Join continued lines: folded ones, and soft breaks of quoted-printable."""
    text = pl.col("text")
    before = text.shift(1).fill_null("")
    soft = before.str.ends_with("=") & before.str.contains("(?i)QUOTED-PRINTABLE|^[^:]*=$")
    # Only inside a value that began as quoted-printable; base64 of pictures ends with = too.
    quoted = text.str.contains(r"(?i)^[^:]*;[^:]*QUOTED-PRINTABLE[^:]*:")
    frame = lines.to_frame("text").with_columns(
        folded=text.str.contains(r"^[ \t]"),
        soft=soft | (before.str.ends_with("=") & ~text.str.contains(r"^[\w.\-]+[:;]")),
        quoted=quoted,
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
    """Return the values, with quoted-printable ones decoded."""
    quoted = frame["about"].str.contains("(?i)QUOTED-PRINTABLE").fill_null(value=False)
    if not quoted.any():
        return frame["value"]
    charset = frame["about"].str.extract(r"(?i)CHARSET=\"?([\w\-]+)")
    values = frame["value"].to_list()
    for place in quoted.arg_true().to_list():
        raw = quopri.decodestring(values[place].encode("utf-8", "replace"))
        values[place] = raw.decode(declared(charset[place]), "replace").replace("\x00", "")
    return pl.Series("value", values, dtype=pl.String)
