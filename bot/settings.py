"""Settings from the environment or a `.env` file; never kept in a global.

`.env.example` and README repeat the docstring of each field.
"""

import re
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import unquote

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from storage.engines.postgres_address import PostgresAddress
from storage.sealing.vault import parse_key

_LOCALES = Path(__file__).parents[1] / "handlers" / "locales"
_ADDRESS = re.compile(r"https?://[^\s/?#]+(/[^\s?#]*)?")
_ORIGIN = re.compile(r"https?://[^\s/?#]+")
_INSTANCE = re.compile(r"[0-9]{1,32}:[A-Za-z0-9_-]+")
_HEADER = re.compile(r"[!-~]+")
_DATABASES = ("sqlite+aiosqlite:///", "postgresql+asyncpg://")
_SHARED = "write postgresql+asyncpg://user:password@host/name"
_HOOK_SECRET = re.compile(r"[A-Za-z0-9_-]{16,256}")


class SettingsError(Exception):
    """Settings are missing or invalid; each line names one and what to put there."""


class Settings(BaseSettings):
    """Every setting of the operator."""

    model_config = SettingsConfigDict(
        env_file=".env",
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="ignore",
        hide_input_in_errors=True,  # a mistyped token must not be printed
        use_attribute_docstrings=True,
    )

    bot_token: SecretStr
    """The token that BotFather gave you, such as 123456789:AAE…"""
    telegram_api_url: str = "https://api.telegram.org"
    """Address of the Bot API; another one for a local Bot API server"""
    telegram_local: bool = False
    """true if that is a local Bot API server in --local mode: files up to 2 GB"""
    webhook_url: str | None = None
    """Public https address that Telegram shall send updates to; empty: the bot fetches them"""
    webhook_secret: SecretStr | None = None
    """What Telegram proves itself with there: 16 to 256 letters, digits, - and _"""
    webhook_host: str = "127.0.0.1"
    """Address that the bot takes updates on, behind your proxy; 0.0.0.0 in a container"""
    webhook_port: int = Field(default=8443, ge=1, le=65535)
    """Port that the bot takes updates on"""

    database_url: str = "sqlite+aiosqlite:///data/numberdesk.db"
    """Where the database is; or postgresql+asyncpg://user:password@host/name, for several bots"""
    data_dir: Path = Path("data")
    """Folder for result files, the key file and the lock file"""
    data_key: SecretStr | None = None
    """Key for the data at rest: 32 bytes in base64; without it one is made in DATA_DIR"""
    lease_seconds: float = Field(default=10, ge=2)
    """With PostgreSQL: seconds after which others take over what a dead Numberdesk was doing"""

    owner_ids: Annotated[list[int], NoDecode] = []
    """Telegram ids of the owners, separated by commas; @userinfobot tells you yours"""
    access: Literal["invited", "open"] = "invited"
    """invited: the owners and whom they let in; open: everyone who finds the bot, at your cost"""
    daily_numbers: int = Field(default=100_000, ge=0)
    """Numbers that a person may have checked a day (UTC), owners aside; 0: no limit"""
    daily_lookups: int = Field(default=200, ge=0)
    """Numbers that a person may look up one by one a day (UTC), owners aside; 0: no limit"""
    max_run: int = Field(default=200, ge=0)
    """Longest run of numbers in a list, and most of 1,000 by one person in a week; 0: no limit"""
    default_language: str = "en"
    """Language for people whose own one there is no text in"""
    default_region: str | None = Field(default=None, pattern=r"^[A-Z]{2}$")
    """Country of numbers written without a country code, such as GB; empty: none"""

    ekyc_api_url: str = "https://api.ekycpro.com"
    """Service for Telegram activity, WhatsApp details and Band"""
    ekyc_api_key: SecretStr | None = None
    """Your key there; without it these checks are not offered"""
    ekyc_user_id: str = ""
    """Your user id there, which WhatsApp details needs"""
    checknumber_api_url: str = "https://api.checknumber.ai"
    """Service for Active number"""
    checknumber_api_key: SecretStr | None = None
    """Your key there; without it this check is not offered"""
    green_api_url: str = "https://api.green-api.com"
    """Service for single lookups: the apiUrl that its console shows"""
    green_api_instances: SecretStr | None = None
    """Your instances there as id:token,id:token; without one, single lookups are not offered"""
    green_budget: int = Field(default=40, ge=1)
    """Different numbers that one instance is asked about in ten minutes, at most"""
    green_pause_seconds: float = Field(default=7200, gt=0)
    """Seconds for which an instance is left alone when it has reached its limit"""
    checkers_file: Path | None = None
    """A .toml file with more checks, or with changed prices and minimums"""
    result_origins: Annotated[list[str], NoDecode] = []
    """Origins besides public https that results may come from, such as http://127.0.0.1:9000"""

    poll_fastest_seconds: float = Field(default=3, gt=0)
    """Shortest time between two looks at a running check"""
    poll_slowest_seconds: float = Field(default=60, gt=0)
    """Longest time between two looks at a running check"""
    expire_hours: float = Field(default=24, gt=0)
    """Hours without any progress after which a check is given up"""

    reading_slots: int = Field(default=2, ge=1, le=64)
    """Files that are read at a time; people take turns"""
    reading_memory_mb: int = Field(default=768, ge=256)
    """Megabytes that reading one file may take, before it is refused as too much"""
    reading_seconds: int = Field(default=60, ge=1)
    """Seconds of a processor that reading one file may take, before it is refused as too much"""

    health_port: int = Field(default=0, ge=0, le=65535)
    """Port for /healthz and /metrics; 0: off"""
    health_host: str = "127.0.0.1"
    """Address that both listen on; 0.0.0.0 in a container"""
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    """debug, info, warning or error"""
    log_format: Literal["text", "json"] = "text"
    """text for people, json for machines"""

    @field_validator("owner_ids", "result_origins", mode="before")
    @classmethod
    def _split(cls, value: Any) -> Any:
        if isinstance(value, str):
            return [part.strip().rstrip("/") for part in value.split(",") if part.strip()]
        return value

    @field_validator("telegram_api_url", "ekyc_api_url", "checknumber_api_url", "green_api_url")
    @classmethod
    def _is_an_address(cls, value: str) -> str:
        if not _ADDRESS.fullmatch(value):
            raise ValueError("must begin with https:// (or http://) and name a host")
        return value.rstrip("/")

    @field_validator("webhook_url")
    @classmethod
    def _is_a_hook(cls, value: str | None) -> str | None:
        # Unchanged: Telegram requests this exact path, with its trailing slash.
        if value is not None and not _ADDRESS.fullmatch(value):
            raise ValueError("must begin with https:// and name a host, without ? and #")
        return value

    @field_validator("webhook_secret")
    @classmethod
    def _is_a_hook_secret(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not _HOOK_SECRET.fullmatch(value.get_secret_value()):
            raise ValueError("needs 16 to 256 letters, digits, - and _, and nothing else")
        return value

    @field_validator("result_origins")
    @classmethod
    def _are_origins(cls, value: list[str]) -> list[str]:
        for origin in value:
            if not _ORIGIN.fullmatch(origin):
                raise ValueError("each must be http:// or https://, a host, perhaps a port")
        return value

    @field_validator("ekyc_api_key", "checknumber_api_key")
    @classmethod
    def _fits_a_header(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not _HEADER.fullmatch(value.get_secret_value()):
            raise ValueError("holds blanks or letters that no key has; copy it once more, whole")
        return value

    @field_validator("green_api_instances")
    @classmethod
    def _are_instances(cls, value: SecretStr | None) -> SecretStr | None:
        ids = []
        for part in value.get_secret_value().split(",") if value else []:
            if not _INSTANCE.fullmatch(part.strip()):
                raise ValueError("each must be the id of an instance, a colon, and its token")
            ids.append(part.strip().partition(":")[0])
        if len(ids) != len(set(ids)):
            raise ValueError("names an instance twice")
        return value

    @field_validator("default_language")
    @classmethod
    def _is_a_language(cls, value: str) -> str:
        known = sorted(home.name for home in _LOCALES.iterdir() if home.is_dir())
        if value not in known:
            raise ValueError(f"there are texts for: {', '.join(known)}")
        return value

    @field_validator("bot_token")
    @classmethod
    def _looks_like_a_token(cls, value: SecretStr) -> SecretStr:
        left, colon, right = value.get_secret_value().partition(":")
        if not (left.isdigit() and colon and len(right) >= 20):  # noqa: PLR2004 # real ones have 35
            raise ValueError("is no bot token")
        return value

    @field_validator("data_key")
    @classmethod
    def _is_a_key(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None:
            parse_key(value.get_secret_value())
        return value

    @model_validator(mode="after")
    def _fits_together(self) -> "Settings":
        if self.poll_slowest_seconds < self.poll_fastest_seconds:
            raise ValueError("POLL_SLOWEST_SECONDS is less than POLL_FASTEST_SECONDS")
        if self.access == "invited" and not self.owner_ids:
            raise ValueError(
                "OWNER_IDS is empty, so nobody could use the bot: put your Telegram id there "
                "(@userinfobot tells it), or ACCESS=open to let everyone in at your cost"
            )
        if self.webhook_url and self.webhook_secret is None:
            raise ValueError("WEBHOOK_URL needs WEBHOOK_SECRET: put there what nobody can guess")
        if not self.database_url.startswith(_DATABASES):
            raise ValueError(f"DATABASE_URL must begin with {' or '.join(_DATABASES)}")
        if self.is_shared:
            try:
                url = make_url(self.database_url)
            except (ArgumentError, ValueError):  # its text may hold the password
                raise ValueError(f"DATABASE_URL is no address: {_SHARED}") from None
            try:
                PostgresAddress(url)
            except ValueError as error:
                raise ValueError(f"DATABASE_URL: {error}") from None
        if self.is_shared and self.data_key is None:
            raise ValueError(
                "DATABASE_URL is PostgreSQL, which several Numberdesks may share: "
                "set DATA_KEY, the same for all of them"
            )
        return self

    @property
    def is_shared(self) -> bool:
        """True if several processes may share the database."""
        return self.database_url.startswith("postgresql")

    @property
    def instances(self) -> dict[str, str]:
        """The tokens of the lookup service's instances, by id."""
        if self.green_api_instances is None:
            return {}
        parts = self.green_api_instances.get_secret_value().split(",")
        pairs = (part.strip().partition(":") for part in parts)
        return {name: token for name, _, token in pairs}

    @property
    def secrets(self) -> list[str]:
        """All values that must never be printed."""
        values = (
            self.bot_token,
            self.webhook_secret,
            self.data_key,
            self.ekyc_api_key,
            self.checknumber_api_key,
        )
        plain = [value.get_secret_value() for value in values if value is not None]
        # As in `//user:password@host`, and as `?password=` or `?sslpassword=`.
        given = re.findall(r"//[^:/@]*:([^@]+)@|password=([^&]+)", self.database_url)
        plain += [unquote("".join(found)) for found in given]
        return plain + list(self.instances.values())


def load(**values: Any) -> Settings:
    """Read the settings; keyword arguments take precedence. Raises SettingsError."""
    try:
        return Settings(**values)
    except ValidationError as error:
        lines = []
        for problem in error.errors():
            line = problem["msg"].removeprefix("Value error, ")
            if problem["loc"]:
                name = str(problem["loc"][0])
                line = (
                    f"{name.upper()}: {line}. Put here: {Settings.model_fields[name].description}"
                )
            lines.append(f"  {line}")
        raise SettingsError("\n".join(lines)) from None
    except UnicodeDecodeError:
        raise SettingsError("  .env: is no UTF-8 text. Save it as UTF-8.") from None
