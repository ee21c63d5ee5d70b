import json
import logging
import re
import sys

import pytest
import structlog
from hypothesis import example, given
from hypothesis import strategies as st

from bot.logs import Mask, configure

TOKEN = "123456789:AAHsecret-secret_secretsecretsecret"
KEY = "k3y-of-a-service"
SIGNED = "https://s3.test/x.zip?X-Amz-Expires=900&X-Amz-Signature=c0ffee"
mask = Mask([TOKEN, KEY, ""])


def digits(text: str) -> int:
    """Return the longest run of digits, ignoring punctuation between them."""
    runs = re.findall(r"\d(?:[^\d\w•]*\d)*", text)
    return max((len(re.sub(r"\D", "", run)) for run in runs), default=0)


GAPS = st.lists(st.sampled_from(["", "", " ", "-", ".", "(", ")", ") ", " (", "--"]), min_size=14)


@given(
    number=st.from_regex(r"\A[1-9][0-9]{6,14}\Z"),
    gaps=GAPS,
    plus=st.sampled_from(["", "+"]),
    around=st.sampled_from([("", ""), ("'", "'"), ("to ", " failed"), ("n=", ","), ("[", "]")]),
)
@example(number="79876543210", gaps=[""] * 14, plus="+", around=("", ""))
def test_no_number_survives_the_usual_marks(
    number: str, gaps: list[str], plus: str, around: tuple[str, str]
) -> None:
    """Protects phone numbers: with spaces, dashes, dots or brackets, six digits stay."""
    spelt = number[0] + "".join(a + b for a, b in zip(gaps, number[1:], strict=False))
    shown = mask.text(f"{around[0]}{plus}{spelt}{around[1]}")
    assert number not in re.sub(r"\D", "", shown)
    assert digits(shown) <= 6
    assert shown.startswith(around[0])
    assert shown.endswith(around[1])


def test_a_masked_number_can_be_followed() -> None:
    """Protects the operator at 3 a.m.: two lines about one number look alike."""
    assert mask.text("to +79876543210 now") == "to +7987•••••10 now"
    assert mask.text("+7 (987) 654-32-10") == "+7987•••••10"


@pytest.mark.parametrize(
    "spelt",
    [
        "+7\u00a0987\u00a0654\u00a032\u00a010",
        "+7/987/654/32/10",
        "+7\t987\t654\t32\t10",
        "+7 (987) - 654 - 32 - 10",
        "tel79876543210",
        "79876543210x",
        "7_987_654_32_10",
        ".79876543210",
        repr(b"+79876543210\n79876543211\n"),
        "+7,987,654,32,10",
    ],
)
def test_no_number_survives_odd_marks(spelt: str) -> None:
    """Protects phone numbers in real spellings: from Excel, from a repr, from a name."""
    assert digits(re.sub(r"[^\W\d]", " ", mask.text(spelt))) <= 6


@pytest.mark.parametrize(
    "text",
    [
        "2,049 of 10,000 numbers",
        "999999 numbers in 12.5 s",
        "at 2026-11-22T12:00:00.123456Z and 2026-11-22T12:00:00+00:00",
        "127.0.0.1:8080",
        "task d4a8f0c2e1 is processing",
        "HTTP 502 after 3 tries",
        "line 1234, port 65535",
    ],
)
def test_what_is_no_number_survives(text: str) -> None:
    """Protects the operator: counts, times, ids and ports stay readable."""
    assert mask.text(text) == text


@pytest.mark.parametrize("text", ["since 2026-11-22", "2026-11-22 12:00:00", "192.168.100.200:80"])
def test_dates_and_addresses_survive(text: str) -> None:
    """Protects the operator: hosts and dates stay readable."""
    assert mask.text(text) == text


@pytest.mark.parametrize("wrap", ["{}", "/bot{}/getMe", "'{}'", "Unauthorized({})", "a{}b"])
def test_known_secrets_are_hidden_wherever_they_stand(wrap: str) -> None:
    """Protects the token and the keys: in addresses, in quotes, or joined to other text."""
    for secret in (TOKEN, KEY):
        assert secret not in mask.text(wrap.format(secret))


