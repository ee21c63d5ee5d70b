"""Stored lookups: whose turn it is, what a card has to show, and what is cached."""

import itertools
import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from storage.database import Database
from storage.lookups import cache, inquiries, instances, lookups
from storage.lookups.inquiries import Inquiry
from storage.lookups.instances import Instance
from storage.lookups.lookups import Answer, LookupState
from storage.people import chats
from storage.schema.tables import lookups as table
from storage.sealing.ids import new_id
from tests.support.databases.temporary import CHAT, NOW

YES = Answer(found=True, account="815471233", answered_at=NOW)
NO = Answer(found=False, account="", answered_at=NOW)
ANNA, BORIS, CLARA, MESSAGES = 1, 2, 3, itertools.count(1)


async def do(database: Database, work: Any, *values: object, **named: object) -> Any:
    """Call one function of the storage, in its own transaction."""
    async with database.write() as connection:
        return await work(connection, *values, **named)


async def asked(
    database: Database, person: int, *numbers: str, chat_id: int = CHAT, now: float = NOW
) -> str:
    """Create an inquiry about these numbers; return its id."""
    message, inquiry_id, vault = next(MESSAGES), new_id(), database.vault
    of = {"inquiry_id": inquiry_id, "chat_id": chat_id, "person_id": person, "reply_to": message}
    first = await do(database, lookups.next_turn, person)
    row = {"person_id": person, "state": LookupState.WAITING, "answer": None, "from_memory": False}
    rows = [
        {**row, "number": number, "number_key": cache.key_of(vault, number), "turn": turn}
        for turn, number in enumerate(numbers, first)
    ]
    about = {"now": now, "show_at": now + 2, "thread_id": None, "rows": rows}
    await do(database, inquiries.begin, vault, **of, **about)
    return inquiry_id


async def found(database: Database, inquiry_id: str) -> Inquiry:
    """Return an inquiry as it is stored."""
    inquiry: Inquiry = await do(database, inquiries.get, database.vault, inquiry_id)
    return inquiry


async def in_line(
    database: Database, now: float = NOW, skip: Sequence[str] = (), limit: int = 99
) -> list[str]:
    """Return the numbers in line, first to last."""
    keys = [cache.key_of(database.vault, number) for number in skip]
    line = await do(database, lookups.line, database.vault, now, keys, limit)
    return [lookup.number for lookup in line]


async def settled(
    database: Database, number: str, answer: Answer | None, *, forced: bool = False
) -> int:
    """Store the service's answer about a number; return how many lookups waited for it."""
    state = LookupState.ANSWERED if answer else LookupState.REFUSED
    values = (database.vault, cache.key_of(database.vault, number), state, answer)
    count: int = await do(database, lookups.settle, *values, forced=forced)
    return count


async def states(database: Database, inquiry_id: str) -> list[tuple[str, Answer | None, bool]]:
    """Return state, answer and whether it is forced, of each lookup of an inquiry."""
    rows = (await found(database, inquiry_id)).lookups
    return [(row.state, row.answer, row.forced) for row in rows]


async def test_one_number_does_not_wait_for_ten_of_another_person(database: Database) -> None:
    """Protects fairness: people take turns, whatever the length of their lists."""
    await asked(database, ANNA, *(f"a{number}" for number in range(4)))
    await asked(database, BORIS, "b0", "b1")
    await asked(database, CLARA, "c0")
    await asked(database, ANNA, "a4")
    assert await in_line(database) == ["a0", "b0", "c0", "a1", "b1", "a2", "a3", "a4"]
    assert await in_line(database, limit=2) == ["a0", "b0"]


