from decimal import Decimal
from pathlib import Path

import pytest

from checking.services.catalogue import Catalogue, CatalogueError, Check, Spoken, load
from sheets.answers.meaning import Meaning

EKYC, CHECKNUMBER = ("ekyc", "tasks_v1"), ("checknumber", "tasks_v1")
BOTH: Spoken = frozenset({EKYC, ("ekyc", "wa_detail"), CHECKNUMBER})
OURS = ["tg_active", "wa_detail", "active_check", "band"]
NEW = """
[viber]
title = "Viber"
service = "ekyc"
flavour = "tasks_v1"
task_type = "viber"
minimum = 500
price = 0.5
currency = "EUR"
"""


def own(folder: Path, text: str | bytes, services: Spoken = BOTH) -> Catalogue:
    """Return the catalogue with this CHECKERS_FILE."""
    path = folder / "own.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return load(services, path)


def test_the_four_checks_are_there() -> None:
    """Protects the four checks of the task: each has its service and its task type."""
    checks = {check.key: check for check in load(BOTH).offered()}
    assert list(checks) == OURS
    at = {key: (check.service, check.flavour, check.task_type) for key, check in checks.items()}
    assert at == {
        "tg_active": ("ekyc", "tasks_v1", "tg_active"),
        "wa_detail": ("ekyc", "wa_detail", ""),
        "active_check": ("checknumber", "tasks_v1", "active_check"),
        "band": ("ekyc", "tasks_v1", "band"),
    }


@pytest.mark.parametrize(
    ("services", "offered"),
    [
        (BOTH, OURS),
        (frozenset({CHECKNUMBER}), ["active_check"]),
        (frozenset({EKYC}), ["tg_active", "band"]),  # without a user id
        (frozenset(), []),
    ],
)
def test_only_what_has_a_key_is_offered(services: Spoken, offered: list[str]) -> None:
    """Protects people from a button that can't work; running tasks keep their check."""
    catalogue = load(services)
    assert [check.key for check in catalogue.offered()] == offered
    assert catalogue.get("band") is not None
    assert catalogue.get("none") is None


def test_more_checks_come_turned_off(tmp_path: Path) -> None:
    """Protects people from checks that nobody chose: a file that names one is such a choice."""
    more = [check for check in load(BOTH).all() if check.off]
    assert len(more) == 15
    assert [check.key for check in load(BOTH).available()] == [
        *OURS,
        *(check.key for check in more),
    ]
    assert {check.flavour for check in more} == {"tasks_v1"}
    assert [check.key for check in load(frozenset({EKYC})).available()] == ["tg_active", "band"]
    named = own(tmp_path, "[zalo]\nprice = 2\n[band]\noff = true\n")
    assert [check.key for check in named.offered()] == [*OURS[:3], "zalo"]


def test_an_own_file_adds_and_changes(tmp_path: Path) -> None:
    """Protects the operator's prices and checks: single values change, the rest stays."""
    catalogue = own(tmp_path, NEW + "\n[band]\nprice = 2\nminimum = 100\n")
    viber, band = catalogue.get("viber"), catalogue.get("band")
    assert viber is not None
    assert band is not None
    assert [check.key for check in catalogue.offered()] == [*OURS, "viber"]
    assert (viber.price, viber.currency, viber.minimum) == (Decimal("0.5"), "EUR", 500)
    assert (band.price, band.title, band.task_type) == (2, "Band", "band")
    assert (band.list_price, band.list_currency) == (Decimal("0.1"), "USD")
    assert load(BOTH).all()[0].price is None


def test_every_price_that_we_ship_is_dated(tmp_path: Path) -> None:
    """Protects people from a price that nobody knows the age of; an operator may date one, too."""
    for check in load(BOTH).all():
        assert check.price is None
        assert (check.list_price is None) == (not check.listed)
    band = own(tmp_path, "[band]\nprice = 2\ncurrency = 'EUR'\nlisted = '2026-12-01'\n").get("band")
    assert band is not None
    assert (band.price, band.list_price, band.list_currency) == (None, 2, "EUR")


def test_each_check_says_how_long_its_answers_are_remembered(tmp_path: Path) -> None:
    """Protects answers from being older than what they are about changes; 0 keeps none."""
    days = {check.key: check.remember_days for check in load(BOTH).all()}
    assert {key for key, each in days.items() if each != 30} == {"active_check", "band"}
    assert days["active_check"] == days["band"] == 90
    own_days = own(tmp_path, NEW + "[band]\nremember_days = 0\n")
    assert [check.remember_days for check in own_days.offered()] == [30, 30, 90, 0, 30]


