"""The world's numbering plan as regular expressions that polars runs over whole columns.

libphonenumber's metadata (the `phonenumbers` package) lists, region by region, which national
numbers exist and which prefixes are dialled in front of them. Checking number by number costs some
hundred microseconds each, most of it in Python. Here the same rules become expressions, one set for
each calling code, built when that code first occurs in a list.

The rules follow `phonenumbers.phonenumberutil`: `parse`, `is_valid_number` and the functions
they call. `tests/sheets/phones/test_e164.py` compares the two.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import phonenumbers
import polars as pl
from phonenumbers import PhoneMetadata

NO_CODE = 0
"""Marks a number that begins with no existing calling code."""

_TYPES = (
    "fixed_line",
    "mobile",
    "toll_free",
    "premium_rate",
    "shared_cost",
    "personal_number",
    "voip",
    "pager",
    "uan",
    "voicemail",
)


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of one region (or one non-geographic calling code) for its numbers.

    Patterns are anchored and in the syntax of Rust's regex crate. `lengths` and `local_lengths`
    count digits of the national number; a local length can only be dialled within an area.
    """

    code: int
    general: str
    valid: str
    leading: str | None
    dialled_prefix: str | None
    prefix_groups: int
    transform: str | None
    international_prefix: str | None
    lengths: tuple[int, ...]
    local_lengths: tuple[int, ...]


@cache
def rules_of(region: str, code: int) -> Rules:
    """Return the rules of a region such as "DE"; for a non-geographic code the region is "001"."""
    data = PhoneMetadata.metadata_for_region_or_calling_code(code, region)
    assert data is not None, f"calling code {code} names {region}, which has no metadata"
    general = data.general_desc
    assert general is not None, f"{region} says nothing about its numbers"
    prefix = data.national_prefix_for_parsing
    transform = data.national_prefix_transform_rule
    return Rules(
        code=code,
        general=_full(general.national_number_pattern or ""),
        # A number is valid when it is of some type. Every type's pattern allows only lengths
        # that the type lists as possible (a test checks that), so lengths need no check here.
        valid=whole(patterns_of(region, code).values()),
        leading=_start(data.leading_digits),
        dialled_prefix=_start(prefix),
        prefix_groups=prefix.count("(") - prefix.count("(?") if prefix else 0,
        # Rust writes a backreference as ${1}.
        transform=re.sub(r"\\([1-9])", r"${\1}", transform) if transform else None,
        international_prefix=_start(data.international_prefix),
        lengths=tuple(general.possible_length),
        local_lengths=tuple(general.possible_length_local_only),
    )


@cache
def patterns_of(region: str, code: int) -> dict[str, str]:
    """Return the pattern of each type of number that a region has, not anchored."""
    data = PhoneMetadata.metadata_for_region_or_calling_code(code, region)
    kinds = {name: getattr(data, name) for name in _TYPES}
    return {
        name: kind.national_number_pattern
        for name, kind in kinds.items()
        if kind is not None and kind.national_number_pattern
    }


def regions_of(code: int) -> tuple[str, ...]:
    """Return the regions that share a calling code, the main one first."""
    return phonenumbers.COUNTRY_CODE_TO_REGION_CODE[code]


@cache
def mobile_lengths(region: str) -> tuple[int, ...]:
    """Return how many digits the mobiles of a region have, without its calling code."""
    data = PhoneMetadata.metadata_for_region(region)
    assert data is not None, f"{region} has no metadata"
    return tuple(data.mobile.possible_length) if data.mobile else ()


@cache
def only_length(region: str) -> int | None:
    """Return how many digits each mobile and fixed line of a region has, without its calling code.

    None where some have more and some have fewer.
    """
    data = PhoneMetadata.metadata_for_region(region)
    assert data is not None, f"{region} has no metadata"
    kinds = [kind.possible_length for kind in (data.mobile, data.fixed_line) if kind is not None]
    lengths = {length for each in kinds for length in each}
    return lengths.pop() if len(lengths) == 1 else None


def main_rules(code: int) -> Rules:
    """Return the rules for reading a number after this calling code."""
    return rules_of(regions_of(code)[0], code)


