"""What is wrong with settings, in words for the operator."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from pydantic import ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import PydanticCustomError

from bot.environment.near_misses import NearMiss, near_misses
from bot.environment.sources import holds_secret, variables_in
from bot.environment.values import tidied
from runtime.errors import fault_of

Fields = Mapping[str, FieldInfo]
_TOGETHER = "together"


def together(says: str) -> PydanticCustomError:
    """Return the fault of several settings that don't fit; the text names them all."""
    return PydanticCustomError(_TOGETHER, "{says}", {"says": says})


def faults(error: ValidationError, fields: Fields) -> Iterator[str]:
    """Tell each fault, with what to put there instead; never the value."""
    for problem in error.errors(include_input=False):
        if problem["type"] == _TOGETHER:
            yield problem["msg"]
            continue
        name, *entry = problem["loc"]
        where = f"entry {int(entry[0]) + 1} " if entry else ""
        meaning = fields[str(name)].description
        yield f"{str(name).upper()}: {where}{fault_of(problem)}. Put here: {meaning}"


def misspelt(env_file: Path | str | None, fields: Fields) -> list[NearMiss]:
    """Return the variables that look like a setting and are none. Raises EnvFileError."""
    known = {name.upper() for name in fields}
    known |= {f"{name.upper()}_FILE" for name, field in fields.items() if holds_secret(name, field)}
    ours = variables_in(env_file)
    # An empty line, as .env.example has them, gives nothing.
    given = {name.upper() for name, value in {**ours, **os.environ}.items() if tidied(value)}
    return [
        *near_misses(os.environ, "the environment", known, given),
        *near_misses(ours, str(env_file), known),
    ]
