"""Result files that arrive broken, are harmful, or hold formulas a spreadsheet would run."""

import gzip
import io
import zipfile

import pytest

import checking.results.fetch
from sandbox.http import faults
from sandbox.http.faults import Fault
from tests.support.stories.faulting import cards, got_it_once
from tests.support.stories.lists import numbers
from tests.support.stories.lookups import leaps
from tests.support.stories.sheets_of import archive, cells_of, rows_of, workbook
from tests.support.stories.steps import files_of, started
from tests.support.stories.story import Story

DAY = 24 * 3600
NOT_YET, OWNER_HEARS = "The result file can't be fetched yet", "can't be fetched. I keep trying"


def half(data: bytes) -> Fault:
    """Half of a file, announced and sent as if complete."""
    return faults.Content(data[: len(data) // 2])


TABLE = archive({"all.csv": b"Number,ActiveStatus\n" + b"+447400000000,active\n" * 50})
BROKEN: dict[str, Fault] = {
    "endless": faults.Endless(),
    "too large": faults.TooLarge(300_000),
    "a slow drip": faults.Drip(1, 0.01),
    "elsewhere": faults.Redirect("/elsewhere", 302),
    "half, as if it were all": half(TABLE),
    "nothing": faults.Content(b""),
}


@pytest.mark.parametrize("case", BROKEN)
async def test_a_file_that_comes_badly_is_fetched_again(
    story: Story, monkeypatch: pytest.MonkeyPatch, case: str
) -> None:
    """Protects file and disk: an incomplete download leaves nothing, and the file arrives once."""
    monkeypatch.setattr(checking.results.fetch, "MOST_BYTES", 200_000)
    story.world.checknumber.faults.add("result", BROKEN[case], times=1)
    card = await started(story, 20, "Active number")
    await story.anna.receives_file()
    await story.anna.sees("Done", in_message=card)
    got_it_once(story)
    fetches = story.world.storage.fetches
    assert len(fetches) == 2
    assert all(fetch.path.startswith("/externalcheck/") for fetch in fetches)
    assert not any(fetch.leaked for fetch in fetches)
    assert not list((story.home / "results").glob("*.part"))


async def test_a_link_that_stays_dead_is_told_and_given_up_in_a_day(story: Story) -> None:
    """Protects against silence: after six tries card and owner say so; a day later it expires."""
    dead = story.world.ekyc.faults.add("result", faults.Expired(), times=None)
    card = await started(story)
    await story.anna.sees(NOT_YET, in_message=card)
    await story.anna.sees(OWNER_HEARS)
    await story.passes(3600)
    await leaps(story, DAY)
    await leaps(story, 3600)
    await story.anna.sees("couldn't be fetched for a whole day", in_message=card)
    assert len(cards(story, OWNER_HEARS)) == 1
    fetches = len(story.world.storage.fetches)
    assert fetches < 30
    await story.passes(3600)
    assert len(story.world.storage.fetches) == fetches
    assert not files_of(story)
    dead.off()
    await story.anna.presses("Look again", on=card)
    await story.anna.receives_file()
    got_it_once(story)


def absolute() -> bytes:
    """A zip with a path that leads out of its folder."""
    return archive({"/etc/cron.d/all.csv": b"Number,ActiveStatus\n"})


def crowded() -> bytes:
    """A zip with very many files."""
    return archive({f"{number}.csv": b"" for number in range(20_000)})


def hollow(sheet: bytes) -> bytes:
    """A workbook with these bytes as its sheet."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook([["Number", "ActiveStatus"]]))) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, sheet if name.endswith("sheet1.xml") else old.read(name))
    return out.getvalue()


ENTITIES = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    b'<row r="1"><c r="A1" t="inlineStr"><is><t>&b;</t></is></c></row></sheetData></worksheet>'
)
HARMFUL = {
    "absolute name": absolute(),
    "many members": crowded(),
    "workbook": hollow(b" " * 60_000_000),
    "entities": hollow(ENTITIES),
    "gzip within": archive({"all.csv.gz": gzip.compress(bytes(1_000_000))}),
}


@pytest.mark.parametrize("case", HARMFUL)
async def test_bombs_in_other_clothes_are_not_passed_on(story: Story, case: str) -> None:
    """Protects people from opening it: it is neither sent nor kept, and both sides are told."""
    bad = story.world.checknumber.faults.add("result", faults.Content(HARMFUL[case]), times=None)
    card = await started(story, 20, "Active number")
    await story.anna.sees("The service's file isn't what it should be", in_message=card)
    await story.anna.sees("unpacks to far more than a result can hold, or into places")
    await story.passes(3600)
    assert not files_of(story)
    assert not list((story.home / "results").glob("*"))
    bad.off()
    await story.anna.presses("Look again", on=card)
    await story.anna.receives_file()
    got_it_once(story)


FORMULAS = ['=HYPERLINK("http://x","y")', "+cmd|' /C calc'!A0", "@SUM(1)", "-2+3"]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
async def test_a_strangers_formula_is_only_a_text(story: Story, kind: str) -> None:
    """Protects a person who opens their sheet: a service's text is shown, and never run."""
    wanted = numbers(len(FORMULAS))
    rows = [["Phone"], *([number] for number in wanted)]
    text = "\n".join(row[0] for row in rows).encode()
    story.world.checknumber.known |= dict(zip(wanted, FORMULAS, strict=True))
    anna = await story.says_hello()
    await anna.uploads(f"list.{kind}", workbook(rows) if kind == "xlsx" else text)
    await anna.sees(f"{len(wanted)} numbers ready")
    await anna.presses("Active number")
    await anna.presses("Start")
    await anna.receives_file()
    await anna.presses("My sheet with the answers")
    data = (await anna.receives_file()).data
    if kind == "xlsx":
        assert [row[-2] for row in cells_of(data)[1:]] == FORMULAS  # all of them texts
    else:
        shown = [row[-2] for row in rows_of(data.decode("utf-8-sig"))[1:]]
        assert shown == [f"'{formula}" for formula in FORMULAS]
