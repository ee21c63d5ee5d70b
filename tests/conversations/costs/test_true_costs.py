"""What the services took, in /stats and as a table, for the owners alone."""

import codecs
import csv
import io

from tests.support.stories.costs import checked
from tests.support.stories.crowd import DAY, let_in
from tests.support.stories.story import Story
from tests.support.stories.teams import submitted

TOLD, FELL = "the service's amount", "the balance"


async def test_owners_see_who_cost_what_and_get_it_as_a_table(story: Story) -> None:
    """Protects the bookkeeping: by person, group, check and day; no name runs as a formula."""
    await story.says_hello()
    bob = await let_in(story, "=1+1")
    group = story.world.group("@Team", bob)
    there = bob.within(group)
    card = await submitted(story, there)
    await there.presses("Band", on=card)
    await there.presses("Start", on=card)
    await there.receives_file()
    await checked(bob, 100)
    story.clock.jump(DAY)
    await checked(bob, 100, start=2000, check="WhatsApp details")
    question = await story.anna.sends("/stats")
    page = await story.anna.sees("Today (UTC): checks 1, numbers 100 · ≈ 0.10 USD", after=question)
    assert "@Team" not in page.shown
    await story.anna.presses("Week", on=page)
    await story.anna.sees("@Team: checks 1, numbers 20 · 0.02 USD", in_message=page)
    assert "The last 7 days: checks 3, numbers 220 · ≈ 0.22 USD" in page.shown
    assert "Band: checks 2, numbers 120 · 0.12 USD" in page.shown
    assert "=1+1: checks 3, numbers 220 · ≈ 0.22 USD" in page.shown
    days = [line for line in page.shown.splitlines() if line.startswith("20")]
    today, before = (line.split(":")[0] for line in days)
    assert days == [
        f"{today}: checks 1, numbers 100 · ≈ 0.10 USD",
        f"{before}: checks 2, numbers 120 · 0.12 USD",
    ]
    assert "Shown to people" not in page.shown
    answer = await bob.forges("f:7", card)
    assert answer.text
    await story.anna.presses("Costs as .csv", on=page)
    file = await story.anna.receives_file()
    assert (file.name[:6], file.name[-14:]) == ("costs ", f"{today}.csv")
    assert file.data.startswith(codecs.BOM_UTF8)
    head, *rows = csv.reader(io.StringIO(file.data.decode("utf-8-sig")))
    assert head[:8] == ["Day (UTC)", "Person", "Person id", "Group", "Group id", *head[5:8]]
    who, team = ["'=1+1", str(bob.id)], ["'@Team", str(group.chat.id)]
    assert rows == [
        [before, *who, *team, "Band", "1", "20", "0.02", "USD", "0.02", "USD", TOLD],
        [before, *who, "", "", "Band", "1", "100", "0.1", "USD", "0.1", "USD", TOLD],
        [today, *who, "", "", "WhatsApp details", "1", "100", "0.1", "USD", "0.1", "USD", FELL],
    ]


async def test_the_true_cost_is_not_the_persons_to_take_along(story: Story) -> None:
    """Protects a reseller's margin and the account: they stand in nobody's own data."""
    await story.says_hello()
    bob = await let_in(story, "Bob")
    await checked(bob, 100)
    await bob.sends("/export")
    data = (await bob.receives_file()).data.decode()
    assert "cost_millionths" in data
    for name in ("true_", "actual_millionths", "estimated_millionths", "balance_before"):
        assert name not in data