async def test_a_newcomer_begins_where_the_line_is(database: Database) -> None:
    """Protects people who wait already: a newcomer joins at the current turn."""
    await asked(database, ANNA, *(f"a{number}" for number in range(4)))
    await settled(database, "a0", YES)
    await settled(database, "a1", YES)
    await asked(database, BORIS, "b0", "b1", "b2")
    assert await in_line(database) == ["a2", "b0", "a3", "b1", "b2"]
    for number in ("a2", "a3", "b0", "b1", "b2"):
        await settled(database, number, NO)
    assert await do(database, lookups.next_turn, ANNA) == 0
    assert await do(database, lookups.count_waiting) == 0


async def test_the_line_leaves_out_what_is_asked_about_or_put_off(database: Database) -> None:
    """Protects from asking twice at once, and from retrying one number again and again."""
    inquiry = await asked(database, ANNA, "a0", "a1", "a2")
    assert await in_line(database, skip=["a0"]) == ["a1", "a2"]
    assert await do(database, lookups.count_waiting, ANNA) == 3
    assert await do(database, lookups.count_waiting, BORIS) == 0
    await do(database, lookups.put_off, cache.key_of(database.vault, "a1"), NOW + 60)
    assert await in_line(database) == ["a0", "a2"]
    assert await in_line(database, NOW + 60) == ["a0", "a1", "a2"]
    assert [row.attempts for row in (await found(database, inquiry)).lookups] == [0, 1, 0]
    await do(database, lookups.make_due)
    assert await in_line(database) == ["a0", "a1", "a2"]


async def placed(database: Database, inquiry_id: str) -> list[int]:
    """Return the places of an inquiry's lookups."""
    rows = (await found(database, inquiry_id)).lookups
    return [await do(database, lookups.place, row) for row in rows]


async def test_the_place_counts_different_numbers(database: Database) -> None:
    """Protects the place on the card: it is that of the request, and two who wait share one."""
    anna, boris = await asked(database, ANNA, "x", "y", "z"), await asked(database, BORIS, "x", "b")
    clara = await asked(database, CLARA, "c")
    assert await in_line(database) == ["x", "x", "c", "y", "b", "z"]
    assert await placed(database, anna) == [1, 3, 5]
    assert await placed(database, boris) == [1, 4]
    await settled(database, "x", YES)
    assert (await placed(database, anna))[1:] == [2, 4]
    assert await placed(database, clara) == [1]


async def test_the_place_is_that_of_the_first_who_asks_for_the_number(database: Database) -> None:
    """Protects the place on the card: a number that an earlier person asked has that one's turn."""
    await asked(database, ANNA, "x")
    await asked(database, BORIS, "b")
    clara = await asked(database, CLARA, "c", "x")
    assert await in_line(database) == ["x", "b", "c", "x"]
    assert await placed(database, clara) == [3, 1]


async def test_everybody_who_waits_gets_the_answer(database: Database) -> None:
    """Protects from one request for each person who waits for the same number."""
    anna, boris = await asked(database, ANNA, "x", "y"), await asked(database, BORIS, "x")
    assert await settled(database, "x", YES) == 2
    waits = (LookupState.WAITING, None, False)
    assert await states(database, anna) == [(LookupState.ANSWERED, YES, False), waits]
    assert await states(database, boris) == [(LookupState.ANSWERED, YES, False)]
    assert await settled(database, "x", NO) == 0
    assert await settled(database, "y", None) == 1
    assert (await states(database, anna))[1] == (LookupState.REFUSED, None, False)


async def test_a_forced_lookup_gets_no_answer_from_a_cache(database: Database) -> None:
    """Protects "ask again": an answer from the service's own cache does not count."""
    doubting, key = await asked(database, ANNA, "x"), cache.key_of(database.vault, "x")
    await settled(database, "x", YES)
    assert not await do(database, lookups.is_forced, key)
    await do(database, lookups.ask_again, (await found(database, doubting)).lookups[0].id, 0)
    waiting = await asked(database, BORIS, "x")
    assert await do(database, lookups.is_forced, key)
    for number_of_waiting in (1, 0):
        assert await settled(database, "x", NO) == number_of_waiting
        assert await states(database, doubting) == [(LookupState.WAITING, YES, True)]
        assert await states(database, waiting) == [(LookupState.ANSWERED, NO, False)]
    assert await settled(database, "x", NO, forced=True) == 1
    assert await states(database, doubting) == [(LookupState.ANSWERED, NO, False)]