BROKEN = {
    "[band]\nscale = 'stars'\n": ["[band]", "scale"],
    "[band]\nanswers_in = 'band'\n": ["[band]", "answers_in"],
    "[band]\nanswers_in = ['']\n": ["[band]", "answers_in"],
    "[band]\nnumbers_in = []\n": ["[band]", "numbers_in"],
    "[band]\nyes = ['NO']\n": ["[band]", "'no'", "yes"],
    "[x]\ntitle = 'X'\n": ["[x]", "service"],
    "[x]\ntitle = 'X'\nservice = 'nobody'\nflavour = 'tasks_v1'\n": ["[x]", "service", "ekyc"],
    NEW + "[band]\nminimum = 0\n": ["[band]", "minimum"],
    "[band]\nremember_days = 3651\n": ["[band]", "remember_days"],
    "[band]\nremember_days = -1\n": ["[band]", "remember_days"],
    "[band]\nmaximum = 10000001\n": ["[band]", "maximum"],
    "[band]\nprice = -1\n": ["[band]", "price"],
    "[band]\nprice = nan\n": ["[band]", "price"],
    "[band]\ncurrency = 'euro'\n": ["[band]", "currency"],
    "[band]\ncolour = 'red'\n": ["[band]", "colour"],
    "[band]\nprice = 1\nlisted = 'May'\n": ["[band]", "listed", "2026-11"],
    "[band]\ntask_type = ''\n": ["[band]", "task_type is missing"],
    "[band.more]\nprice = 1\n": ["[band]", "more"],
    "['a b']\ntitle = 'X'\nservice = 'ekyc'\nflavour = 'wa_detail'\n": ["[a b]", "key"],
    "price = 3\n": ["own.toml", "price", "outside"],
    "[band\n": ["own.toml", "line 1"],
    "[band]\nprice = 1\nprice = 2\n": ["own.toml"],
}


@pytest.mark.parametrize("text", BROKEN)
def test_a_broken_entry_is_named(tmp_path: Path, text: str) -> None:
    """Protects the operator's time: the error names entry and value, without a traceback."""
    with pytest.raises(CatalogueError) as caught:
        own(tmp_path, text)
    for words in BROKEN[text]:
        assert words in str(caught.value)


ODD = ["''", f"'{'x' * 600}'", "1", "-1", "1.5", "true", "[]", "[1]", "['']", "nan", "inf",
       "{a = 1}", "1979-05-27", "[[1]]", "99999999999999999999", f"[{'1,' * 60}]"]  # fmt: skip
JARGON = ("Input should", "pydantic", "pattern", "valid", "Value error", "Errno")


@pytest.mark.parametrize("value", ODD)
@pytest.mark.parametrize("name", Check.model_fields)
def test_no_value_meets_jargon(tmp_path: Path, name: str, value: str) -> None:
    """Protects the operator from a validator's own words, whatever stands in the file."""
    try:
        own(tmp_path, f"[band]\n{name} = {value}\n")
    except CatalogueError as error:
        assert "[band] " in str(error)  # noqa: PT017 # most values may stand there
        assert not any(word in str(error) for word in JARGON)  # noqa: PT017


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    """Protects against an obscure error: the file is missing, is a folder, or is no text."""
    with pytest.raises(CatalogueError, match=r"own\.toml"):
        own(tmp_path, b"\xff\xfe[\x00b\x00")
    with pytest.raises(CatalogueError, match=r"missing\.toml"):
        load(BOTH, tmp_path / "missing.toml")
    with pytest.raises(CatalogueError):
        load(BOTH, tmp_path)


def test_an_entry_that_sets_its_own_key_is_named(tmp_path: Path) -> None:
    """Protects against a traceback at the start because of a surplus value."""
    with pytest.raises(CatalogueError, match="band"):
        own(tmp_path, "[band]\nkey = 'other'\n")


@pytest.mark.parametrize("text", ["minimum = 500\nmaximum = 100", "price = inf"])
def test_an_entry_that_can_never_work_is_named(tmp_path: Path, text: str) -> None:
    """Protects people from a check that refuses every list, or has an infinite price."""
    with pytest.raises(CatalogueError, match="band"):
        own(tmp_path, f"[band]\n{text}\n")


def meaning(catalogue: Catalogue, key: str) -> Meaning:
    """Return how the result file of a check is read."""
    check = catalogue.get(key)
    assert check is not None
    return check.meaning


def test_each_check_says_how_its_file_is_read() -> None:
    """Protects the answers: columns and words are those that the four services write."""
    ours = {key: meaning(load(BOTH), key) for key in OURS}
    assert {key: said.scale for key, said in ours.items() if said.scale != "words"} == {
        "tg_active": "days"
    }
    first = {key: said.answer_columns[0] for key, said in ours.items()}
    assert first == {
        "tg_active": "telegram_days",
        "wa_detail": "whatsapp",
        "active_check": "ActiveStatus",
        "band": "band",
    }
    assert all(said.answer_columns[-1] == "activated" for said in ours.values())
    assert {"Number", "Phone", "Mobile Number"} <= set(ours["band"].number_columns)
    assert ("active" in ours["active_check"].yes, "inactive" in ours["active_check"].no) == (
        True,
        True,
    )
    assert {key for key, said in ours.items() if said.detail_column} == {"wa_detail"}


def test_an_own_check_can_say_how_its_file_is_read(tmp_path: Path) -> None:
    """Protects future services from a code change; values that are not set have defaults."""
    catalogue = own(
        tmp_path,
        NEW + "answers_in = [' State ']\nyes = ['ja']\nno = ['nein']\n[band]\nunknown = ['?']\n",
    )
    said = meaning(catalogue, "viber")
    assert said.answer_columns == ("State", "viber", "activated")
    assert (said.yes, said.no, said.scale) == (("ja",), ("nein",), "words")
    assert meaning(catalogue, "band").unknown == ("?",)
    assert meaning(own(tmp_path, NEW), "viber").yes[0] == "yes"
