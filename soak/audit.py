"""The invariants after a soak test: what people did, what was charged, what was delivered."""

import io
import math
import zipfile
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sandbox.people.person import Person
from sandbox.services.lookups import Lookup
from sandbox.services.tasks import Post
from sandbox.telegram.store.chats import Message
from sandbox.world import World
from soak.diary import (
    CENTS,
    PRICED,
    QUOTA,
    Consent,
    Diary,
    Order,
    answers,
    answers_to,
    day_of,
    stumbled,
)
from soak.log import Log, Record
from storage.records.inbox import MOST_ATTEMPTS
from storage.records.strikes import MOST_DEATHS

COMMIT_SECONDS = 60.0
"""Seconds of the shared clock (three real ones) from an answer to the commit of it.

On a machine that is busy with other tests a database takes that long."""
Outages = Sequence[tuple[float, float]]
"""Of a bot or the database: start and end in Unix seconds."""
Numbers = frozenset[str]
ANSWERED = ("has a Telegram account", "no Telegram account")
LIST_ASIDE, UPDATE_ASIDE = "list set aside", "update set aside"
OF_TASKS_ASIDE = ("result set aside", "picture set aside", "split set aside")


def audit(world: World, diary: Diary, log: Log, cut_off: Outages) -> list[str]:
    """Return a line for each violation.

    `cut_off`: outages of a bot, by its death or not, or of the database.
    """
    facts = _Facts(world, {frozenset(each.numbers) for each in diary.orders if not each.new})
    findings = [line for order in diary.orders for line in _of_order(order, facts)]
    findings += [f"{each.chat.name} got a file that no service made" for each in facts.strange]
    wanted = {each.new for each in diary.orders}
    findings += [
        f"{len(numbers)} numbers were posted that nobody chose, {len(posts)} times"
        for numbers, posts in facts.paid.items()
        if numbers not in wanted
    ]
    findings += _over_quota(diary, facts)
    findings += _over_budget(diary, facts)
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
    findings += [
        f"{order.person.name}'s list of {len(order.numbers)}: set aside too soon"
        for order in diary.orders
        for since, told in order.set_aside
        if _deaths(cut_off, since, told) < MOST_DEATHS
    ]
    errors = Counter(
        each.event for each in log.errors if not _died_over(each, diary, facts, log, cut_off)
    )
    return findings + [f"{count} x in the log: {line}" for line, count in errors.items()]


@dataclass(frozen=True)
class _Facts:
    """What services and chats hold, by the numbers that were posted.

    known: The lists of which all is remembered. Their files are found by all of their numbers.
    """

    world: World
    known: Collection[Numbers]
    paid: Mapping[Numbers, list[Post]] = field(default_factory=lambda: defaultdict(list))
    files: Mapping[Numbers, list[Message]] = field(default_factory=lambda: defaultdict(list))
    """Results in all chats."""
    strange: list[Message] = field(default_factory=list)
    """Files of bots that no service made, and that aren't from memory."""
    lists: dict[str, Numbers] = field(default_factory=dict)
    """By the service's id of the task."""

    def __post_init__(self) -> None:
        made: dict[bytes, Numbers] = {}
        for service in (self.world.ekyc, self.world.checknumber):
            for post in service.posts:
                if post.charged:
                    self.paid[frozenset(post.numbers)].append(post)
            for task in service.tasks:
                self.lists[task.task_id] = frozenset(task.numbers)
                if task.downloads:
                    made[task.result_bytes] = self.lists[task.task_id]
        for chat in self.world.state.chats.values():
            for message in chat.messages:
                if message.document is None or not message.by_bot or message.deleted:
                    continue
                data = message.document.data
                numbers = made.get(data) or numbers_in(data)
                is_known = data in made or numbers in self.known
                found = self.files[numbers] if is_known else self.strange
                found.append(message)

    def posts(self, order: Order) -> list[Post]:
        """Return what was charged for a list."""
        return self.paid.get(order.new, [])


def numbers_in(file: bytes) -> Numbers:
    """Return the numbers in a file that may be from memory; none if it can't be one."""
    try:
        with zipfile.ZipFile(io.BytesIO(file)) as packed:
            file = packed.read("all.csv")
    except (zipfile.BadZipFile, KeyError):
        return frozenset()
    return frozenset(line.partition(",")[0] for line in file.decode("utf-8-sig").splitlines()[1:])


