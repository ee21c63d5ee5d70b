"""The sources of settings. What can't be read is told in words, and never shown."""

import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from dotenv.parser import parse_stream
from pydantic import SecretStr
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, EnvSettingsSource, PydanticBaseSettingsSource

from bot.environment.values import tidied
from runtime.errors import why

ENV_FILE = ".env"
ENV_ENCODING = "utf-8-sig"  # with or without the mark that Windows puts in front
_MOST = 1 << 16  # characters of a secret; more is something else, perhaps endless


class EnvFileError(Exception):
    """The file with settings can't be read; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Stands for a value that could not be read, so that all faults are told together."""

    says: str


class AsWritten(PydanticBaseSettingsSource):
    """A source whose values lose blanks and quotes around them; what is empty then is not set."""

    def __init__(self, inner: PydanticBaseSettingsSource) -> None:
        super().__init__(inner.settings_cls)
        self._inner = inner

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:
        """Return the value as it stands there."""
        return self._inner.get_field_value(field, field_name)

    def __call__(self) -> dict[str, Any]:
        """Return all values that are set."""
        values = {name: tidied(value) for name, value in self._inner().items()}
        return {name: value for name, value in values.items() if value}


class SecretFiles(PydanticBaseSettingsSource):
    """Secrets from files that `NAME_FILE` names, as Docker and Kubernetes mount them."""

    def __init__(
        self, settings_cls: type[BaseSettings], *sources: PydanticBaseSettingsSource
    ) -> None:
        super().__init__(settings_cls)
        self._variables: dict[str, str | None] = {}
        for source in reversed(sources):  # the first one wins
            assert isinstance(source, EnvSettingsSource)
            self._variables |= source.env_vars

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:
        """Return the content of the file, a Fault, or None if no file is named."""
        path = tidied(self._variables.get(f"{field_name}_file") or "")
        if not (path and holds_secret(field_name, field)):
            return None, field_name, False
        if tidied(self._variables.get(field_name) or ""):
            name = field_name.upper()
            return Fault(f"is set, and {name}_FILE, too; take one away"), field_name, False
        return _content(Path(path), f"{field_name.upper()}_FILE"), field_name, False

    def __call__(self) -> dict[str, Any]:
        """Return what stands in all files that are named."""
        fields = self.settings_cls.model_fields.items()
        values = {name: self.get_field_value(field, name)[0] for name, field in fields}
        return {name: value for name, value in values.items() if value is not None}


def holds_secret(name: str, field: FieldInfo) -> bool:
    """Tell whether a setting may come from a file; some addresses hold a password."""
    kinds = (field.annotation, *get_args(field.annotation))  # Optional[Annotated[SecretStr, …]]
    is_secret = any(getattr(kind, "__origin__", kind) is SecretStr for kind in kinds)
    return is_secret or name == "database_url" or name.endswith("proxy_url")


def _content(path: Path, name: str) -> str | Fault:
    # The path is not repeated: it may be the secret itself, put there by mistake.
    try:
        if not path.expanduser().is_file():
            return Fault(f"{name} names no file; put the path of the file with it there")
        with path.expanduser().open(encoding=ENV_ENCODING) as file:
            text = tidied(file.read(_MOST))
    except (OSError, UnicodeError) as error:
        return Fault(f"the file that {name} names can't be read: {why(error)}")
    return text or Fault(f"the file that {name} names is empty")


def variables_in(path: Path | str | None) -> dict[str, str]:
    """Return the variables of the file. Raises EnvFileError if it can't be understood."""
    if path is None:
        return {}
    try:
        if Path(path).is_fifo():  # it can be read once, which pydantic-settings does
            return {}
        raw = Path(path).read_bytes()
        if b"\0" in raw:
            raise EnvFileError(f"{path}: is saved as UTF-16 or is no text. Save it as UTF-8.")
        text = raw.decode(ENV_ENCODING)
    except FileNotFoundError:
        return {}
    except IsADirectoryError:
        raise EnvFileError(
            f"{path}: is a folder. Put a file there, or take the folder away. (Docker makes one "
            "where a file is mounted that doesn't exist.)"
        ) from None
    except UnicodeError:
        raise EnvFileError(f"{path}: is no UTF-8 text. Save it as UTF-8.") from None
    except OSError as error:
        raise EnvFileError(
            f"{path}: can't be read: {why(error)}. Let the bot's user read it (chown, chmod 600)."
        ) from None
    bindings = list(parse_stream(io.StringIO(text)))
    for original in (each.original for each in bindings if each.error):
        blank = original.string.partition(original.string.strip())[0]
        line = original.line + blank.count("\n")
        raise EnvFileError(
            f"{path}: line {line} can't be understood. Write NAME=value there, "
            "with a quote at both ends or at none."
        )
    return {each.key: each.value or "" for each in bindings if each.key is not None}
