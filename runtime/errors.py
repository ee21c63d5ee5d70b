"""Errors that interrupt work without a bug, and what others' errors say in words."""

import os
import re
import socket
from collections.abc import Mapping
from typing import Any

_NUMBER = re.compile(r"\[Errno -?\d+\] ?")
# What pydantic finds, for people who don't know it. In braces: the value that is asked for.
_FAULTS = {
    "missing": "is missing",
    "extra_forbidden": "is not known here",
    "int_parsing": "is no whole number",
    "int_type": "is no whole number",
    "int_from_float": "is no whole number",
    "int_parsing_size": "is too large",
    "decimal_parsing": "is no number",
    "decimal_type": "is no number",
    "float_parsing": "is no number",
    "float_type": "is no number",
    "finite_number": "has no end",
    "bool_parsing": "is neither true nor false",
    "bool_type": "is neither true nor false",
    "literal_error": "must be {expected}",
    "greater_than_equal": "must be {ge} or more",
    "greater_than": "must be more than {gt}",
    "less_than": "must be less than {lt}",
    "less_than_equal": "must be {le} or less",
    "string_type": "must be a text in quotes",
    "string_too_short": "is empty",
    "string_too_long": "is longer than {max_length} characters",
    "tuple_type": 'must be a list, as in ["yes", "y"]',
    "too_long": "has more than {max_length} entries",
    "value_error": "{error}",
}


class CutOffError(Exception):
    """Work was interrupted; it is retried, by this process or another one."""


class CannotListenError(OSError):
    """A port can't be listened on; the text says which, why and what to do."""


def plain(text: str) -> str:
    """Return what an error says without the system's numbers for it."""
    return _NUMBER.sub("", text)


def why(error: OSError | UnicodeError) -> str:
    """Return in words why a file, a folder or an address can't be used."""
    if isinstance(error, UnicodeError):
        return "it is no UTF-8 text"
    if error.errno is None:  # of several at once, each with its number
        return plain(str(error)) or type(error).__name__
    return str(error.strerror) if isinstance(error, socket.gaierror) else os.strerror(error.errno)


def fault_of(problem: Mapping[str, Any]) -> str:
    """Return in words what pydantic says of a value, in one of its `errors()`; never the value."""
    words = _FAULTS.get(problem["type"])
    if words is None:
        return str(problem["msg"])
    asked = problem.get("ctx", {}).items()
    return words.format(**{name: str(each).removesuffix(".0") for name, each in asked})
