"""What is not as it was in a workbook that came back.

Knows nothing of how it was made: it reads both packages with Python's own parsers, and compares all
parts. Added are only cells, their styles and widths, and what filters and tables reach over.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

_MAIN = ("{http://schemas.openxmlformats.org/spreadsheetml/2006/main}",
         "{http://purl.oclc.org/ooxml/spreadsheetml/main}")  # fmt: skip
_REF = re.compile(r"\$?([A-Z]+)\$?([0-9]+)")


@dataclass
class Compared:
    """What was lost or changed, in words, and the cells that were added, by sheet part."""

    lost: list[str] = field(default_factory=list)
    added: dict[str, dict[str, str]] = field(default_factory=dict)


def compare(before: bytes, after: bytes) -> Compared:
    """Compare two packages."""
    found = Compared()
    old, new = _parts(before), _parts(after)
    if list(old) != list(new):
        found.lost.append(f"parts: {sorted(set(old) ^ set(new))}")
    for name in old.keys() & new.keys():
        if old[name] == new[name]:
            continue
        if not name.endswith(".xml"):
            found.lost.append(f"{name}: other bytes")
            continue
        one, other = ET.fromstring(old[name]), ET.fromstring(new[name])  # noqa: S314 - our corpus
        match _tag(one):
            case "worksheet":
                found.added[name] = _added(one, other)
                _sheet(name, one, other, found)
            case "styleSheet":
                _longer(name, one, other, found, {"fills", "cellXfs"})
            case "table":
                _longer(name, one, other, found, {"tableColumns"}, refs=True)
            case "workbook":
                _book(name, one, other, found)
            case kind:
                found.lost.append(f"{name}: a {kind} was changed")
    return found


def _parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {each: archive.read(each) for each in archive.namelist() if not each.endswith("/")}


def _tag(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]


def _same(one: ET.Element, other: ET.Element) -> bool:
    texts = (ET.canonicalize(ET.tostring(each, "unicode")) for each in (one, other))
    return next(texts).strip() == next(texts).strip()


def _cells(sheet: ET.Element) -> Iterator[tuple[str, ET.Element]]:
    row = column = 0
    for element in sheet.iter():
        if _tag(element) == "row":
            row, column = int(element.get("r", row + 1)), 0
        elif _tag(element) == "c":
            ref = _REF.fullmatch(element.get("r", ""))
            column = _number(ref[1]) if ref else column + 1
            yield f"{column}:{ref[2] if ref else row}", element


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _text(cell: ET.Element) -> str:
    return "".join(cell.itertext())


def _added(one: ET.Element, other: ET.Element) -> dict[str, str]:
    filled = {place for place, cell in _cells(one) if len(cell)}
    return {
        place: _text(cell) for place, cell in _cells(other) if place not in filled and len(cell)
    }


def _sheet(name: str, one: ET.Element, other: ET.Element, found: Compared) -> None:
    new = dict(_cells(other))
    ours = {int(place.partition(":")[0]) for place in found.added[name]}
    for place, cell in _cells(one):
        if place not in new:
            if len(cell) or int(place.partition(":")[0]) not in ours:
                found.lost.append(f"{name}: cell {place}")
        elif not _same(cell, new[place]) and (len(cell) or place not in found.added[name]):
            found.lost.append(f"{name}: cell {place} is another")
    rows = [
        [
            {k: v for k, v in each.attrib.items() if k != "spans"}
            for each in sheet.iter()
            if _tag(each) == "row"
        ]
        for sheet in (one, other)
    ]
    if rows[0] != rows[1]:
        found.lost.append(f"{name}: rows")
    if {k: v for k, v in _columns(one).items() if k not in ours} != {
        k: v for k, v in _columns(other).items() if k not in ours
    }:
        found.lost.append(f"{name}: widths or styles of columns")
    loose = {"sheetData", "dimension", "cols", "autoFilter"}
    kept = [[each for each in sheet if _tag(each) not in loose] for sheet in (one, other)]
    if len(kept[0]) != len(kept[1]) or not all(map(_same, *kept)):
        found.lost.append(f"{name}: something around the rows")
    _filters(name, one, other, found)


def _filters(name: str, one: ET.Element, other: ET.Element, found: Compared) -> None:
    filters = [[each for each in sheet if _tag(each) == "autoFilter"] for sheet in (one, other)]
    for old, wider in zip(*filters, strict=False):
        if not _reaches(old.get("ref", ""), wider.get("ref", "")) or not all(
            map(_same, old, wider)
        ):
            found.lost.append(f"{name}: its filter")
    if len(filters[0]) > len(filters[1]):
        found.lost.append(f"{name}: no filter")


def _columns(sheet: ET.Element) -> dict[int, dict[str, str]]:
    found: dict[int, dict[str, str]] = {}
    for each in sheet.iter():
        if _tag(each) == "col":
            about = dict(each.attrib)
            low, high = int(about.pop("min")), int(about.pop("max"))
            for place in range(low, high + 1):
                assert place not in found, "columns that overlap"
                found[place] = about
    return found


def _reaches(old: str, new: str) -> bool:
    """Tell whether an area only became wider."""
    first, last = (_REF.findall(each) for each in (old, new))
    same = first[0] == last[0] and first[-1][1] == last[-1][1]
    return same and _number(first[-1][0]) <= _number(last[-1][0])


def _longer(
    name: str,
    one: ET.Element,
    other: ET.Element,
    found: Compared,
    lists: set[str],
    *,
    refs: bool = False,
) -> None:
    """Hold lists against longer ones; with refs, areas may be wider."""
    if refs and not _reaches(one.get("ref", ""), other.get("ref", "")):
        found.lost.append(f"{name}: its area")
    pairs = zip(one, other, strict=False)
    for old, new in pairs:
        if _tag(old) in lists:
            if not all(_same(*each) for each in zip(old, new, strict=False)) or len(new) < len(old):
                found.lost.append(f"{name}: {_tag(old)}")
            if new.get("count") not in {None, str(len(new))}:
                found.lost.append(f"{name}: the count of {_tag(old)}")
        elif refs and _tag(old) == "autoFilter":
            if not _reaches(old.get("ref", ""), new.get("ref", "")) or not all(
                map(_same, old, new)
            ):
                found.lost.append(f"{name}: its filter")
        elif not _same(old, new):
            found.lost.append(f"{name}: {_tag(old)}")
    about = [{k: v for k, v in each.attrib.items() if k != "ref"} for each in (one, other)]
    if len(one) != len(other) or about[0] != about[1]:
        found.lost.append(f"{name}: its parts")


def _book(name: str, one: ET.Element, other: ET.Element, found: Compared) -> None:
    for old, new in zip(one.iter(), other.iter(), strict=True):
        is_filter = old.get("name") == "_xlnm._FilterDatabase"
        same = old.attrib == new.attrib and (is_filter or (old.text or "") == (new.text or ""))
        if old.tag != new.tag or not same:
            found.lost.append(f"{name}: {_tag(old)}")
        if is_filter and not _reaches(
            (old.text or "").rpartition("!")[2], (new.text or "").rpartition("!")[2]
        ):
            found.lost.append(f"{name}: the name of its filter")