def test_tokens_that_nobody_named_are_hidden() -> None:
    """Protects another bot's token that was pasted by mistake."""
    other = "987654321:BBHother-other_otherotherother"
    assert "BBHother" not in mask.text(f"token {other}")
    assert "c0ffee" not in mask.text(f"GET {SIGNED} failed")
    assert "s3.test/x.zip" in mask.text(f"GET {SIGNED} failed")


@pytest.mark.parametrize(
    "text",
    [
        "/bot987654321:BBHsecret-other_otherotherother/getMe",
        "https://blob.test/x.zip?se=2026&sig=secret",
    ],
)
def test_unknown_secrets_in_addresses_are_hidden(text: str) -> None:
    """Protects tokens of earlier settings, and signed links of other storages."""
    assert "secret" not in mask.text(text)


def test_every_field_is_masked_and_counts_stay() -> None:
    """Protects against a number in a list within a field."""
    event = {
        "event": "look",
        "timestamp": "2026-11-22T12:00:00.000000Z",
        "numbers": ["+79876543210", {"deep": ("+79876543210", 5)}],
        "error": ValueError("+79876543210"),
        "count": 10_000_000,
        "ok": True,
        "none": None,
        "seconds": 0.25,
    }
    shown = mask(None, "info", event)
    assert "9876543210" not in repr(shown)
    assert shown["timestamp"] == event["timestamp"]
    assert (shown["count"], shown["ok"], shown["none"]) == (10_000_000, True, None)
    assert shown["seconds"] == 0.25


@pytest.mark.parametrize("value", [79876543210, 79876543210.0, {"79876543210": "yes"}])
def test_numbers_that_are_no_text_are_masked(value: object) -> None:
    """Protects phone numbers that a service takes as integers."""
    assert "9876543210" not in repr(mask(None, "info", {"event": "look", "value": value}))


@pytest.fixture(params=["text", "json"])
def form(request: pytest.FixtureRequest) -> str:
    """Each form that a log has."""
    return str(request.param)


def leak() -> None:
    """Fail as a library does, with secrets and numbers in the error."""
    raise ValueError(f"POST /bot{TOKEN}/x for +79876543210 with {KEY} at {SIGNED}")


def test_lines_of_all_libraries_are_masked(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Protects secrets in any log line: arguments, tracebacks, of ours and of libraries."""
    configure("debug", form, [TOKEN, KEY])
    ours, theirs = structlog.get_logger("ours"), logging.getLogger("sqlalchemy.engine")
    theirs.warning("GET %s with %s for %s", SIGNED, KEY, "+79876543210")
    theirs.warning("dict %(token)s", {"token": TOKEN})
    ours.warning("hello", number="+79876543210", url=SIGNED, keys=[KEY], count=2049)
    try:
        leak()
    except ValueError:
        ours.exception("ours failed")
        theirs.exception("theirs failed")
    said = capsys.readouterr().err
    for secret in (TOKEN, TOKEN.partition(":")[2], KEY, "c0ffee", "9876543210"):
        assert secret not in said
    assert said.count("Traceback") == 2
    assert "2049" in said
    assert said.count("ValueError") >= 2
    if form == "json":
        lines = [json.loads(line) for line in said.splitlines()]
        assert {line["level"] for line in lines} == {"warning", "error"}
        assert {"event", "logger", "timestamp"} <= lines[0].keys()


def test_libraries_that_write_addresses_are_quiet(
    form: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Protects the log from a line per request, but keeps the libraries' warnings."""
    configure("info", form, [])
    for name in ("httpx", "aiohttp.access", "alembic"):
        logging.getLogger(name).info("chatter")
        logging.getLogger(name).warning("trouble")
    structlog.get_logger("ours").debug("chatter")
    said = capsys.readouterr().err
    assert "chatter" not in said
    assert said.count("trouble") == 3
    assert sys.stderr is not None
