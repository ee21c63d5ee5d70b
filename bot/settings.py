"""Settings from the environment, a `.env` file or files with secrets; never kept in a global.

`.env.example` and docs/settings.md repeat the docstring of each field. `bot.environment` reads
the values as people write them.
"""

import re
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import unquote

from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from bot.environment import telling
from bot.environment.kinds import (
    Address,
    Alerts,
    AnyCase,
    Budget,
    Country,
    DatabaseAddress,
    DataKey,
    HomePath,
    HookAddress,
    HookSecret,
    Ids,
    Instances,
    Language,
    Origins,
    Proxy,
    ServiceKey,
    Token,
)
from bot.environment.near_misses import NearMiss
from bot.environment.sources import (
    ENV_ENCODING,
    ENV_FILE,
    AsWritten,
    EnvFileError,
    Fault,
    SecretFiles,
    variables_in,
)
from bot.environment.values import parts
from runtime.money import Money
from storage.engines import is_shared


class SettingsError(Exception):
    """Settings are missing or invalid; each line names one and what to put there."""


class Settings(BaseSettings):
    """Every setting of the operator."""

    model_config = SettingsConfigDict(
        env_file=ENV_FILE,
        env_file_encoding=ENV_ENCODING,
        env_ignore_empty=True,
        allow_inf_nan=False,
        extra="ignore",
        hide_input_in_errors=True,  # a mistyped token must not be printed
        use_attribute_docstrings=True,
    )

    bot_token: Token
    """The token that BotFather gave you, such as 123456789:AAE…"""
    telegram_api_url: Address = "https://api.telegram.org"
    """Address of the Bot API; another one for a local Bot API server"""
    telegram_local: bool = False
    """true if that is a local Bot API server in --local mode: files up to 2 GB"""
    webhook_url: HookAddress | None = None
    """Public https address that Telegram shall send updates to; empty: the bot fetches them"""
    webhook_secret: HookSecret | None = None
    """What Telegram proves itself with there: 16 to 256 letters, digits, - and _"""
    webhook_host: str = "127.0.0.1"
    """Address that the bot takes updates on, behind your proxy; 0.0.0.0 in a container"""
    webhook_port: int = Field(default=8443, ge=1, le=65535)
    """Port that the bot takes updates on"""
    proxy_url: Proxy = None
    """Proxy to Telegram: http, https, socks5 or socks5h, such as socks5://user:password@host:1080"""
    services_proxy_url: Proxy = None
    """Proxy to the services of checks and lookups, written likewise; empty: none"""
    results_proxy_url: Proxy = None
    """Proxy to the files of results, written likewise; empty: none"""

    database_url: DatabaseAddress = "sqlite+aiosqlite:///data/numberdesk.db"
    """Where the database is; or postgresql+asyncpg://user:password@host/name, for several bots"""
    data_dir: HomePath = Path("data")
    """Folder for result files, the key file and the lock file"""
    data_key: DataKey | None = None
    """Key for the data at rest: 32 bytes in base64; without it one is made in DATA_DIR"""
    lease_seconds: float = Field(default=10, ge=2)
    """With PostgreSQL: seconds after which others take over what a dead Numberdesk was doing"""

    owner_ids: Ids = []
    """Telegram ids of the owners, separated by commas; @userinfobot tells you yours"""
    access: Annotated[Literal["invited", "open"], AnyCase] = "invited"
    """invited: the owners and whom they let in; open: everyone who finds the bot, at your cost"""
    daily_numbers: int = Field(default=100_000, ge=0)
    """Numbers that a person may have checked a day (UTC), owners aside; 0: no limit"""
    daily_lookups: int = Field(default=200, ge=0)
    """Numbers that a person may look up one by one a day (UTC), owners aside; 0: no limit"""
    daily_budget: Budget = None
    """Money that a person may spend a day (UTC), owners aside: 5, or 5 USD; empty: no limit"""
    monthly_budget: Budget = None
    """The same for a month (UTC), in the same currency"""
    max_run: int = Field(default=200, ge=0)
    """Longest run of numbers in a list, and most of 1,000 by one person in a week; 0: no limit"""
    default_language: Language = "en"
    """Language for people whose own one there is no text in"""
    default_region: Country | None = None
    """Country of numbers written without a country code, such as GB; empty: none"""

    ekyc_api_url: Address = "https://api.ekycpro.com"
    """Service for Telegram activity, WhatsApp details and Band"""
    ekyc_api_key: ServiceKey | None = None
    """Your key there; without it these checks are not offered"""
    ekyc_user_id: str = ""
    """Your user id there, which WhatsApp details needs"""
    checknumber_api_url: Address = "https://api.checknumber.ai"
    """Service for Active number"""
    checknumber_api_key: ServiceKey | None = None
    """Your key there; without it this check is not offered"""
    green_api_url: Address = "https://api.green-api.com"
    """Service for single lookups: the apiUrl that its console shows"""
    green_api_instances: Instances | None = None
    """Your instances there as id:token,id:token; without one, single lookups are not offered"""
    green_budget: int = Field(default=40, ge=1)
    """Different numbers that one instance is asked about in ten minutes, at most"""
    green_pause_seconds: float = Field(default=7200, gt=0)
    """Seconds for which an instance is left alone when it has reached its limit"""
    balance_alert: Alerts = None
    """Balance below which the owners are told: 10 at each service, or ekyc=10,checknumber=5"""
    checkers_file: HomePath | None = None
    """A .toml file with more checks, or with changed prices and minimums"""
    first_file: Annotated[Literal["list", "raw"], AnyCase] = "list"
    """list: a result comes as the person's own list with the answers; raw: as the service's file"""
    show_balance: bool = False
    """true: everybody sees the balance of the account; false: the owners alone"""
    result_origins: Origins = []
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
    log_level: Annotated[Literal["debug", "info", "warning", "error"], AnyCase] = "info"
    """debug, info, warning or error"""
    log_format: Annotated[Literal["text", "json"], AnyCase] = "text"
    """text for people, json for machines"""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Return the sources, the first one wins; called by pydantic-settings."""
        del file_secret_settings  # a folder of secrets, which nobody names
        files = SecretFiles(settings_cls, env_settings, dotenv_settings)
        return init_settings, files, AsWritten(env_settings), AsWritten(dotenv_settings)

    @field_validator("*", mode="before")
    @classmethod
    def _could_be_read(cls, value: Any) -> Any:
        if isinstance(value, Fault):
            raise ValueError(value.says)  # noqa: TRY004 # pydantic asks for this type
        return value

    # Of settings that must fit together the last one asks, so that its fault is told beside those
    # of all others. What is wrong by itself is missing from `info.data`.

    @field_validator("webhook_secret")
    @classmethod
    def _guards_the_webhook(cls, value: SecretStr | None, info: ValidationInfo) -> Any:
        if value is None and info.data.get("webhook_url"):
            raise telling.together(
                "WEBHOOK_URL needs WEBHOOK_SECRET: put there what nobody can guess"
            )
        return value

    @field_validator("data_key")
    @classmethod
    def _is_shared_too(cls, value: SecretStr | None, info: ValidationInfo) -> SecretStr | None:
        if value is None and is_shared(info.data.get("database_url", "sqlite://")):
            raise telling.together(
                "DATABASE_URL is PostgreSQL, which several Numberdesks may share: "
                "set DATA_KEY, the same for all of them"
            )
        return value

    @field_validator("access")
    @classmethod
    def _lets_somebody_in(cls, value: str, info: ValidationInfo) -> str:
        if value == "invited" and info.data.get("owner_ids") == []:
            raise telling.together(
                "OWNER_IDS is empty, so nobody could use the bot: put your Telegram id there "
                "(@userinfobot tells it), or ACCESS=open to let everyone in at your cost"
            )
        return value

    @field_validator("monthly_budget")
    @classmethod
    def _is_in_one_currency(cls, value: Money | None, info: ValidationInfo) -> Money | None:
        daily = info.data.get("daily_budget")
        if value and daily and value.currency != daily.currency:
            raise telling.together("DAILY_BUDGET and MONTHLY_BUDGET are in two currencies: use one")
        return value

    @field_validator("poll_slowest_seconds")
    @classmethod
    def _is_slower(cls, value: float, info: ValidationInfo) -> float:
        if value < info.data.get("poll_fastest_seconds", value):
            raise telling.together("POLL_SLOWEST_SECONDS is less than POLL_FASTEST_SECONDS")
        return value

    @field_validator("health_port")
    @classmethod
    def _is_another_port(cls, value: int, info: ValidationInfo) -> int:
        if info.data.get("webhook_url") and value == info.data.get("webhook_port"):
            raise telling.together("HEALTH_PORT and WEBHOOK_PORT are the same: change one of them")
        return value

    @property
    def is_shared(self) -> bool:
        """True if several processes may share the database."""
        return is_shared(self.database_url)

    @property
    def instances(self) -> dict[str, str]:
        """The tokens of the lookup service's instances, by id."""
        if self.green_api_instances is None:
            return {}
        pairs = (part.partition(":") for part in parts(self.green_api_instances.get_secret_value()))
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
        proxies = (self.proxy_url, self.services_proxy_url, self.results_proxy_url)
        plain += [proxy.password for proxy in proxies if proxy and proxy.password]
        return plain + list(self.instances.values())


def load(**values: Any) -> Settings:
    """Read the settings; keyword arguments take precedence. Raises SettingsError."""
    env_file = values.get("_env_file", ENV_FILE)
    try:
        variables_in(env_file)  # pydantic-settings passes over a file that it can't understand
        return Settings(**values)
    except EnvFileError as error:
        raise SettingsError(f"  {error}") from None
    except ValidationError as error:
        lines = list(telling.faults(error, Settings.model_fields))
    lines += [str(miss) for miss in misspelt(env_file)]
    raise SettingsError("\n".join(f"  {line}" for line in lines)) from None


def misspelt(env_file: Path | str | None = ENV_FILE) -> list[NearMiss]:
    """Return the variables that look like a setting and are none. Raises EnvFileError."""
    return telling.misspelt(env_file, Settings.model_fields)