async def test_a_cancelled_lookup_keeps_the_answer_it_had(database: Database) -> None:
    """Protects a known answer from a cancelled second lookup."""
    inquiry, other = await asked(database, ANNA, "x", "y", "z"), await asked(database, BORIS, "z")
    await settled(database, "x", YES)
    await settled(database, "y", NO)
    await do(database, lookups.ask_again, (await found(database, inquiry)).lookups[0].id, 5)
    assert await do(database, lookups.cancel, inquiry) == 2
    assert await do(database, lookups.cancel, inquiry) == 0
    kept = [(LookupState.ANSWERED, YES, False), (LookupState.ANSWERED, NO, False)]
    assert await states(database, inquiry) == [*kept, (LookupState.CANCELLED, None, False)]
    assert not (await found(database, inquiry)).is_open
    assert await in_line(database) == ["z"]
    assert (await found(database, other)).is_open


async def to_show(database: Database) -> list[tuple[str, float]]:
    """Return the cards to be shown: inquiry, and when."""
    return [(each, at) for each, _, at in await do(database, inquiries.to_show)]


async def show(database: Database, read: Inquiry) -> None:
    """Mark the card as shown with what was read."""
    times = {"show_at": NOW + 30, "changed_at": NOW + 30}
    await do(database, inquiries.shown, read, card_id=9, cards_lost=0, digest="d", **times)


async def test_a_card_is_shown_whenever_it_changed(database: Database) -> None:
    """Protects the card: each change shows at once, and it is checked again while some wait."""
    inquiry = await asked(database, ANNA, "x", "y")
    assert await to_show(database) == [(inquiry, NOW + 2)]
    await show(database, await found(database, inquiry))
    assert await to_show(database) == [(inquiry, NOW + 30)]
    await settled(database, "x", YES)
    await settled(database, "y", NO)
    assert await to_show(database) == [(inquiry, 0.0)]
    await show(database, await found(database, inquiry))
    assert await to_show(database) == []
    stored = await found(database, inquiry)
    assert (stored.card_id, stored.shown_digest) == (9, "d")
    await do(database, lookups.ask_again, stored.lookups[0].id, 0)
    assert await to_show(database) == [(inquiry, NOW + 30)]
    await do(database, lookups.cancel, inquiry)
    assert await to_show(database) == [(inquiry, 0.0)]


async def test_a_change_while_a_card_is_sent_is_not_lost(database: Database) -> None:
    """Protects an answer that arrives between reading an inquiry and showing it."""
    inquiry = await asked(database, ANNA, "x")
    read = await found(database, inquiry)
    await settled(database, "x", YES)
    await show(database, read)
    assert await to_show(database) == [(inquiry, 0.0)]
    assert (await found(database, inquiry)).lookups[0].answer == YES


async def test_cards_come_in_order_and_not_to_who_blocks_us(database: Database) -> None:
    """Protects people who blocked the bot; their answers are shown when they are back."""
    later = await asked(database, ANNA, "x", chat_id=7, now=NOW + 5)
    sooner = await asked(database, BORIS, "y", chat_id=8)
    assert await to_show(database) == [(sooner, NOW + 2), (later, NOW + 7)]
    assert await do(database, inquiries.to_show, 1) == [(sooner, 8, NOW + 2)]
    await do(database, chats.blocked, 8, NOW)
    assert await to_show(database) == [(later, NOW + 7)]
    await do(database, chats.seen, 8, None, NOW)
    assert await to_show(database) == [(sooner, NOW + 2), (later, NOW + 7)]


