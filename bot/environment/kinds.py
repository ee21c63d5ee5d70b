"""Kinds of settings: what each must look like, and its fault in words, without the value."""

import re
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr
from pydantic_settings import NoDecode

from bot.environment.values import database_address, parts
from runtime.money import Money, parse_money
from runtime.proxies.address import ProxyAddress, parse_proxy
from storage.sealing.vault import parse_key

_LOCALES = Path(__file__).parents[2] / "handlers" / "locales"
_SERVICES = ("ekyc", "checknumber")
_ADDRESS = r"(?i:https?)://[^\s/?#]+(/[^\s?#]*)?"


def _like(pattern: str, fault: str) -> AfterValidator:
    """Mark a text or a secret that must be written like this, or has this fault."""

    def check(value: Any) -> Any:
        text = value.get_secret_value() if isinstance(value, SecretStr) else value
        if not re.fullmatch(pattern, text):
            raise ValueError(fault)
        return value

    return AfterValidator(check)


def _split(value: Any) -> Any:
    if isinstance(value, str):
        return [part.rstrip("/") for part in parts(value)]
    return value


def _instances(value: SecretStr) -> SecretStr:
    instances = parts(value.get_secret_value())
    if not all(re.fullmatch(r"[0-9]{1,32}:[A-Za-z0-9_-]+", each) for each in instances):
        raise ValueError("each must be the id of an instance, a colon, and its token")
    ids = [each.partition(":")[0] for each in instances]
    if len(ids) != len(set(ids)):
        raise ValueError("names an instance twice")
    return SecretStr(",".join(instances))


def _alerts(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    alerts: dict[str, Decimal] = {}
    for each in parts(value):
        name, _, amount = each.lower().rpartition("=")
        if (name and name not in _SERVICES) or not re.fullmatch(r"\d{1,9}(\.\d{1,6})?", amount):
            raise ValueError(f"write an amount, or a service and one: {_SERVICES[0]}=10")
        alerts |= dict.fromkeys([name] if name else _SERVICES, Decimal(amount))
    return alerts


def _language(value: str) -> str:
    known = sorted(home.name for home in _LOCALES.iterdir() if home.is_dir())
    if value not in known:
        raise ValueError(f"there are texts for: {', '.join(known)}")
    return value


def _country(value: str) -> str:
    from sheets.phones.countries import is_known  # noqa: PLC0415 # takes time to import

    if not is_known(value.upper()):
        raise ValueError("is no country that has numbers; write two letters, such as GB")
    return value.upper()


def _data_key(value: SecretStr) -> SecretStr:
    parse_key(value.get_secret_value())
    return value


AnyCase = BeforeValidator(lambda value: value.lower() if isinstance(value, str) else value)
"""Marks a setting whose words may be written in capitals."""
# Ids of people have at most 52 bits (Bot API, User.id); those of groups are below zero.
_PersonId = Annotated[int, Field(ge=1, lt=2**52)]
Ids = Annotated[list[_PersonId], NoDecode, BeforeValidator(_split)]
_Origin = Annotated[
    str, _like(r"https?://[^\s/?#]+", "must be http:// or https://, a host, perhaps a port")
]
Origins = Annotated[list[_Origin], NoDecode, BeforeValidator(_split)]
Address = Annotated[
    str,
    _like(_ADDRESS, "must begin with https:// (or http://) and name a host"),
    AfterValidator(lambda value: value.rstrip("/")),
]
# With its slash at the end, if it has one: Telegram requests this exact path.
HookAddress = Annotated[
    str, _like(_ADDRESS, "must begin with https:// and name a host, without ? and #")
]
HookSecret = Annotated[
    SecretStr,
    _like(r"[A-Za-z0-9_-]{16,256}", "needs 16 to 256 letters, digits, - and _, and nothing else"),
]
Proxy = Annotated[
    ProxyAddress | None, NoDecode, BeforeValidator(lambda text: parse_proxy(text) if text else None)
]
Alerts = Annotated[dict[str, Decimal] | None, NoDecode, BeforeValidator(_alerts)]
Budget = Annotated[
    Money | None, NoDecode, BeforeValidator(lambda text: parse_money(text) if text else None)
]
DatabaseAddress = Annotated[str, AfterValidator(database_address)]
# Real ones have 35 letters behind the colon.
Token = Annotated[SecretStr, _like(r"[0-9]+:[A-Za-z0-9_-]{20,}", "is no bot token")]
DataKey = Annotated[SecretStr, AfterValidator(_data_key)]
ServiceKey = Annotated[
    SecretStr, _like(r"[!-~]+", "holds blanks or letters that no key has; copy it once more, whole")
]
Instances = Annotated[SecretStr, AfterValidator(_instances)]
Language = Annotated[str, AnyCase, AfterValidator(_language)]
Country = Annotated[str, AfterValidator(_country)]
# No shell has replaced the ~ of a path in .env.
HomePath = Annotated[Path, AfterValidator(Path.expanduser)]
