"""Data about people: shown, exported, erased, and sealed with another key."""

import json
import sqlite3
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot import context
from bot.operations.rekey import rekey
from checking.services import catalogue
from storage.sealing.vault import new_key
from tests.support.databases.engines import only_sqlite
from tests.support.stories.lists import numbers
from tests.support.stories.sheets_of import answers_of
from tests.support.stories.steps import files_of, started
from tests.support.stories.story import Story


def on_disk(story: Story) -> bytes:
    """Return all bytes in the bot's folder, the write-ahead log included."""
    return b"".join(path.read_bytes() for path in story.home.rglob("*") if path.is_file())


def rows(story: Story) -> dict[str, int]:
    """Return how many rows the tables have."""
    with sqlite3.connect(story.home / "numberdesk.db") as database:
        names = database.execute("SELECT name FROM sqlite_master WHERE type='table'").fetchall()
        count = "SELECT count(*) FROM "
        return {name: database.execute(count + name).fetchone()[0] for (name,) in names}


@only_sqlite
async def test_everything_about_a_person_can_be_had_and_erased(story: Story) -> None:
    """Protects people: /export shows all stored data, /forget erases it, in the log as well."""
    anna = story.anna
    await started(story, 20, "Active number")
    await anna.receives_file()
    await anna.sends(f"{numbers(1)[0]} and some words\n{numbers(2)[1]}")
    await anna.sees("2 numbers ready")
    await anna.sends("/privacy")
    await anna.sees("What I keep, and for how long")
    await anna.sends("/export")
    stored = json.loads((await anna.receives_file()).data)
    assert [each["title"] for each in stored["lists"]] == ["numbers.txt", "Pasted list"]
    assert stored["lists"][0]["body"].split() == numbers(20)
    assert stored["checks"][0]["check_key"] == "active_check"
    assert "some words" in json.dumps(stored["parts"])
    await anna.sends("/forget")
    await anna.presses("Keep it")
    await anna.sees("Nothing was erased")
    await anna.sends("/forget")
    await anna.presses("Erase everything")
    await anna.sees("Everything that was stored about you is erased")
    await story.passes(5)
    left = rows(story)
    assert [left[name] for name in ("lists", "parts", "tasks", "task_events", "people")] == [0] * 5
    assert not list((story.home / "results").glob("*"))
    await anna.presses("Only active")
    await anna.sends("/tasks")
    await anna.sees("Nothing here yet")
    await anna.sends("/export")
    empty = json.loads((await anna.receives_file()).data)
    assert [name for name, found in empty.items() if found and name != "chat"] == []


REMEMBERED = {
    "en": ("remembered for up to 90 days", " under fingerprints of the numbers"),
    "ru": ("хранятся до 90 дней", " под отпечатками номеров"),
    "tr": ("en fazla 90 gün boyunca", " numaraların parmak iziyle saklanır"),
    "zh": ("最多 90 天", "明确的答复会以号码指纹的形式保存"),
}
"""By language: for how long, and how."""


async def test_remembered_answers_are_told_of_where_there_are_any(
    story: Story, tmp_path: Path
) -> None:
    """Protects people's trust: they read for how long, in their language, or nothing of it."""
    await story.starts(access="open")
    people = {said: story.world.person(code, code) for code, said in REMEMBERED.items()}
    for (days, how), person in people.items():
        await person.sends("/privacy")
        assert how in (await person.sees(days)).shown
    own, every = tmp_path / "own.toml", catalogue.load(frozenset({"ekyc", "checknumber"})).all()
    own.write_text("".join(f"[{check.key}]\nremember_days = 0\n" for check in every))
    await story.restarts(checkers_file=own)
    for (_, how), person in people.items():
        asked = await person.sends("/privacy")
        assert how not in (await person.sees("/export", after=asked)).shown


async def test_an_export_that_telegram_would_not_take(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Protects a person with very much: they are told so, instead of waiting for a file."""
    monkeypatch.setattr(context, "CLOUD_UPLOAD", 2_000)
    anna = await story.says_hello()
    await anna.uploads("numbers.txt", "\n".join(numbers(200)).encode())
    await anna.sees("200 numbers ready")
    await anna.sends("/export")
    await anna.sees("more than fits into one file")
    assert not story.world.telegram.made("sendDocument")


@only_sqlite
async def test_a_running_check_is_let_go(story: Story) -> None:
    """Protects against a result that arrives after the erasure; the counts stay."""
    story.world.ekyc.pace.per_second = 1
    await started(story, 20)
    await story.anna.sees("of 20")
    await story.anna.sends("/forget")
    await story.anna.sees("One check is at work. I let it go")
    await story.anna.presses("Erase everything")
    await story.anna.sees("is erased")
    await story.passes(600)
    assert not files_of(story)
    assert rows(story)["usage"] == 1


@only_sqlite
@pytest.mark.parametrize("named", [True, False], ids=["DATA_KEY", "key file"])
async def test_the_key_can_be_changed(story: Story, *, named: bool) -> None:
    """Protects an operator whose key leaked: all data opens with the new one."""
    old = new_key()
    await story.starts(**({"data_key": SecretStr(old)} if named else {}))
    await started(story, 20, "Active number")
    answers = answers_of((await story.anna.receives_file()).data)
    await story.stops()
    before = on_disk(story)
    assert story.made is not None
    said = await rekey(story.made)
    assert "Done" in said
    if named:
        story.settings["data_key"] = SecretStr((story.home / "data.key.next").read_text())
    await story.starts()
    await story.anna.presses("Only active")
    file = await story.anna.receives_file()
    assert file.data.decode().split() == [n for n, row in answers.items() if row[0] == "active"]
    assert before != on_disk(story)
