"""Logging: one line per event, with secrets and phone numbers masked."""

import logging
import re
import sys
from collections.abc import Iterable
from typing import Any

import structlog

# Seven or more digits, with up to four separators between two of them, count as a phone number,
# unless they are a date or an IP address with a port.
_NUMBER = re.compile(
    r"(?P<date>(?<!\d)20\d\d-[01]\d-[0-3]\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?)?(?!\d))"
    r"|(?P<address>(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}:\d{1,5}(?!\d))"
    r"|(?<!\d)\+?\d(?:[^\w\n]{0,4}_?\d){6,}"
)
_TOKEN = re.compile(r"(?<!\d)\d{6,}:[A-Za-z0-9_-]{20,}")
_QUERY = re.compile(r"(https?://[^\s'\"<>?]*\?)[^\s'\"<>]+", re.IGNORECASE)
_LEAST_NUMBER = 10**9  # larger integers may be phone numbers; counts are smaller
_PLAIN_KEYS = {"timestamp", "level", "update"}
HIDDEN = "•••"


class Mask:
    """A structlog processor that hides secrets and phone numbers in all fields."""

    def __init__(self, secrets: Iterable[str]) -> None:
        self._secrets = sorted((s for s in secrets if s), key=len, reverse=True)

    def __call__(
        self, _logger: Any, _method: str, event: structlog.typing.EventDict
    ) -> structlog.typing.EventDict:
        """Mask one event; called by structlog."""
        return {
            key: value if key in _PLAIN_KEYS else self._hide(value) for key, value in event.items()
        }

    def text(self, text: str) -> str:
        """Return `text` with secrets and phone numbers masked."""
        for secret in self._secrets:
            text = text.replace(secret, HIDDEN)
        text = _TOKEN.sub(HIDDEN, text)
        text = _QUERY.sub(rf"\1{HIDDEN}", text)
        return _NUMBER.sub(_masked, text)

    def _hide(self, value: Any) -> Any:
        if value is None or (isinstance(value, int | float) and abs(value) < _LEAST_NUMBER):
            return value
        if isinstance(value, float):
            return self.text(f"{value:.0f}")
        if isinstance(value, dict):
            return {self._hide(key): self._hide(each) for key, each in value.items()}
        if isinstance(value, list | tuple):
            return [self._hide(each) for each in value]
        return self.text(str(value))


def _masked(found: re.Match[str]) -> str:
    """Mask `+79876543210` as `+7987•••••10`, enough to follow one number through a log."""
    if found["date"] or found["address"]:
        return found[0]
    digits = re.sub(r"\D", "", found[0])
    plus = "+" if found[0].startswith("+") else ""
    return f"{plus}{digits[:4]}{'•' * max(len(digits) - 6, 1)}{digits[-2:]}"


def configure(level: str, form: str, secrets: Iterable[str]) -> None:
    """Log events of structlog and of all libraries to stderr, masked."""
    mask = Mask(secrets)
    shared: list[Any] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        mask,
    ]
    renderer: Any = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if form == "json"
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[structlog.stdlib.PositionalArgumentsFormatter(), *shared],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    # These log each request or update, with addresses.
    for noisy in ("httpx", "httpcore", "aiogram.event", "aiohttp.access", "alembic", "aiosqlite"):
        logging.getLogger(noisy).setLevel(max(logging.WARNING, root.level))
