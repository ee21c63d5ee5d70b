"""Unexpected results: harmful, of an unknown format, for other numbers, too large."""

import gzip
import io
import zipfile

import polars as pl
import pytest

from bot import context
from sandbox.http import faults
from sheets.answers import result_files
from tests.support.confinement import NearPool
from tests.support.stories.crowd import labels
from tests.support.stories.lists import numbers
from tests.support.stories.sheets_of import answers_of, archive, rows_of
from tests.support.stories.steps import files_of, pictures_of, started
from tests.support.stories.story import Story


def bomb() -> bytes:
    """A result that unpacks to 300 MB."""
    return archive({"all.csv": bytes(60_000_000)})


@pytest.mark.parametrize(
    "data",
    [
        bomb(),
        archive({"../all.csv": b"Number,x"}),
        archive({"a.zip": archive({"all.csv": b""})}),
        gzip.compress(bytes(60_000_000)),
    ],
    ids=["bomb", "outside", "nested", "gzip"],
)
async def test_a_harmful_result_is_not_passed_on(story: Story, data: bytes) -> None:
    """Protects people from a compromised service; the task stays, the result is fetched again."""
    bad = story.world.checknumber.faults.add("result", faults.Content(data), times=None)
    card = await started(story, 20, "Active number")
    await story.anna.sees("The service's file isn't what it should be", in_message=card)
    await story.anna.sees("unpacks to far more than a result can hold")
    assert not files_of(story)
    assert not list((story.home / "results").glob("*"))
    bad.off()
    await story.anna.presses("Look again", on=card)
    file = await story.anna.receives_file()
    assert file.data == story.world.checknumber.tasks[0].result_bytes


@pytest.mark.parametrize(
    "data",
    [b"{}", archive({"report.json": b"[]"}), b"Nummer;Ergebnis\n1;2\n"],
    ids=["json", "zip", "columns"],
)
async def test_a_result_of_tomorrow_is_delivered_as_it_came(story: Story, data: bytes) -> None:
    """Protects paid results: an unknown format is delivered as it is."""
    story.world.checknumber.faults.add("result", faults.Content(data), times=None)
    await started(story, 20, "Active number")
    file = await story.anna.receives_file()
    assert file.data == data
    assert "without a summary" in file.caption
    assert file.message.buttons == [["Check again"]]
    await story.passes(60)
    assert not pictures_of(story)


async def test_numbers_that_don_t_match_are_named(story: Story) -> None:
    """Protects the counts: missing is no "no", foreign numbers are named, the owner gets a note."""
    wrong = ["Number,ActiveStatus", *(f"{each},active" for each in [*numbers(15), "+447400999999"])]
    data = archive({"all.csv": "\n".join(wrong).encode()})
    story.world.checknumber.faults.add("result", faults.Content(data), times=None)
    await started(story, 20, "Active number")
    file = await story.anna.receives_file()
    assert file.data == data
    assert "15 active (75%)" in file.caption
    assert "5 numbers the service did not return (25%)" in file.caption
    assert "1 number in the file was not in your list" in file.caption
    await story.anna.sees("doesn't hold the numbers that were handed in")
    await story.anna.presses("Unknown")
    assert (await story.anna.receives_file()).data.decode().split() == numbers(20)[15:]


async def test_a_large_result_comes_in_parts(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    """Protects results over the upload limit: parts that open by themselves, each sent once."""
    monkeypatch.setattr(context, "CLOUD_UPLOAD", 1500)
    story.world.telegram.faults.add("editMessageMedia", faults.ReplyLost(), times=2)
    await started(story, 900, "Active number")
    await story.anna.sees("Done")
    answers: dict[str, str] = {}
    parts = files_of(story)
    assert len(parts) > 1
    for part in parts:
        assert len(part) <= 1500
        with zipfile.ZipFile(io.BytesIO(part)) as packed:
            rows = rows_of(packed.read("all.csv").decode("utf-8-sig"))
        assert rows[0] == ["Number", "ActiveStatus"]
        answers |= {row[0]: row[1] for row in rows[1:]}
    task = story.world.checknumber.tasks[0]
    assert answers == {n: row[0] for n, row in answers_of(task.result_bytes).items()}
    shown = [each for each in story.anna.messages if each.document and each.by_bot]
    assert [bool(each.buttons) for each in shown] == [False] * (len(parts) - 1) + [True]
    assert "900 numbers checked" in shown[-1].shown
    assert "My sheet with the answers" in labels(shown[-1])
    await story.restarts()
    assert files_of(story) == parts


async def test_parts_go_on_after_a_restart(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    """Protects a result in parts from a stop in the middle: the rest follows, each part once."""
    monkeypatch.setattr(context, "CLOUD_UPLOAD", 1500)
    await started(story, 900, "Active number")
    await story.anna.sees("part 1 of")
    down = story.world.telegram.faults.add("editMessageMedia", faults.bad_gateway(), times=None)
    await story.passes(30)
    assert len(files_of(story)) <= 1
    await story.restarts()
    down.off()
    await story.anna.sees("Done")
    parts = files_of(story)
    task = story.world.checknumber.tasks[0]
    answers: list[str] = []
    for part in parts:
        with zipfile.ZipFile(io.BytesIO(part)) as packed:
            answers += [row[0] for row in rows_of(packed.read("all.csv").decode("utf-8-sig"))[1:]]
    assert answers == list(answers_of(task.result_bytes))


@pytest.mark.parametrize(
    "error", [RuntimeError("a bug"), pl.exceptions.PanicException("a bug")], ids=["error", "panic"]
)
async def test_a_look_that_breaks_holds_nothing_up(
    story: Story, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    """Protects paid results from our own bugs: the file is delivered, without a summary."""

    def breaks(*_: object) -> None:
        raise error

    story.pool = NearPool()
    monkeypatch.setattr(result_files, "read", breaks)
    await started(story, 20, "Active number")
    file = await story.anna.receives_file()
    assert file.data == story.world.checknumber.tasks[0].result_bytes
    assert "without a summary" in file.caption
