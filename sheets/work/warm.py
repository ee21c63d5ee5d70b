"""Everything that confined work needs, imported and compiled before the first fork."""

from sheets.files import charsets
from sheets.lists.notation import weighing
from sheets.phones import numbering_plan
from sheets.work import (
    changes,
    cleaning,
    exclusions,
    exports,
    lists,
    memory,
    pictures,
    results,
    sheets,
)

__all__ = [  # what the child calls by name
    "changes",
    "cleaning",
    "exclusions",
    "exports",
    "lists",
    "memory",
    "pictures",
    "results",
    "sheets",
]

numbering_plan.prepare()
weighing.prepare()
charsets.prepare()
