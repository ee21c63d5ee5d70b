"""A few of the hostile files, and a few damaged ones; `python -m scripts.hostile` has them all."""

import pytest

from runtime.confined.files import Files
from scripts.hostile import corpus, fuzz, mutations
from scripts.hostile.mutations import mutated
from scripts.hostile.old_workbooks import plain_book
from sheets.glass.answers import ColumnQuestion
from sheets.glass.shapes import ListRead, Part, Refused
from tests.support.confinement import shared_glass

ANSWERS = {
    "zip-bzip2-bomb.zip": "not_a_list",
    "mimetype.zip": "harmful",
    "nested-list.zip": "harmful",
    "outside-1.zip": "harmful",
    "cut.zip": "damaged",
    "locked.zip": "not_a_list",
    "corner.xlsx": "too_wide",
    "laughs.xlsx": "damaged",
    "texts-lie.xlsx": "harmful",
    "covered.ods": "too_wide",
    "circle.xls": "damaged",
    "utf-7.txt": "read",
    "halves.json": "read",
    "deep-many.json": "damaged",
    "json-cells-beyond.json": "too_wide",
    "deep-beyond.xml": "harmful",
}
SEED, COUNT = 1, 40
FILES = {case.name: case for case in corpus.lists() if case.name in ANSWERS}


@pytest.mark.parametrize("name", ANSWERS)
async def test_a_hostile_file_is_answered(name: str) -> None:
    """Protects everybody else: it is refused for what it is, before it does harm."""
    with Files() as files:
        data = FILES[name].make()
        part = Part(name, "document", len(data))
        found = await shared_glass().read_list(files.of(data), [part], None, fuzz.WORDS, of=name)
    assert not isinstance(found, ColumnQuestion)
    told = found.refusal if isinstance(found, Refused) else found.counts
    assert (told.why if isinstance(found, Refused) else told.what) == ANSWERS[name]


async def test_damaged_files_are_no_fault_of_ours() -> None:
    """Protects people from "a fault of mine": whatever is in a file, it has an answer."""
    outcomes = []
    for index in range(COUNT):
        name, data = mutated(SEED, index)
        outcomes.append(await fuzz.as_list(shared_glass(), data, name, index))
        if index % fuzz.AS_RESULT_EVERY == 0:
            outcomes.append(await fuzz.as_result(shared_glass(), data, index))
    assert len(set(outcomes)) > 4, "they are damaged in more than one way"


def test_a_seed_gives_the_same_file() -> None:
    """Protects whoever looks into a finding: it can be made again."""
    first = [mutated(SEED, index) for index in range(COUNT)]
    mutations.bases.cache_clear()
    assert first == [mutated(SEED, index) for index in range(COUNT)]
    assert first != [mutated(SEED + 1, index) for index in range(COUNT)]


async def test_an_honest_list_among_them_is_read() -> None:
    """Protects the others here from passing for the wrong reason."""
    with Files() as files:
        data = plain_book()
        part = Part("plain.xls", "document", len(data))
        found = await shared_glass().read_list(files.of(data), [part], None, fuzz.WORDS, of=1)
    assert isinstance(found, ListRead)
    assert found.counts.count == 50


async def test_a_charset_is_told_behind_glass() -> None:
    """Protects lists in old charsets, which are told apart in a process that opens no files."""
    with Files() as files:
        rows = "顧客番号;電話番号\n05012345678;+819012984262\n05012345679;+819012984263\n"
        data = rows.encode("cp932")
        part = Part("a.csv", "document", len(data))
        found = await shared_glass().read_list(files.of(data), [part], None, fuzz.WORDS, of=1)
    assert isinstance(found, ListRead)
    assert found.numbers.body.split() == [b"+819012984262", b"+819012984263"]
    assert found.counts.assumed[0].columns == ("電話番号",)
