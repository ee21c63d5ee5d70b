"""Workbooks that openpyxl makes: what people's programs and small CRMs export."""

import datetime as dt
import io
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import openpyxl  # type: ignore[import-untyped] # it has no type information
from openpyxl.chart import BarChart, Reference  # type: ignore[import-untyped] # the same
from openpyxl.comments import Comment  # type: ignore[import-untyped] # the same
from openpyxl.formatting.rule import (  # type: ignore[import-untyped] # the same
    ColorScaleRule,
    DataBarRule,
    FormulaRule,
    IconSetRule,
)
from openpyxl.styles import (  # type: ignore[import-untyped] # the same
    Alignment,
    Border,
    Font,
    PatternFill,
    Protection,
    Side,
)
from openpyxl.workbook.defined_name import DefinedName  # type: ignore[import-untyped] # the same
from openpyxl.worksheet.datavalidation import DataValidation  # type: ignore[import-untyped]
from openpyxl.worksheet.table import Table, TableStyleInfo  # type: ignore[import-untyped]

ROWS = 8
HEAD = ("Name", "Phone", "Since", "Paid", "Share", "Active")


def row(place: int) -> Sequence[Any]:
    """Return a customer, whose number is a text, an integer or has blanks."""
    number = f"4474001234{place:02}"
    phone: Any = [f"+{number}", int(number), f"+44 7400 1234{place:02}"][place % 3]
    since = dt.datetime(2021, 3, 1 + place, 9, 30)  # noqa: DTZ001 - a workbook knows no zones
    return (f"Ann {place}", phone, since, 19.5 * place, place / 7, place % 2 == 0)


