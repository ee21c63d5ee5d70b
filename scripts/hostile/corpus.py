"""All hostile files, lists first."""

from scripts.hostile import archives, exports, old_workbooks, results, texts, workbooks
from scripts.hostile.case import Case


def lists() -> list[Case]:
    """Return all that are sent as lists."""
    made = (archives, workbooks, old_workbooks, texts, exports)
    return [case for module in made for case in module.cases()]


def of_services() -> list[Case]:
    """Return all that services hand back as results."""
    return list(results.cases())
