"""What a card says of money is true of each POST, the last one and those before."""

from sandbox.http import faults
from storage.records.answers import FILE, Answer, Answers
from storage.schema import tables
from tests.support.databases.temporary import set_columns
from tests.support.stories.steps import started
from tests.support.stories.story import Story

UNCLEAR = "I don't know whether the service took this list"
EARLIER = "An earlier try to hand it in had no clear answer: that one may still be charged"
AGAIN = "Send again (may be charged twice)"


async def test_a_list_that_cannot_be_opened_costs_nothing(story: Story) -> None:
    """Protects people from a question about money when nothing was sent."""
    anna = await story.says_hello()
    await anna.uploads("numbers.txt", b"+79876543210\n+79876543211\n")
    card = await anna.sees("2 numbers ready")
    list_id = card.content.keyboard[0][0]["callback_data"].split(":")[1]
    assert story.app is not None
    async with story.app.database.write() as connection:
        await set_columns(connection, tables.lists, list_id, body_sealed=b"rubbish" * 9)
    await anna.presses("Telegram activity")
    await anna.presses("Start")
    await anna.sees("I can't read the numbers of this list any more", in_message=card)
    assert "so I sent nothing. Nothing was spent" in card.shown
    assert not any("activity" in label for row in card.buttons for label in row)
    await story.passes(3600)
    assert story.world.ekyc.posts == []
    await anna.uploads("numbers.txt", b"+79876543210\n+79876543211\n")
    await anna.sees("2 numbers ready")
    await anna.presses("Telegram activity")
    await anna.presses("Start")
    await anna.receives_file()


async def test_what_is_known_to_be_free_is_dropped_for_free(story: Story) -> None:
    """Protects people from fearing a charge: a POST turned out to have been free."""
    anna, ekyc = story.anna, story.world.ekyc
    ekyc.faults.add("create", faults.ReplyLost())
    card = await started(story)
    await anna.sees(UNCLEAR, in_message=card)
    assert story.app is not None
    async with story.app.database.read() as connection:
        task = (await connection.execute(tables.tasks.select())).one()
    await story.stops()
    answers = Answers(story.home / FILE)
    answers.load()
    answers.keep(Answer(task.id, 1, "ekyc", None))
    await ekyc.goes_down()
    await story.starts()
    await anna.sees("The service can't be reached at the moment", in_message=card)
    assert EARLIER not in card.shown
    await anna.presses("Don't hand it in")
    await anna.sees("I send nothing more for this check. Nothing was spent", in_message=card)


async def test_a_no_tells_of_the_post_before(story: Story) -> None:
    """Protects people from believing that nothing was spent, when the POST before was unclear."""
    anna, ekyc = story.anna, story.world.ekyc
    ekyc.faults.add("create", faults.ReplyLost())
    ekyc.faults.add("create", faults.too_many(60))
    ekyc.faults.add("create", faults.refused(400, "invalid_request"))
    card = await started(story)
    await anna.sees(UNCLEAR, in_message=card)
    await anna.presses(AGAIN)
    await anna.sees("busy and asked me to wait", in_message=card)
    assert EARLIER in card.shown
    await anna.sees("The service refused the list", in_message=card)
    assert EARLIER in card.shown


async def test_a_no_to_the_only_post_tells_of_no_other(story: Story) -> None:
    """Protects people from fearing a charge: nothing was sent before."""
    story.world.ekyc.faults.add("create", faults.too_many(60))
    story.world.ekyc.faults.add("create", faults.refused(400, "invalid_request"))
    card = await started(story)
    await story.anna.sees("The service refused the list", in_message=card)
    assert EARLIER not in card.shown
