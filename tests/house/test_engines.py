"""Which stories run on PostgreSQL, too: each folder has said so, and each exception why."""

from pathlib import Path

from tests.support.databases.engines import BOTH
from tests.support.databases.where import ON_BOTH, ON_SQLITE_ALONE, engines_of

STORIES = Path(__file__).parents[1] / "conversations"


def test_each_folder_of_stories_names_its_engines() -> None:
    """Protects PostgreSQL from stories that nobody ran there and nobody decided about."""
    folders = {path.parent.name for path in STORIES.glob("*/test_*.py")}
    assert folders - set(ON_BOTH) == set(), "say what the engine matters for there"
    assert set(ON_BOTH) - folders == set(), "these are gone"
    loose = [path.name for path in STORIES.glob("test_*.py")]
    assert loose == [], "stories stand in a folder that says where they run"


def test_what_is_not_run_on_postgresql_has_a_reason() -> None:
    """Protects the list of exceptions: files that exist, in folders that run on both."""
    gone = [place for place in ON_SQLITE_ALONE if not (STORIES / place).is_file()]
    assert gone == [], "these are gone"
    assert all(ON_SQLITE_ALONE.values())
    for place in ON_SQLITE_ALONE:
        assert engines_of(place, thorough=False) == ("sqlite",)
        assert engines_of(place, thorough=True) == BOTH
    assert engines_of("people/test_quotas.py", thorough=False) == BOTH


def test_money_states_and_rights_stay_on_both() -> None:
    """Protects what must never differ between the engines: here, no file is an exception."""
    alone = {place.partition("/")[0] for place in ON_SQLITE_ALONE}
    assert not alone & {"groups", "faults", "lookups", "operations"}
