"""Misspelt settings are found, and other programs' variables are left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.environment.near_misses import near_misses
from bot.environment.sources import holds_secret
from bot.settings import Settings

SETTINGS = [name.upper() for name in Settings.model_fields]
SECRETS = [
    f"{name.upper()}_FILE"
    for name, field in Settings.model_fields.items()
    if holds_secret(name, field)
]
KNOWN = {*SETTINGS, *SECRETS}


def test_every_secret_may_come_from_a_file() -> None:
    """Protects secrets from standing in clear: each of these is read where Docker mounts it."""
    assert set(SECRETS) == {
        *("BOT_TOKEN_FILE", "WEBHOOK_SECRET_FILE", "DATA_KEY_FILE", "DATABASE_URL_FILE"),
        *("EKYC_API_KEY_FILE", "CHECKNUMBER_API_KEY_FILE", "GREEN_API_INSTANCES_FILE"),
        *("PROXY_URL_FILE", "SERVICES_PROXY_URL_FILE", "RESULTS_PROXY_URL_FILE"),
    }


def meant(name: str, *given: str) -> str | None:
    """Return the setting that this variable is taken for."""
    found = list(near_misses([name], "the environment", KNOWN, given))
    return found[0].meant if found else None


@pytest.mark.parametrize(
    ("name", "setting"),
    [
        ("OWNER_ID", "OWNER_IDS"),
        ("owner_id", "OWNER_IDS"),
        ("EKYC_APIKEY", "EKYC_API_KEY"),
        ("LOGLEVEL", "LOG_LEVEL"),
        ("BOTTOKEN", "BOT_TOKEN"),
        ("BOT-TOKEN", "BOT_TOKEN"),
        ("BOT_TOKENS", "BOT_TOKEN"),
        ("BOT_TOEKN", "BOT_TOKEN"),
        ("TELEGRAM_BOT_TOKEN", "BOT_TOKEN"),
        ("TELEGRAM_TOKEN", "BOT_TOKEN"),
        ("BOT_TOKENFILE", "BOT_TOKEN_FILE"),
        ("NUMBERDESK_DATA_DIR", "DATA_DIR"),
        ("DATABASE_URI", "DATABASE_URL"),
        ("LOG_LEVEL_FILE", "LOG_LEVEL"),
        ("GREEN_API_INSTANCE", "GREEN_API_INSTANCES"),
    ],
)
def test_a_misspelt_setting_is_recognised(name: str, setting: str) -> None:
    """Protects the operator from a setting that is silently not there."""
    assert meant(name) == setting


@pytest.mark.parametrize(
    "name",
    [
        *("PATH", "HOME", "USER", "LOGNAME", "LANG", "TZ", "TERM", "SHELL", "PWD", "HOSTNAME"),
        *("XDG_DATA_DIRS", "XDG_DATA_HOME", "XDG_RUNTIME_DIR", "MAIL", "EDITOR", "DISPLAY"),
        *("PYTHONPATH", "PYTHONUNBUFFERED", "VIRTUAL_ENV", "PIP_CACHE_DIR", "LC_ALL"),
        *("HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "SSL_CERT_FILE", "REQUESTS_CA_BUNDLE"),
        *("POSTGRES_PASSWORD", "POSTGRES_USER", "POSTGRES_DB", "PGHOST", "PGDATA", "PGPASSFILE"),
        *("SITE", "PORT", "HOST", "TOKEN", "API_KEY", "SECRET_KEY", "DEBUG", "DATABASE", "LOCAL"),
        *("INVOCATION_ID", "JOURNAL_STREAM", "NOTIFY_SOCKET", "STATE_DIRECTORY", "MAINPID"),
        *("KUBERNETES_SERVICE_HOST", "NUMBERDESK_SERVICE_HOST", "NUMBERDESK_PORT", "CI"),
        *("DOCKER_HOST", "COMPOSE_PROJECT_NAME", "REDIS_URL", "SENTRY_DSN", "AWS_REGION"),
        *("LOG_FILE", "ACCESS_LOG", "ACCESS_KEY", "DATA", "MAX_OLD_SPACE", "WEBHOOK", "HEALTH"),
    ],
)
def test_variables_of_others_are_left_alone(name: str) -> None:
    """Protects from false alarms about what other programs are told."""
    assert meant(name) is None


def test_what_is_set_is_not_looked_for() -> None:
    """Protects from a false alarm about another program's variable of nearly the same name."""
    assert meant("LOGLEVEL", "LOG_LEVEL") is None


@given(
    name=st.sampled_from(sorted(KNOWN)), at=st.integers(min_value=0), letter=st.sampled_from("AEX_")
)
def test_one_letter_is_forgiven(name: str, at: int, letter: str) -> None:
    """Protects from each kind of slip: a letter changed, missing, doubled or swapped."""
    at %= len(name) - 1
    slips = {
        name[:at] + letter + name[at + 1 :],
        name[:at] + name[at + 1 :],
        name[:at] + letter + name[at:],
        name[:at] + name[at + 1] + name[at] + name[at + 2 :],
        name.lower(),
    }
    for slip in slips:
        assert (meant(slip) is not None) == (slip.upper() not in KNOWN)


@pytest.mark.parametrize("one", sorted(KNOWN))
def test_no_setting_is_taken_for_another(one: str) -> None:
    """Protects from names so near to each other that a slip means another setting."""
    assert meant(one) is None
