from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from bot.settings import Settings, SettingsError, load
from storage.sealing.vault import new_key

TOKEN = "123456789:AAHsecret-secret_secretsecretsecret"


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Hide the variables and the .env file of the machine that runs the test."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)


def with_env(monkeypatch: pytest.MonkeyPatch, **values: str) -> Settings:
    """Return the settings with these variables beside the two required ones."""
    for name, value in {"BOT_TOKEN": TOKEN, "OWNER_IDS": "7", **values}.items():
        monkeypatch.setenv(name, value)
    return load()


def test_two_settings_are_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    """Protects the first start: a token and an owner are enough, all else has sane defaults."""
    settings = with_env(monkeypatch)
    assert settings.owner_ids == [7]
    assert (settings.access, settings.default_language) == ("invited", "en")
    assert settings.secrets == [TOKEN]


@pytest.mark.parametrize(
    ("text", "ids"),
    [("1,2", [1, 2]), (" 1 , 2 ,", [1, 2]), ("[1;2]", [1, 2]), ("7", [7])],
)
def test_lists_are_read_from_one_line(
    monkeypatch: pytest.MonkeyPatch, text: str, ids: list[int]
) -> None:
    """Protects the operator's spelling: commas, spaces, a trailing comma."""
    assert with_env(monkeypatch, OWNER_IDS=text).owner_ids == ids


@pytest.mark.parametrize("text", ["true", "True", "YES", "on", "1", "'y'", " T\r"])
def test_yes_and_no_in_any_spelling(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    """Protects the operator's spelling of yes and no, and of words."""
    words = {"ACCESS": "Open", "LOG_LEVEL": "WARNING", "LOG_FORMAT": "JSON"}
    settings = with_env(monkeypatch, TELEGRAM_LOCAL=text, DEFAULT_LANGUAGE="RU", **words)
    assert settings.telegram_local is True
    assert (settings.access, settings.log_level) == ("open", "warning")
    assert (settings.log_format, settings.default_language) == ("json", "ru")
    for no in ("no", "OFF", "0", "False"):
        assert with_env(monkeypatch, TELEGRAM_LOCAL=no).telegram_local is False


@pytest.mark.parametrize("text", ["1101:aa,1102:bb", "[1101:aa; 1102:bb]", "1101:aa\n1102:bb\n"])
def test_instances_in_any_notation(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    """Protects instances that were listed with other separators; each token is masked."""
    settings = with_env(monkeypatch, GREEN_API_INSTANCES=text)
    assert settings.instances == {"1101": "aa", "1102": "bb"}
    assert {"aa", "bb"} <= set(settings.secrets)


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("5", "5", "USD"),
        ("'0.50'", "0.50", "USD"),
        ("7 eur", "7", "EUR"),
        ("CNY 1.5", "1.5", "CNY"),
    ],
)
def test_money_as_people_write_it(
    monkeypatch: pytest.MonkeyPatch, text: str, amount: str, currency: str
) -> None:
    """Protects budgets from floats, and from another currency than the one that was meant."""
    money = with_env(monkeypatch, DAILY_BUDGET=text).daily_budget
    assert money is not None
    assert (str(money.amount), money.currency) == (amount, currency)


def test_budgets_have_one_currency(monkeypatch: pytest.MonkeyPatch) -> None:
    """Protects from a month that the days of another currency don't count for."""
    with pytest.raises(SettingsError, match="are in two currencies"):
        with_env(monkeypatch, DAILY_BUDGET="5 USD", MONTHLY_BUDGET="50 EUR")


@pytest.mark.parametrize(
    ("text", "alerts"),
    [
        ("10", {"ekyc": 10, "checknumber": 10}),
        ("ekyc=10; CheckNumber=0.5", {"ekyc": Decimal(10), "checknumber": Decimal("0.5")}),
        ("checknumber=3", {"checknumber": 3}),
    ],
)
def test_alerts_of_one_service_or_all(
    monkeypatch: pytest.MonkeyPatch, text: str, alerts: dict[str, Decimal]
) -> None:
    """Protects owners who give one figure for all services."""
    assert with_env(monkeypatch, BALANCE_ALERT=text).balance_alert == alerts


