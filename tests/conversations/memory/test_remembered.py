"""Remembered answers: whose they are, and when they are gone."""

from pathlib import Path

import sqlalchemy as sa
from pydantic import SecretStr
from structlog.testing import capture_logs

from bot.operations.rekey import NEXT_FILE, rekey
from sandbox.http import faults
from sandbox.people.group import Group
from sandbox.people.person import Person
from storage.schema.tables import answer_blocks
from tests.support.stories.crowd import let_in
from tests.support.stories.lists import numbers
from tests.support.stories.remembering import recalled
from tests.support.stories.sheets_of import answers_of
from tests.support.stories.steps import started
from tests.support.stories.story import Story
from tests.support.stories.teams import sets
from tests.support.stories.teams import started as started_there

DAY = 86_400.0
LIST, OTHERS = numbers(20), numbers(5, start=100)


async def has_checked(story: Story, check: str = "Telegram activity") -> dict[str, str]:
    """Check a list for Anna; return the answers that say something."""
    await started(story, 20, check)
    return said((await story.anna.receives_file()).data)


def said(result: bytes) -> dict[str, str]:
    """Return the answers in a result that say something."""
    found = {f"+{number.lstrip('+')}": row[0] for number, row in answers_of(result).items()}
    return {number: word for number, word in found.items() if word not in {"N/A", "unknown"}}


async def blocks(story: Story) -> int:
    """Return how many blocks are stored."""
    assert story.app is not None
    async with story.app.database.read() as connection:
        query = sa.select(sa.func.count()).select_from(answer_blocks)
        return (await connection.execute(query)).scalar_one()


async def in_a_group(story: Story, results: str = "here") -> tuple[Group, Person, dict[str, str]]:
    """Check a list of Bob's in a group; return both, and the answers that say something."""
    await story.says_hello()
    bob = await let_in(story, "Bob")
    group = story.world.group("Team", story.anna, [bob], kind="group")
    if results == "private":
        await sets(story.anna.within(group), "Where results go", "privately")
    await started_there(story, bob.within(group))
    file = await (bob.within(group) if results == "here" else bob).receives_file()
    return group, bob, said(file.data)


async def test_answers_are_remembered_for_their_days(story: Story) -> None:
    """Protects money and privacy: what says something is remembered, and for its days only."""
    answers = await has_checked(story)
    anna, asked = story.anna.id, [*OTHERS, *LIST]
    assert 0 < len(answers) < len(LIST), "some answers say nothing"
    new, known = await recalled(story, anna, "tg_active", asked)
    assert known == answers
    assert new == [number for number in asked if number not in answers]
    assert await recalled(story, anna, "band", asked) == (asked, {})
    assert await recalled(story, anna + 1, "tg_active", asked) == (asked, {})
    await story.passes(29 * DAY)
    assert (await recalled(story, anna, "tg_active", asked))[1] == answers
    await story.passes(1.1 * DAY)
    assert await recalled(story, anna, "tg_active", asked) == (asked, {})
    assert await blocks(story) == 0


async def test_an_answer_is_as_old_as_the_hand_in_of_its_list(story: Story) -> None:
    """Protects people from answers that are older than a card says: a service may take a day."""
    story.world.ekyc.pace.per_second = 1 / 3600
    await started(story)
    await story.passes(20.5 * 3600)
    answers = said((await story.anna.receives_file()).data)
    await story.passes(29 * DAY)
    assert (await recalled(story, story.anna.id, "tg_active", LIST))[1] == answers
    await story.passes(0.5 * DAY)
    assert await recalled(story, story.anna.id, "tg_active", LIST) == (LIST, {})


async def test_each_check_has_its_days(story: Story) -> None:
    """Protects answers that change slowly from being asked about, and paid, every month."""
    answers = await has_checked(story, "Active number")
    await story.passes(89 * DAY)
    assert (await recalled(story, story.anna.id, "active_check", LIST))[1] == answers
    await story.passes(1.1 * DAY)
    assert await blocks(story) == 0


async def test_the_operator_may_want_none(story: Story, tmp_path: Path) -> None:
    """Protects operators whose rules allow no memory: with 0 days nothing is stored."""
    own = tmp_path / "own.toml"
    own.write_text("[tg_active]\nremember_days = 0\n")
    await story.starts(checkers_file=own)
    await has_checked(story)
    assert await blocks(story) == 0


