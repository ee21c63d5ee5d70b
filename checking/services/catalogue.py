"""The catalogue of checks: `checkers.toml`, changed or extended by the operator's CHECKERS_FILE."""

import difflib
import tomllib
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    model_validator,
)

from runtime.errors import fault_of, why
from sheets.answers.meaning import Meaning, Scale

HIGHEST_MAXIMUM = 10_000_000

Spoken = frozenset[tuple[str, str]]
"""The available pairs of service and flavour: those whose key is set."""

Word = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]
Words = Annotated[tuple[Word, ...], Field(max_length=50)]


class CatalogueError(Exception):
    """CHECKERS_FILE is invalid; the message names each entry, its key or line, and the fault."""


class Check(BaseModel):
    """One kind of check. Prices are for 1,000 numbers; None: unknown.

    price: The operator's own, in `currency`. list_price: The service's, of its price list of the
    day `listed`, in `list_currency`, which is that of the account.
    off: It isn't offered until an owner turns it on, or CHECKERS_FILE names it.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    key: str = Field(  # part of callback data: 64 bytes in all
        pattern=r"^[A-Za-z0-9_]{1,30}$", description="1 to 30 letters, digits and _"
    )
    title: str = Field(min_length=1, max_length=40)
    about: str = Field(default="", max_length=500)
    service: Literal["ekyc", "checknumber"]
    flavour: Literal["tasks_v1", "wa_detail"]
    task_type: str = ""
    off: bool = False
    minimum: int = Field(default=1, ge=1)
    maximum: int = Field(default=HIGHEST_MAXIMUM, ge=1, le=HIGHEST_MAXIMUM)
    price: Decimal | None = Field(default=None, ge=0, allow_inf_nan=False)
    currency: str = Field(
        default="USD", pattern=r"^[A-Z]{3}$", description="three capital letters, such as USD"
    )
    listed: str = Field(
        default="",
        pattern=r"^(\d{4}-\d\d(-\d\d)?)?$",
        description="a day or a month, such as 2026-11",
    )
    list_price: Decimal | None = Field(default=None, ge=0, allow_inf_nan=False)
    list_currency: str = Field(default="USD", pattern=r"^[A-Z]{3}$")
    numbers_in: Words = ("Number", "Phone", "Mobile Number", "Phone Number", "Mobile")
    answers_in: Words = ()
    scale: Scale = "words"
    yes: Words = ("yes", "activated", "registered")
    no: Words = ("no", "unregistered")
    unknown: Words = ("unknown", "n/a", "-")
    detail_in: str = Field(default="", max_length=100)
    remember_days: int = Field(default=30, ge=0, le=3650)

    @model_validator(mode="after")
    def _names_its_type(self) -> "Check":
        if self.flavour == "tasks_v1" and not self.task_type:
            raise ValueError("task_type is missing, which tasks_v1 needs")
        if self.minimum > self.maximum:
            raise ValueError("minimum is more than maximum")
        if not self.numbers_in:
            raise ValueError("numbers_in names no column")
        words = [word.casefold() for word in (*self.yes, *self.no, *self.unknown)]
        twice = next((word for word in words if words.count(word) > 1), None)
        if twice is not None:
            raise ValueError(f"{twice!r} stands twice among yes, no and unknown")
        return self

    @property
    def meaning(self) -> Meaning:
        """How to read the service's file; column names common to all checks are accepted, too."""
        return Meaning(
            number_columns=self.numbers_in,
            answer_columns=(*self.answers_in, *filter(None, (self.task_type,)), "activated"),
            scale=self.scale,
            yes=self.yes,
            no=self.no,
            unknown=self.unknown,
            detail_column=self.detail_in,
        )

    @property
    def word(self) -> str:
        """The service's word for the check; its flavour has a single one where there is none."""
        return (self.task_type or self.flavour)[:100]

    @property
    def priced_in(self) -> set[str]:
        """The currencies of its prices, as far as they are known before it is used."""
        own = {self.currency} if self.price is not None else set()
        return own or ({self.list_currency} if self.list_price is not None else set())


class Catalogue:
    """All checks by key, and those on offer."""

    def __init__(self, checks: list[Check], spoken: Spoken) -> None:
        self._checks = {check.key: check for check in checks}
        self._spoken = spoken

    def get(self, key: str) -> Check | None:
        """Return the check with this key, on offer or not."""
        return self._checks.get(key)

    def available(self) -> list[Check]:
        """Return the checks whose service and flavour are available, in the catalogue's order."""
        return [
            check
            for check in self._checks.values()
            if (check.service, check.flavour) in self._spoken
        ]

    def offered(self) -> list[Check]:
        """Return those of them that are on offer before an owner says otherwise."""
        return [check for check in self.available() if not check.off]

    def all(self) -> list[Check]:
        """Return all checks, in the catalogue's order."""
        return list(self._checks.values())

    def currency_of(self, service: str) -> str:
        """Return the currency of the account at a service; empty if its prices are in several."""
        found = {check.list_currency for check in self.all() if check.service == service}
        return found.pop() if len(found) == 1 else ""


def load(spoken: Spoken, own_file: Path | None = None) -> Catalogue:
    """Load the catalogue and the operator's file. Raises CatalogueError."""
    shipped = Path(__file__).with_name("checkers.toml")
    entries = {key: _as_listed(values) for key, values in _read(shipped).items()}
    for key, values in (_read(own_file) if own_file is not None else {}).items():
        # Who names a check there wants it, also one that comes turned off.
        entries[key] = entries.get(key, {}) | {"off": False} | _as_listed(values)
    checks, faults = [], []
    for key, values in entries.items():
        if "key" in values:
            faults.append(f"[{key}] key: the name in brackets is the key; leave this out")
            continue
        try:
            checks.append(Check.model_validate({"key": key, **values}))
        except ValidationError as error:
            faults += [f"[{key}] {_told(problem)}" for problem in error.errors()]
    if faults:
        raise CatalogueError("; ".join(faults))
    return Catalogue(checks, spoken)


def _as_listed(values: dict[str, Any]) -> dict[str, Any]:
    """Tell a price of a price list, which is dated, from one of the operator's own."""
    if "listed" not in values or "price" not in values:
        return values
    currency = {"list_currency": values["currency"]} if "currency" in values else {}
    return {**values, "list_price": values["price"], "price": None, **currency}


def _told(problem: Mapping[str, Any]) -> str:
    if not problem["loc"]:
        return fault_of(problem)
    name = str(problem["loc"][0])
    if problem["type"] == "string_pattern_mismatch":
        return f"{name}: must be {Check.model_fields[name].description}"
    near = difflib.get_close_matches(name, Check.model_fields, 1)
    guess = f"; do you mean {near[0]}?" if near and problem["type"] == "extra_forbidden" else ""
    return f"{name}: {fault_of(problem)}{guess}"


def _read(path: Path) -> dict[str, dict[str, Any]]:
    try:
        entries = tomllib.loads(path.read_text("utf-8-sig"), parse_float=Decimal)
    except (OSError, UnicodeDecodeError) as error:
        raise CatalogueError(f"{path} can't be read: {why(error)}") from error
    except tomllib.TOMLDecodeError as error:
        raise CatalogueError(f"{path.name}: {error}") from error
    for key, values in entries.items():
        if not isinstance(values, dict):
            raise CatalogueError(f"{path.name}: {key} stands outside of a [check]")
    return entries
