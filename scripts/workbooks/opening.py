"""LibreOffice, which opens workbooks without a window."""

import csv
import shutil
import subprocess
import tempfile
from pathlib import Path

SECONDS = 120
_AS_CSV = (
    "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"  # all sheets
)


def program() -> str | None:
    """Return the program, if it is installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def converted(path: Path, kind: str, folder: Path) -> tuple[list[Path], str]:
    """Let LibreOffice open a file and write it as another; return the files and what it says."""
    called = program()
    if called is None:
        return [], ""
    done = subprocess.run(  # noqa: S603 - our own words
        [called, f"-env:UserInstallation=file://{folder}/profile", "--headless",
         "--convert-to", kind, "--outdir", str(folder), str(path)],
        capture_output=True, check=False, timeout=SECONDS, text=True,
    )  # fmt: skip
    said = [line for line in done.stderr.splitlines() if "javaldx" not in line and line.strip()]
    made = [
        each for each in sorted(folder.iterdir()) if each.suffix != path.suffix and each.is_file()
    ]
    return made, "; ".join(said) or ("" if made else "it wrote nothing")


def complaint(before: Path, after: Path, *, is_same: bool) -> list[str]:
    """Return what LibreOffice says of a workbook.

    is_same: Name cells, too, that it shows otherwise than before.
    """
    if program() is None:
        return []
    tables, said = [], []
    for path in (before, after):
        with tempfile.TemporaryDirectory() as folder:
            # -1: all sheets, each to a file of its own; as shown, so that formats count, too.
            made, words = converted(path, _AS_CSV, Path(folder))
            said += [f"LibreOffice says of {path.name}: {words}"] if words else []
            tables.append([list(csv.reader(each.open(encoding="utf-8"))) for each in made])
    if not is_same:
        return said
    if len(tables[0]) != len(tables[1]):
        return [*said, f"LibreOffice shows {len(tables[1])} sheets instead of {len(tables[0])}"]
    for one, other in zip(*tables, strict=True):
        for number, row in enumerate(one, 1):
            shown = other[number - 1] if number <= len(other) else []
            if not _begins(shown, row):
                said.append(f"LibreOffice shows another row {number}")
                break
    return said


def _begins(shown: list[str], row: list[str]) -> bool:
    """Tell whether all cells that had a text are there; blank ones may have been filled."""
    return all(
        place < len(shown) and shown[place] == cell for place, cell in enumerate(row) if cell
    )
