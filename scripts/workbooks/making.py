"""The corpus, from all programs that are there."""

import importlib
import sys
import tempfile
from pathlib import Path

from scripts.workbooks import by_hand, by_openpyxl, by_xlsxwriter
from scripts.workbooks.opening import converted, program

_AGAIN = ("openpyxl-styled", "openpyxl-filtered", "openpyxl-as-table", "openpyxl-coloured",
          "openpyxl-formulas", "openpyxl-with-chart")  # fmt: skip


def make(folder: Path) -> None:
    """Write the corpus; what can't be made here stays as it is."""
    folder.mkdir(exist_ok=True)
    for source in (by_openpyxl, by_xlsxwriter, by_hand):
        for name, data in source.workbooks():
            (folder / name).write_bytes(data)
    by_pandas(folder)
    by_libreoffice(folder)


def by_pandas(folder: Path) -> None:
    """Write what pandas makes of a table."""
    try:
        pandas = importlib.import_module("pandas")
    except ImportError:
        sys.stdout.write("There is no pandas here: its workbooks stay as they are.\n")
        return
    rows = [list(by_openpyxl.row(place)) for place in range(by_openpyxl.ROWS)]
    frame = pandas.DataFrame(rows, columns=by_openpyxl.HEAD)
    frame.to_excel(folder / "pandas-plain.xlsx", index=False)
    frame.to_excel(folder / "pandas-index.xlsx", sheet_name="Kunden", freeze_panes=(1, 2))
    with pandas.ExcelWriter(folder / "pandas-sheets.xlsx", engine="xlsxwriter") as writer:
        frame.to_excel(writer, sheet_name="All", index=False)
        frame.describe().to_excel(writer, sheet_name="Figures")


def by_libreoffice(folder: Path) -> None:
    """Write what LibreOffice makes of some workbooks, also in its own format and in an old one."""
    if program() is None:
        sys.stdout.write("There is no LibreOffice here: its workbooks stay as they are.\n")
        return
    for name in _AGAIN:
        for kind in ("xlsx", "ods", "xls") if name == "openpyxl-styled" else ("xlsx",):
            with tempfile.TemporaryDirectory() as into:
                source_ = Path(into) / "from" / f"{name}.xlsx"
                source_.parent.mkdir()
                source_.write_bytes((folder / f"{name}.xlsx").read_bytes())
                converted(source_, kind, Path(into))
                data = (Path(into) / f"{name}.{kind}").read_bytes()
                what = name.removeprefix("openpyxl-")
                (folder / f"libreoffice-{what}.{kind}").write_bytes(data)