def _book(work: Callable[[Any, Any], None], rows: int = ROWS) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(HEAD)
    for place in range(rows):
        sheet.append(row(place))
    book.properties.created = book.properties.modified = dt.datetime(2026, 1, 2)  # noqa: DTZ001
    work(book, sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def workbooks() -> Iterator[tuple[str, bytes]]:
    """Yield names and workbooks."""
    for work in (
        *(types, several_sheets, styled, filtered, as_table, below_titles, coloured, validated),
        *(formulas, with_chart, commented, protected, grouped, two_tables, no_header),
    ):
        yield f"openpyxl-{work.__name__.replace('_', '-')}.xlsx", _book(work)


def types(_: Any, sheet: Any) -> None:
    """Numbers, dates, times, truths, errors and money."""
    formats = ("@", "0", "dd.mm.yyyy hh:mm", '#,##0.00 "€"', "0.0%", "General")
    for cells in sheet.iter_rows(min_row=2):
        for cell, shown in zip(cells, formats, strict=True):
            cell.number_format = shown
    sheet["G1"] = "Odd"
    for place, value in enumerate(
        (dt.time(12, 30), dt.timedelta(hours=30), "#N/A", None, 1e300, -0.0), 2
    ):
        sheet.cell(place, 7, value)


def several_sheets(book: Any, sheet: Any) -> None:
    """Notes without a number, a hidden sheet, defined names."""
    sheet.title = "Kunden & Co"
    notes = book.create_sheet("Notes", 0)
    notes["B2"] = "Call before ten"
    hidden = book.create_sheet("Rates")
    hidden["A1"], hidden.sheet_state = 0.19, "hidden"
    book.defined_names["Rate"] = DefinedName("Rate", attr_text="Rates!$A$1")
    book.defined_names["People"] = DefinedName("People", attr_text="'Kunden & Co'!$A$2:$F$9")
    sheet.print_title_rows, sheet.print_area = "1:1", "A1:F9"


def styled(_: Any, sheet: Any) -> None:
    """Fonts, fills, borders, widths, heights, a frozen header."""
    thin = Side(style="thin", color="FF336699")
    for cell in sheet[1]:
        cell.font = Font(bold=True, color="FFFFFFFF", name="Calibri", size=12)
        cell.fill = PatternFill("solid", fgColor="FF1F4E78")
        cell.alignment = Alignment(horizontal="center", wrap_text=True)
        cell.border = Border(bottom=thin, top=thin)
    for place, width in zip("ABCDEF", (28, 18, 20, 9.5, 7, 40), strict=True):
        sheet.column_dimensions[place].width = width
    sheet.row_dimensions[1].height, sheet.freeze_panes = 31.5, "C2"
    sheet["A3"].font = Font(italic=True, strike=True)
    sheet.sheet_properties.tabColor, sheet.sheet_view.zoomScale = "FF00AA00", 85


def filtered(_: Any, sheet: Any) -> None:
    """A filter that hides rows."""
    sheet.auto_filter.ref = "A1:F9"
    sheet.auto_filter.add_filter_column(5, ["TRUE"])
    for place in (3, 5):
        sheet.row_dimensions[place].hidden = True


def as_table(_: Any, sheet: Any) -> None:
    """A table over all of it."""
    table = Table(displayName="Customers", ref="A1:F9")
    table.tableStyleInfo = TableStyleInfo(name="TableStyleMedium9", showRowStripes=True)
    sheet.add_table(table)


def two_tables(_: Any, sheet: Any) -> None:
    """A table, and another one at its right."""
    sheet.add_table(Table(displayName="Customers", ref="A1:F9"))
    for place, cells in enumerate((("Code", "Plan"), ("a", "Small"), ("b", "Large")), 1):
        sheet.cell(place, 8, cells[0])
        sheet.cell(place, 9, cells[1])
    sheet.add_table(Table(displayName="Plans", ref="H1:I3"))


def below_titles(_: Any, sheet: Any) -> None:
    """A title over several columns, and the header below it."""
    sheet.insert_rows(1, 3)
    sheet["A1"] = "Customers of the north"
    sheet["A1"].font = Font(size=18)
    sheet.merge_cells("A1:J1")
    sheet.merge_cells("A2:C2")
    sheet["D2"] = dt.date(2026, 1, 1)


def coloured(_: Any, sheet: Any) -> None:
    """Conditional formats of four kinds."""
    sheet.conditional_formatting.add(
        "D2:D9", ColorScaleRule("min", None, "FFFF0000", "max", None, "FF00FF00")
    )
    sheet.conditional_formatting.add("E2:E9", DataBarRule("min", None, "max", None, "FF638EC6"))
    sheet.conditional_formatting.add("D2:D9", IconSetRule("3Arrows", "percent", [0, 33, 67]))
    fill = PatternFill(bgColor="FFFFC7CE")
    sheet.conditional_formatting.add("A2:Z9", FormulaRule(["$F2=FALSE"], fill=fill))


def validated(_: Any, sheet: Any) -> None:
    """Cells that take some values only."""
    choices = DataValidation("list", formula1='"TRUE,FALSE"', allow_blank=True)
    dates = DataValidation("date", operator="greaterThan", formula1="43831")
    sheet.add_data_validation(choices)
    sheet.add_data_validation(dates)
    choices.add("F2:F1000")
    dates.add("C2:C9")


def formulas(book: Any, sheet: Any) -> None:
    """Sums, lookups, a formula in each row, one from another sheet."""
    sheet["G1"] = "With tax"
    for place in range(2, ROWS + 2):
        sheet.cell(place, 7, f"=D{place}*1.19")
    sheet["D11"], sheet["A11"] = "=SUM(D2:D9)", "Total"
    other = book.create_sheet("Sums")
    other["A1"] = "=SUM(Sheet!D2:D9)"
    other["A2"] = '=VLOOKUP("Ann 3",Sheet!A2:D9,4,FALSE)'


def with_chart(_: Any, sheet: Any) -> None:
    """A chart right of the rows, where answers would come."""
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=4, min_row=1, max_row=9), titles_from_data=True)
    sheet.add_chart(chart, "H2")


def commented(_: Any, sheet: Any) -> None:
    """Comments and links."""
    sheet["B3"].comment = Comment("Asked not to be called", "Bea")
    for place in range(2, 5):
        sheet.cell(place, 1).hyperlink = f"https://crm.example/{place}?a=1&b=2"


def protected(_: Any, sheet: Any) -> None:
    """A protected sheet, with margins, breaks, header and footer for the printer."""
    sheet.protection.sheet = True
    sheet["A2"].protection = Protection(locked=False)
    sheet.oddHeader.center.text, sheet.oddFooter.right.text = "&A", "&P / &N"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_margins.left = 0.25


def grouped(_: Any, sheet: Any) -> None:
    """Rows and columns that are folded away, and a column that is hidden."""
    sheet.row_dimensions.group(3, 5, hidden=True)
    sheet.column_dimensions.group("D", "E", outline_level=1, hidden=False)
    sheet.column_dimensions["F"].hidden = True


def no_header(_: Any, sheet: Any) -> None:
    """Nothing but numbers."""
    sheet.delete_rows(1)
    sheet.delete_cols(3, 4)
    sheet.delete_cols(1)