@cache
def codes_by_start() -> pl.Series:
    """Return the calling codes (UInt16) by a number's first three digits; NO_CODE for none.

    Calling codes are prefix-free, never begin with 0 and have at most three digits (ITU-T E.164),
    so three digits always suffice.
    """
    known = phonenumbers.COUNTRY_CODE_TO_REGION_CODE
    found = [NO_CODE] * 1000
    for start in range(100, 1000):
        heads = (start // 100, start // 10, start)
        found[start] = next((head for head in heads if head in known), NO_CODE)
    return pl.Series("code", found, dtype=pl.UInt16)


def with_code(asked: pl.DataFrame) -> pl.DataFrame:
    """Add code (UInt16): the calling code at the start of digits, or NO_CODE."""
    start = pl.col("digits").str.slice(0, 3).cast(pl.UInt16, strict=False).fill_null(0)
    return asked.with_columns(code=pl.lit(codes_by_start()).gather(start))


def code_length() -> pl.Expr:
    """Return the digits of the calling code."""
    code = pl.col("code")
    return 1 + (code >= 10).cast(pl.UInt32) + (code >= 100).cast(pl.UInt32)  # noqa: PLR2004


@cache
def lengths_by_code() -> pl.DataFrame:
    """Return code (UInt16) and lengths (list of UInt32): possible counts of digits after it."""
    rows = [
        (code, [length for region in regions for length in rules_of(region, code).lengths])
        for code, regions in phonenumbers.COUNTRY_CODE_TO_REGION_CODE.items()
    ]
    return pl.DataFrame(
        rows, schema={"code": pl.UInt16, "lengths": pl.List(pl.UInt32)}, orient="row"
    )


def prepare() -> None:
    """Compile the rules of every region, so that the first list doesn't wait for it.

    Takes some tenths of a second, most of it for loading the metadata; call it in a thread.
    """
    codes_by_start()
    lengths_by_code()
    for code in phonenumbers.COUNTRY_CODE_TO_REGION_CODE:
        main_rules(code)


def is_valid(national: pl.Expr, rules: Rules) -> pl.Expr:
    """True for national numbers that match a type of this region (`_number_type_helper`)."""
    return national.str.contains(rules.valid) & national.str.contains(rules.general)


def is_valid_elsewhere(national: pl.Expr, code: int) -> pl.Expr:
    """True for national numbers that are valid in a region after the calling code's first.

    Regions are tried in order (`_region_code_for_number_from_list`): a region with leading digits
    alone decides about the numbers that begin with them, the others can only accept.
    """
    verdict: pl.Expr = pl.lit(value=False)
    for region in reversed(regions_of(code)[1:]):
        rules = rules_of(region, code)
        here = is_valid(national, rules)
        if rules.leading is None:
            verdict = here | verdict
        else:
            verdict = pl.when(national.str.contains(rules.leading)).then(here).otherwise(verdict)
    return verdict


def without_prefix(national: pl.Expr, rules: Rules) -> pl.Expr:
    """Remove a trunk prefix or carrier code, or apply the region's transform rule.

    `_maybe_strip_national_prefix_carrier_code`: a possible number stays unchanged if the change
    would make it impossible.
    """
    prefix = rules.dialled_prefix
    if prefix is None:
        return national
    changed = national.str.replace(prefix, "")
    if rules.transform is not None:
        captured = national.str.extract(prefix, rules.prefix_groups)
        rewritten = national.str.replace(prefix, rules.transform)
        changed = pl.when(captured.is_not_null()).then(rewritten).otherwise(changed)
    spoiled = national.str.contains(rules.general) & ~changed.str.contains(rules.general)
    return pl.when(spoiled).then(national).otherwise(changed)


def national_number(dialled: pl.Expr, rules: Rules) -> pl.Expr:
    """Remove the prefix after a calling code if enough digits remain, as `parse` does."""
    changed = without_prefix(dialled, rules)
    length = changed.str.len_bytes()
    possible = length.is_in(list(rules.lengths)) | is_too_long(length, rules)
    return pl.when(possible).then(changed).otherwise(dialled)


def is_too_long(length: pl.Expr, rules: Rules) -> pl.Expr:
    """True for a count of digits above every possible length (`_test_number_length`)."""
    return (length > max(rules.lengths)) & ~length.is_in(list(rules.local_lengths))


def whole(patterns: Iterable[str]) -> str:
    """Return a pattern of the texts that match one of these as a whole."""
    return _full("|".join(f"(?:{pattern})" for pattern in patterns))


def _full(pattern: str) -> str:
    return f"^(?:{_ascii(pattern)})$"


def _start(pattern: str | None) -> str | None:
    return f"^(?:{_ascii(pattern)})" if pattern else None


def _ascii(pattern: str) -> str:
    # Rust's \d matches the digits of every script, which makes its automata many times larger.
    return pattern.replace(r"\d", "[0-9]")