def test_a_path_at_home_is_found(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Protects from a folder that is called ~."""
    monkeypatch.setenv("HOME", str(tmp_path))
    assert with_env(monkeypatch, DATA_DIR="~/desk").data_dir == tmp_path / "desk"


def test_origins_lose_their_slash(monkeypatch: pytest.MonkeyPatch) -> None:
    """Protects against an origin that never matches because of a pasted slash."""
    text = "http://127.0.0.1:9000/, http://minio:9000"
    settings = with_env(monkeypatch, RESULT_ORIGINS=text)
    assert settings.result_origins == ["http://127.0.0.1:9000", "http://minio:9000"]


def test_an_env_file_is_read_and_variables_win(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Protects both ways of setting values; an empty line counts as not set."""
    lines = f"BOT_TOKEN={TOKEN}\nOWNER_IDS=1,2\nMAX_RUN=5\nDATA_KEY=\nEKYC_API_KEY=\nUNKNOWN=1\n"
    (tmp_path / ".env").write_text(lines)
    monkeypatch.setenv("MAX_RUN", "6")
    settings = load()
    assert (settings.owner_ids, settings.max_run) == ([1, 2], 6)
    assert settings.data_key is None
    assert settings.ekyc_api_key is None


WRONG = {
    "BOT_TOKEN": ("hunter2hunter2", ["BotFather"]),
    "OWNER_IDS": ("@anna", ["entry 1 is no whole number", "@userinfobot"]),
    "ACCESS": ("everyone", ["'invited' or 'open'"]),
    "DATA_KEY": ("hunter2hunter2", ["base64"]),
    "MAX_RUN": ("-1", ["must be 0 or more"]),
    "DEFAULT_REGION": ("Britain", ["GB"]),
    "DAILY_BUDGET": ("5,50", ["write it as 5, 0.50 or 5 USD"]),
    "BALANCE_ALERT": ("green=5", ["a service and one: ekyc=10"]),
    "POLL_FASTEST_SECONDS": ("0", ["must be more than 0"]),
    "EXPIRE_HOURS": ("nan", ["has no end"]),
    "HEALTH_PORT": ("70000", ["65535"]),
    "LOG_LEVEL": ("loud", ["warning"]),
    "LOG_FORMAT": ("xml", ["json"]),
    "TELEGRAM_LOCAL": ("perhaps", ["true nor false"]),
    "PROXY_URL": ("ftp://anna:hunter2@proxy.test", ["socks5h", "Proxy to Telegram"]),
    "SERVICES_PROXY_URL": ("http://:hunter2@proxy.test", ["password without a user"]),
    "DATABASE_URL": ("mysql://anna:hunter2@db/x", ["sqlite+aiosqlite:///"]),
    "POLL_SLOWEST_SECONDS": ("1", ["POLL_FASTEST_SECONDS"]),
}


@pytest.mark.parametrize("ids", ["12345678901234567890", "-1001234567890", "0"])
def test_ids_of_nobody_are_refused(monkeypatch: pytest.MonkeyPatch, ids: str) -> None:
    """Protects the notes to owners: with such an id none could be stored, and no list posted."""
    with pytest.raises(SettingsError, match="OWNER_IDS: entry 1 must be"):
        with_env(monkeypatch, OWNER_IDS=ids)


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_setting_is_named_and_not_repeated(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Protects time and secrets: the error names setting, reason and fix, but no value."""
    value, words = WRONG[name]
    with pytest.raises(SettingsError) as caught:
        with_env(monkeypatch, **{name: value})
    said = str(caught.value)
    for word in [name, *words]:
        assert word in said
    assert "hunter2" not in said
    assert TOKEN not in said
    assert caught.value.__suppress_context__
    with pytest.raises(ValidationError) as raw:
        Settings()
    assert "hunter2" not in str(raw.value)


JARGON = ("Input should", "pydantic", "pattern", "valid", "Value error", "Errno", "ctx")


@given(name=st.sampled_from(sorted(Settings.model_fields)), value=st.text(min_size=1))
def test_no_value_meets_jargon(name: str, value: str) -> None:
    """Protects the operator from a validator's own words, whatever they put there."""
    try:
        load(_env_file=None, **{"bot_token": TOKEN, "owner_ids": "7", name: value})
    except SettingsError as error:
        assert not any(word in str(error) for word in JARGON)  # noqa: PT017


def test_every_missing_setting_is_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Protects against finding missing settings one start after the other."""
    monkeypatch.setenv("LOG_LEVEL", "loud")
    with pytest.raises(SettingsError) as caught:
        load()
    said = str(caught.value)
    assert "BOT_TOKEN: is missing. Put here: The token that BotFather gave you" in said
    assert "LOG_LEVEL" in said


def test_nobody_at_all_is_no_access(monkeypatch: pytest.MonkeyPatch) -> None:
    """Protects against a bot that turns everybody away, its owner first."""
    with pytest.raises(SettingsError, match="OWNER_IDS is empty"):
        with_env(monkeypatch, OWNER_IDS="")
    assert with_env(monkeypatch, OWNER_IDS="", ACCESS="open").owner_ids == []


def test_printed_settings_hold_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    """Protects secrets from a debug line; the mask knows every one of them."""
    keys = {"EKYC_API_KEY": "key-one", "CHECKNUMBER_API_KEY": "key-two", "DATA_KEY": new_key()}
    settings = with_env(monkeypatch, **keys)
    for secret in [TOKEN, *keys.values()]:
        assert secret not in repr(settings)
        assert secret in settings.secrets


@pytest.mark.parametrize(
    "where", ["me:s3 cr3t@h/d", "h/d?password=s3%20cr3t", "h/d?sslpassword=s3 cr3t"]
)
def test_passwords_of_the_database_are_masked(monkeypatch: pytest.MonkeyPatch, where: str) -> None:
    """Protects the database's password wherever DATABASE_URL has it."""
    url = f"postgresql+asyncpg://{where}"
    assert "s3 cr3t" in with_env(monkeypatch, DATABASE_URL=url, DATA_KEY=new_key()).secrets


def test_an_env_file_that_is_no_text_is_named(tmp_path: Path) -> None:
    """Protects against a traceback for a file saved by an old editor."""
    (tmp_path / ".env").write_bytes("BOT_TOKEN=ключ".encode("cp1251"))
    with pytest.raises(SettingsError, match=r"\.env"):
        load()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("EKYC_API_URL", "api.ekycpro.com"),
        ("TELEGRAM_API_URL", "api.telegram.org"),
        ("EKYC_API_KEY", "key\N{HORIZONTAL ELLIPSIS}"),
        ("EKYC_API_KEY", "two words\n"),
        ("RESULT_ORIGINS", "127.0.0.1:9000"),
        ("DEFAULT_LANGUAGE", "xx"),
        ("DATABASE_URL", "postgresql+asyncpg://anna:hunter2@db/x?channel_binding=require"),
        ("DATABASE_URL", "postgresql+asyncpg://anna:hunter2@db/x?speed=high"),
        ("DATABASE_URL", "postgresql+asyncpg://anna:hunter2@db:hunter2/x"),
    ],
)
def test_what_can_never_work_is_named(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    """Protects against waiting for a service for ever because of a missing https://."""
    with pytest.raises(SettingsError, match=name) as caught:
        with_env(monkeypatch, DATA_KEY=new_key(), **{name: value})
    assert "hunter2" not in str(caught.value)


def test_a_proxys_password_is_a_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    """Protects a proxy's password, also from whoever prints the settings."""
    url = "socks5h://anna:hunter%232@proxy.test:1080"
    settings = with_env(monkeypatch, PROXY_URL=url, RESULTS_PROXY_URL="https://b:swordfish@p.test")
    assert settings.proxy_url is not None
    assert (settings.proxy_url.host, settings.proxy_url.password) == ("proxy.test", "hunter#2")
    assert settings.services_proxy_url is None
    assert {"hunter#2", "swordfish"} <= set(settings.secrets)
    assert "hunter" not in repr(settings)