def _in_known_pause(asked: Sequence[Lookup], place: int, cut_off: Outages) -> bool:
    """True if a lookup came in a pause that the bot must have known of.

    A bot that is cut off between an answer and its commit doesn't know of the pause; one more
    lookup tells the next process.
    """
    this = asked[place]
    if not this.in_pause:
        return False
    last = [each.time for each in asked[:place] if each.instance == this.instance][-1]
    return not any(began <= last + COMMIT_SECONDS and last <= ended for began, ended in cut_off)


def _of_order(order: Order, facts: _Facts) -> Iterator[str]:
    who = f"{order.person.name}'s list of {len(order.numbers)} ({order.outcome})"
    posts = facts.posts(order)
    if any(_agreed(order, post) < place for place, post in enumerate(posts, start=1)):
        yield f"{who}: paid {len(posts)} times, agreed to {len(order.consents)}"
    if order.outcome.startswith("waited in vain"):
        yield f"{who}: left waiting"
    files = facts.files.get(order.new or frozenset(order.numbers), [])
    if order.forgotten is not None:
        then, came = order.forgotten
        if len(files) > came:
            yield f"{who}: delivered after it was erased"
        if any(post.time > then for post in posts):
            yield f"{who}: posted after it was erased"
    if len(files) > 1:
        yield f"{who}: {len(files)} files"
    if order.outcome == "delivered" and not files:
        yield f"{who}: a file that wasn't made for it"
    home = order.person.id if order.privately else order.person.chat.id
    pictures = [each for each in answers(order) if each.photo] if order.privately else []
    if any(each.chat.id != home for each in (*files, *pictures)):
        yield f"{who}: brought to another chat than the person's"
    if order.outcome == "delivered" and order.new and not posts:
        yield f"{who}: delivered, and never paid for"


def _agreed(order: Order, post: Post) -> int:
    """Return how many POSTs the person had agreed to when this one came."""
    return sum(each.began <= post.time for each in order.consents)


def _over_quota(diary: Diary, facts: _Facts) -> Iterator[str]:
    """Count what was charged for each person and the day (UTC) on which they agreed to it."""
    spent = [
        (post.time, order.person, agreed.day, len(post.numbers))
        for order in diary.orders
        for post in facts.posts(order)
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


def _over_budget(diary: Diary, facts: _Facts) -> Iterator[str]:
    """Add up what each start, while its person had a budget, made of their day (UTC)."""
    for budget in diary.budgets:
        paid = [
            (agreed, CENTS * len(post.numbers))
            for order in diary.orders
            for post in facts.posts(order)
            if order.person.id == budget.person.id and post.task_type == PRICED
            if (agreed := _last_consent(order, post)) and agreed.day
        ]
        for last, _ in paid:
            cents = sum(c for each, c in paid if each.day == last.day and each.began <= last.began)
            is_held = budget.began <= last.began <= budget.ended
            if is_held and cents > budget.cents:
                yield f"{budget.person.name}: {cents} cents on {last.day} of {budget.cents}"


def _last_consent(order: Order, post: Post) -> Consent | None:
    return next((each for each in order.consents[::-1] if each.began <= post.time), None)


def _died_over(record: Record, diary: Diary, facts: _Facts, log: Log, cut_off: Outages) -> bool:
    """True if so many bots died since the work began that was set aside, that it had to be."""
    if record.event.startswith(LIST_ASIDE):
        return True  # lists are judged by what their people saw
    if record.event.startswith(UPDATE_ASIDE):
        since = facts.world.state.updates.since[int(record.values["update"])]
        return _deaths(cut_off, since, record.at) > MOST_ATTEMPTS
    if not record.event.startswith(OF_TASKS_ASIDE):
        return False
    numbers = facts.lists.get(log.remote_ids.get(record.values["task"], ""), frozenset())
    moments = [each.edited or each.date for each in facts.files.get(numbers, [])]
    for order in diary.orders:
        if numbers == order.new:
            moments += [each.began for each in order.consents]
    since = max((each for each in moments if each <= record.at), default=record.at)
    return _deaths(cut_off, since, record.at) >= MOST_DEATHS


def _deaths(cut_off: Outages, since: float, until: float) -> int:
    return sum(began <= until and since <= ended for began, ended in cut_off)
