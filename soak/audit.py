"""What has to be true after all of it: compares what people did, what was paid, what came back."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from sandbox.services.lookups import Lookup
from sandbox.services.tasks import Post
from sandbox.world import World
from soak.people import Diary, Order, answers_to, files_for

UNHEARD_SECONDS = 10.0
"""Of everybody's time, half a real one: so long an answer may be under way to the commit."""
ANSWERED = ("has a Telegram account", "no Telegram account")
_ERROR = re.compile(r"\[(?:error|critical) *\] (.*)")


def audit(
    world: World, diary: Diary, log: Path, cut_off: Sequence[tuple[float, float]]
) -> list[str]:
    """Everything that is not as it should be, a line each; empty if all is well.

    `cut_off`: when a bot was killed or stood still, or the database was away: from and until
    when, in unix seconds.
    """
    paid = _paid(world)
    findings = [line for order in diary.orders for line in _of_order(world, order, paid)]
    findings += [
        f"{each.person.name} asked about a number and was not answered: {answers_to(each)}"
        for each in diary.questions
        if not any(word in said for said in answers_to(each) for word in ANSWERED)
    ]
    rude = sum(
        _is_rude(world.green.asked, place, cut_off) for place in range(len(world.green.asked))
    )
    if rude:
        findings.append(f"an instance was asked in its pause, {rude} times")
    if world.pending_updates:
        findings.append(f"{world.pending_updates} updates were never confirmed")
    findings += [f"{count} x in the log: {line}" for line, count in _errors(log).items()]
    return findings


def _is_rude(asked: Sequence[Lookup], place: int, cut_off: Sequence[tuple[float, float]]) -> bool:
    """Whether a request came in a pause that the bot could know of.

    Who is cut off between an answer and its commit never heard it; asking once more is how the
    next life finds out.
    """
    this = asked[place]
    if not this.in_pause:
        return False
    told = [each for each in asked[:place] if each.instance == this.instance]
    heard = told[-1].time
    return not any(began <= heard + UNHEARD_SECONDS and heard <= ended for began, ended in cut_off)


def _paid(world: World) -> dict[frozenset[str], list[Post]]:
    """Every post that was charged, by what was in it."""
    found: dict[frozenset[str], list[Post]] = defaultdict(list)
    for service in (world.ekyc, world.checknumber):
        for post in service.posts:
            if post.charged:
                found[frozenset(post.numbers)].append(post)
    return found


def _of_order(world: World, order: Order, paid: dict[frozenset[str], list[Post]]) -> Iterator[str]:
    who = f"{order.person.name}'s list of {len(order.numbers)} ({order.outcome})"
    posts = paid.get(frozenset(order.numbers), [])
    if len(posts) > order.agreed:
        yield f"{who}: paid {len(posts)} times, agreed to {order.agreed}"
    if order.outcome.startswith("waited in vain"):
        yield f"{who}: left waiting"
    files = files_for(order)
    if len({each.document.data for each in files if each.document}) < len(files):
        yield f"{who}: {len(files)} files, some of them twice"
    made = _made(world, order)
    if any(each.document and each.document.data not in made for each in files):
        yield f"{who}: a file that was not made for it"
    if order.outcome == "delivered" and not posts:
        yield f"{who}: delivered, and never paid for"


def _made(world: World, order: Order) -> list[bytes]:
    """The results of the services for exactly these numbers."""
    return [
        task.result_bytes
        for service in (world.ekyc, world.checknumber)
        for task in service.tasks
        if frozenset(task.numbers) == frozenset(order.numbers)
    ]


def _errors(log: Path) -> Counter[str]:
    lines = log.read_text("utf-8").splitlines() if log.exists() else []
    return Counter(found[1][:120] for line in lines if (found := _ERROR.search(line)))
