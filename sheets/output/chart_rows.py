"""What a picture of a result shows."""

from dataclasses import dataclass

from sheets.answers.summary import BucketKey


@dataclass(frozen=True, slots=True)
class Row:
    """One bar. value: count and share, formatted for the language."""

    key: BucketKey
    count: int
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Chart:
    """The content of a picture. The rows' counts add up to the whole list, which is a full bar.

    title, and labels that are a service's own words, are untrusted text.
    """

    title: str
    subtitle: str
    rows: tuple[Row, ...]
    footer: str = ""