async def test_a_message_begins_one_inquiry(database: Database) -> None:
    """Protects from a second card when an update is redelivered."""
    inquiry, vault = await found(database, await asked(database, ANNA, "x")), database.vault
    of_message = inquiries.of_message
    assert await do(database, of_message, vault, CHAT, inquiry.reply_to) == inquiry
    assert await do(database, of_message, vault, CHAT + 1, inquiry.reply_to) is None
    assert await do(database, inquiries.get, vault, "gone") is None


async def test_old_inquiries_are_forgotten_unless_a_person_waits(database: Database) -> None:
    """Protects privacy of old inquiries, and the people who still wait."""
    old, waiting = await asked(database, ANNA, "x"), await asked(database, BORIS, "y", "x")
    new = await asked(database, CLARA, "z", now=NOW + 1)
    for number in ("x", "z"):
        await settled(database, number, YES)
    assert await do(database, inquiries.erase_old, NOW) == 0
    assert await do(database, inquiries.erase_old, NOW + 1) == 1
    async with database.read() as connection:
        ids = {*(await connection.execute(sa.select(table.c.inquiry_id))).scalars()}
    assert ids == {waiting, new}
    assert await do(database, inquiries.get, database.vault, old) is None


async def test_the_cache_keeps_an_answer_until_it_expires(database: Database) -> None:
    """Protects the service from repeated requests, and people from stale answers."""
    vault, remember, recall = database.vault, cache.remember, cache.recall
    yes, no, none = [cache.key_of(vault, number) for number in ("x", "y", "z")]
    await do(database, remember, vault, yes, YES, forget_at=NOW + 9, forced=True)
    await do(database, remember, vault, no, NO, forget_at=NOW + 5, forced=False)
    keys = [yes, no, none]
    assert await do(database, recall, vault, keys, NOW) == {yes: YES, no: NO}
    assert await do(database, recall, vault, keys, NOW + 5) == {yes: YES}
    assert await do(database, recall, vault, [no], NOW + 4) == {no: NO}
    assert await do(database, recall, vault, [], NOW) == {}
    assert [await do(database, cache.forced_at, key) for key in keys] == [NOW, None, None]
    newer = replace(NO, answered_at=NOW + 3)
    await do(database, remember, vault, yes, newer, forget_at=NOW + 9, forced=False)
    assert await do(database, cache.forced_at, yes) == NOW
    assert await do(database, cache.forget_old, NOW + 5) == 1
    assert await do(database, recall, vault, keys, NOW) == {yes: newer}


async def test_nothing_of_it_is_on_disk_in_clear(sqlite: Database, tmp_path: Path) -> None:
    """Protects numbers and accounts from a reader of the database, or its log."""
    numbers = [f"+4474{number:08}" for number in random.Random(3).sample(range(10**8), 20)]
    accounts = [str(number) for number in random.Random(4).sample(range(10**9, 10**10), 20)]
    inquiry, vault, key = await asked(sqlite, ANNA, *numbers), sqlite.vault, ""
    answers = [replace(YES, account=account) for account in accounts]
    for number, answer in zip(numbers, answers, strict=True):
        key = cache.key_of(vault, number)
        await do(sqlite, instances.note_ask, Instance("7103000001", asked_at=NOW), key)
        await do(sqlite, cache.remember, vault, key, answer, forget_at=NOW + 9, forced=True)
        await settled(sqlite, number, answer)
    kept = (await found(sqlite, inquiry)).lookups
    assert [(row.number, row.answer) for row in kept] == [*zip(numbers, answers, strict=True)]
    for _ in range(2):
        disk = b"".join(path.read_bytes() for path in tmp_path.iterdir())  # noqa: ASYNC240
        secrets = [*(number[1:] for number in numbers), *accounts]
        assert not [secret for secret in secrets if secret.encode() in disk]
        assert key.encode() in disk, "that is where they would be"
        await sqlite.close()  # the log is folded into the file
