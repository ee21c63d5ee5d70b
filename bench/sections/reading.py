"""Lists of a grammar whose truth is known, read as their owners would have them read.

Tables, texts and phone books of all countries, in eleven notations, with headers in twelve
languages, ids of eight kinds beside the phones, and the damages that exports do
(`tests/support/sheets/list_world`). A card that says that lines lack a country, or looks like
another country's list, counts as a question. BENCH_LISTS says how many are made.
"""

import multiprocessing
import os
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

from bench.measures import row
from tests.support.sheets.list_world.playing import play
from tests.support.sheets.list_world.world import world

LISTS = int(os.environ.get("BENCH_LISTS", "10000"))
FIRST_SEED = 1_000_000  # far from those that tests use
PIECE = 250
UNASKED, ASKED_ONCE = 97.0, 99.5
"""Of a hundred lists: read without a question, and with one at most."""
MOST_REMAINING = 12


@dataclass(frozen=True, slots=True)
class Found:
    """What became of one list. remains: why it needed more than a look, empty if it didn't."""

    seed: int
    wrong: bool
    told: bool
    questions: int
    is_right: bool
    remains: str


def _read(first: int) -> list[Found]:
    found = []
    for seed in range(first, first + PIECE):
        made = world(seed)
        played = play(made)
        is_right, asked = played.is_right(made), played.questions
        how = "asked" if asked and is_right else played.why or "some numbers not read"
        plain = is_right and not asked
        remains = "" if plain else f"{made.made_by}, written {made.style}: {how}"
        found.append(
            Found(seed, bool(played.sent - made.want), played.told, asked, is_right, remains)
        )
    return found


def run() -> Iterator[str]:
    """Measure and yield the lines to print."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(os.cpu_count(), mp_context=context) as pool:
        pieces = pool.map(_read, range(FIRST_SEED, FIRST_SEED + LISTS, PIECE))
        found = [each for piece in pieces for each in piece]
    wrong = sum(each.wrong for each in found)
    silent = sum(each.wrong and not each.told for each in found)
    unasked = sum(each.is_right and not each.questions for each in found) / len(found) * 100
    once = sum(each.is_right and each.questions <= 1 for each in found) / len(found) * 100
    yield row(
        f"of {len(found):,} lists: a wrong number would be sent, and the card doesn't say why",
        ours=f"{silent}",
        goal="0",
        met=not silent,
    )
    yield row(
        "of these: a wrong number would be sent, for a country that the card names",
        ours=f"{wrong - silent}",
    )
    seeds = ", ".join(str(each.seed) for each in found if each.wrong)
    yield row("seeds of all these", ours=seeds or "none")
    yield row(
        "lists read fully and right without a question",
        ours=f"{unasked:.2f} %",
        goal=f"at least {UNASKED} %",
        met=unasked >= UNASKED,
    )
    yield row(
        "lists read fully and right with one question at most",
        ours=f"{once:.2f} %",
        goal=f"at least {ASKED_ONCE} %",
        met=once >= ASKED_ONCE,
    )
    remaining = Counter(each.remains for each in found if each.remains)
    for what, count in remaining.most_common(MOST_REMAINING):
        yield row(f"what remains: {what}", ours=f"{count} lists")
    rest = remaining.total() - sum(count for _, count in remaining.most_common(MOST_REMAINING))
    yield row("what remains: of other kinds", ours=f"{rest} lists")