async def test_fewer_days_hold_for_what_is_there(story: Story, tmp_path: Path) -> None:
    """Protects people from answers that are older than a card says: they aren't used any more."""
    own = tmp_path / "own.toml"
    own.write_text("[tg_active]\nremember_days = 80\n")
    await story.starts(checkers_file=own)
    answers = await has_checked(story)
    await story.passes(29 * DAY)
    own.write_text("[tg_active]\nremember_days = 30\n")
    await story.restarts()
    assert (await recalled(story, story.anna.id, "tg_active", LIST))[1] == answers
    await story.passes(1.1 * DAY)
    assert await recalled(story, story.anna.id, "tg_active", LIST) == (LIST, {})


async def test_a_newer_answer_takes_the_place_of_an_older_one(story: Story) -> None:
    """Protects people from yesterday's answer where there is one of today."""
    await has_checked(story)
    await story.passes(2 * DAY)
    story.world.ekyc.known |= dict.fromkeys(LIST[:10], "30")
    await story.anna.uploads("again.txt", "\n".join(LIST[:10]).encode())
    await story.anna.sees("again.txt: 10 numbers ready")
    for label in ("Telegram activity", "Check all again", "Start"):
        await story.anna.presses(label)
    await story.anna.receives_file()
    _, known = await recalled(story, story.anna.id, "tg_active", LIST)
    assert [known.get(number) for number in LIST[:10]] == ["30"] * 10
    assert await blocks(story) == 2


async def test_what_isnt_understood_isnt_remembered(story: Story) -> None:
    """Protects people from answers that we only guess: a strange result is passed on, no more."""
    strange = b"Telephone,Verdict\n" + "".join(f"{each},1\n" for each in LIST).encode()
    story.world.ekyc.faults.add("result", faults.Content(strange), times=None)
    await started(story)
    await story.anna.receives_file()
    assert await blocks(story) == 0


async def test_forget_erases_them(story: Story) -> None:
    """Protects a person's right to be forgotten: nothing of theirs is remembered."""
    await has_checked(story)
    assert await blocks(story) == 1
    await story.anna.sends("/forget")
    await story.anna.presses("Erase everything")
    await story.anna.sees("is erased")
    assert await blocks(story) == 0


async def test_a_new_key_remembers_nothing(story: Story) -> None:
    """Protects an operator whose key leaked: digests of the old key are gone with it."""
    await has_checked(story)
    await story.stops()
    assert story.made is not None
    assert "Done" in await rekey(story.made)
    told = story.home / NEXT_FILE  # where several replicas have to get the new key
    await story.starts(**({"data_key": SecretStr(told.read_text())} if told.exists() else {}))
    assert await blocks(story) == 0
    answers = await has_checked(story)
    assert (await recalled(story, story.anna.id, "tg_active", LIST))[1] == answers


async def test_a_group_remembers_what_came_there(story: Story) -> None:
    """Protects a group's people, who all saw the result, and Bob's own memory from the group's."""
    group, bob, answers = await in_a_group(story)
    assert (await recalled(story, group.id, "tg_active", LIST))[1] == answers
    assert await recalled(story, bob.id, "tg_active", LIST) == (LIST, {})


async def test_a_private_result_is_remembered_for_its_person(story: Story) -> None:
    """Protects Bob: what came to him alone isn't known to his group."""
    group, bob, answers = await in_a_group(story, "private")
    assert await recalled(story, group.id, "tg_active", LIST) == (LIST, {})
    assert (await recalled(story, bob.id, "tg_active", LIST))[1] == answers


async def test_it_goes_along_when_a_group_gets_another_id(story: Story) -> None:
    """Protects a group's memory, and its digests: they hang on no id."""
    group, _, answers = await in_a_group(story)
    before = group.id
    group.becomes_supergroup()
    await story.passes(20)
    assert (await recalled(story, group.id, "tg_active", LIST))[1] == answers
    assert await recalled(story, before, "tg_active", LIST) == (LIST, {})


async def test_a_group_forgets_with_whose_list_it_was(story: Story) -> None:
    """Protects Bob's right to be forgotten where others may still see his result."""
    _, bob, _ = await in_a_group(story)
    await bob.sends("/forget")
    await bob.presses("Erase everything")
    await bob.sees("is erased")
    assert await blocks(story) == 0


async def test_answers_that_cannot_be_opened_are_asked_for_anew(story: Story) -> None:
    """Protects a list from a damaged block, and says so to the operator."""
    await has_checked(story)
    assert story.app is not None
    async with story.app.database.write() as connection:
        await connection.execute(sa.update(answer_blocks).values(body_sealed=b"damaged"))
    with capture_logs() as logs:
        assert await recalled(story, story.anna.id, "tg_active", LIST) == (LIST, {})
    said = [each["event"] for each in logs if each["log_level"] == "error"]
    assert said == ["remembered answers not opened"]
