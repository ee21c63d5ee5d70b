"""The invariants after a soak test: what people did, what was charged, what was delivered."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from handlers.intake.reader import LISTS_AT_ONCE
from sandbox.people.person import Person
from sandbox.services.lookups import Lookup
from sandbox.services.tasks import Post
from sandbox.world import World
from soak.diary import (
    QUOTA,
    Consent,
    Diary,
    Order,
    answers_to,
    day_of,
    files_for,
    stumbled,
)
from storage.records.strikes import MOST_DEATHS

COMMIT_SECONDS = 60.0
"""Seconds of the shared clock (three real ones) from an answer to the commit of it.

On a machine that is busy with other tests a database takes that long."""
Paid = Mapping[frozenset[str], list[Post]]
"""The charged posts, by the numbers in them."""
ANSWERED = ("has a Telegram account", "no Telegram account")
SET_ASIDE = ("list set aside", "update set aside", "result set aside", "picture set aside")
_RECORD = re.compile(r"^(?=\d{4}-\d\d-\d\dT)", re.MULTILINE)
_ERROR = re.compile(r"\[(?:error|critical) *\] (.*)")


def audit(
    world: World, diary: Diary, log: Path, cut_off: Sequence[tuple[float, float]], deaths: int
) -> list[str]:
    """Return a line for each violation.

    `cut_off`: outages of a bot or the database, start and end in Unix seconds. `deaths`: bots
    that were killed or struck off.
    """
    paid = _paid(world)
    findings = [line for order in diary.orders for line in _of_order(world, order, paid)]
    findings += _over_quota(diary, paid)
    findings += [
        f"{each.person.name} asked about a number and was not answered: {answers_to(each)}"
        for each in diary.questions
        if not any(word in answer for answer in answers_to(each) for word in ANSWERED)
        and not each.forgotten
        and not stumbled(each)
    ]
    asked = world.green.asked
    in_pause = sum(_in_known_pause(asked, place, cut_off) for place in range(len(asked)))
    if in_pause:
        findings.append(f"an instance was asked in its pause, {in_pause} times")
    if world.pending_updates:
        findings.append(f"{world.pending_updates} updates were never confirmed")
    errors = _errors(log)
    aside = [line for line in errors if line.startswith(SET_ASIDE)]
    # Each death may interrupt all that one bot reads. People then send or tap it again.
    if sum(errors[line] for line in aside) <= deaths * LISTS_AT_ONCE // MOST_DEATHS:
        errors = Counter({line: count for line, count in errors.items() if line not in aside})
    findings += [f"{count} x in the log: {line}" for line, count in errors.items()]
    return findings


def _in_known_pause(
    asked: Sequence[Lookup], place: int, cut_off: Sequence[tuple[float, float]]
) -> bool:
    """True if a lookup came in a pause that the bot must have known of.

    A bot that is cut off between an answer and its commit doesn't know of the pause; one more
    lookup tells the next process.
    """
    this = asked[place]
    if not this.in_pause:
        return False
    last = [each.time for each in asked[:place] if each.instance == this.instance][-1]
    return not any(began <= last + COMMIT_SECONDS and last <= ended for began, ended in cut_off)


def _paid(world: World) -> Paid:
    """Return the charged posts, by the numbers in them."""
    found: dict[frozenset[str], list[Post]] = defaultdict(list)
    for service in (world.ekyc, world.checknumber):
        for post in service.posts:
            if post.charged:
                found[frozenset(post.numbers)].append(post)
    return found


def _of_order(
    world: World, order: Order, paid: Mapping[frozenset[str], list[Post]]
) -> Iterator[str]:
    who = f"{order.person.name}'s list of {len(order.numbers)} ({order.outcome})"
    posts = paid.get(frozenset(order.numbers), [])
    if any(_agreed(order, post) < place for place, post in enumerate(posts, start=1)):
        yield f"{who}: paid {len(posts)} times, agreed to {len(order.consents)}"
    if order.outcome.startswith("waited in vain"):
        yield f"{who}: left waiting"
    files = files_for(order)
    if order.forgotten is not None:
        then, came = order.forgotten
        if len(files) > came:
            yield f"{who}: delivered after it was erased"
        if any(post.time > then for post in posts):
            yield f"{who}: posted after it was erased"
    if len({each.document.data for each in files if each.document}) < len(files):
        yield f"{who}: {len(files)} files, some of them twice"
    made = _made(world, order)
    if any(each.document and each.document.data not in made for each in files):
        yield f"{who}: a file that was not made for it"
    if order.outcome == "delivered" and not posts:
        yield f"{who}: delivered, and never paid for"


def _agreed(order: Order, post: Post) -> int:
    """Return how many POSTs the person had agreed to when this one came."""
    return sum(each.began <= post.time for each in order.consents)


def _over_quota(diary: Diary, paid: Paid) -> Iterator[str]:
    """Count what was charged for each person and the day (UTC) on which they agreed to it."""
    spent = [
        (post.time, order.person, agreed.day, len(order.numbers))
        for order in diary.orders
        for post in paid.get(frozenset(order.numbers), [])
        if (agreed := _last_consent(order, post)) and agreed.day
    ]

    def used(person: Person, day: str, until: float) -> int:
        return sum(
            numbers
            for moment, who, when, numbers in spent
            if moment <= until and (who.id, when) == (person.id, day)
        )

    for person, day in {(person.id, day): (person, day) for _, person, day, _ in spent}.values():
        limit = diary.quotas.get(person.id, QUOTA)
        if (numbers := used(person, day, math.inf)) > limit:
            yield f"{person.name}: {numbers} numbers on {day}, and may have {limit} a day"
    for each in diary.allowances:
        limit = diary.quotas.get(each.person.id, QUOTA)
        numbers = used(each.person, day_of(each.asked), each.asked)
        if each.left > limit - numbers and day_of(each.asked) == day_of(each.told):
            yield f"{each.person.name}: {each.left} left after {numbers} of {limit}"


def _last_consent(order: Order, post: Post) -> Consent | None:
    return next((each for each in order.consents[::-1] if each.began <= post.time), None)


def _made(world: World, order: Order) -> list[bytes]:
    """Return the services' results for exactly these numbers."""
    return [
        task.result_bytes
        for service in (world.ekyc, world.checknumber)
        for task in service.tasks
        if frozenset(task.numbers) == frozenset(order.numbers)
    ]


def _errors(log: Path) -> Counter[str]:
    """Return the errors of the log, each with the last line of its traceback."""
    text = log.read_text("utf-8") if log.exists() else ""
    records = [record.strip().splitlines() for record in _RECORD.split(text)]
    return Counter(
        " ".join([found[1][:120], *(each[:200] for each in lines[1:][-1:])])
        for lines in records
        if lines and (found := _ERROR.search(lines[0]))
    )
