"""Groups that take texts and no files: the result still comes, or people are told where it is."""

import pytest
import sqlalchemy as sa
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError
from aiogram.methods import SendDocument, TelegramMethod

from bot import context
from handlers.shared.telegram_errors import is_chat_silent, is_file_refused
from sandbox.http import faults
from sandbox.people.group import Group
from sandbox.people.person import Person
from sandbox.people.presses import tapped
from sandbox.telegram.store.chats import Chat, Message
from storage.schema.tables import tasks
from tests.support.stories.crowd import labels
from tests.support.stories.story import Story
from tests.support.stories.teams import FILE, named, said, started, submitted

NO_FILES = "but this group takes no files"


async def without_files(story: Story) -> tuple[Group, Person, Person]:
    """Make a group without files; return it, with Bob in it, and Carol, its administrator."""
    await story.starts(access="open")
    bob, carol = story.world.person("Bob"), story.world.person("Carol")
    group = story.world.group("Team", carol, [bob])
    group.forbids_files()
    return group, bob.within(group), carol.within(group)


def files_in(person: Person) -> list[Message]:
    """Return the files that the bot shows in this chat."""
    shown = [each for each in person.messages if each.by_bot and not each.deleted]
    return [each for each in shown if each.document or each.photo]


def taps(person: Person, card: Message, label: str, *, times: int) -> None:
    """Tap so often before the bot says anything, on a button that the card has or had."""
    shown = [card.content.keyboard, *(each.content.keyboard for each in card.edits)]
    buttons = (each for keyboard in shown for row in keyboard for each in row)
    data = next(str(each["callback_data"]) for each in buttons if label in each["text"])
    for _ in range(times):
        tapped(person, card, data)


async def test_the_person_can_have_it_privately(story: Story) -> None:
    """Protects a result: the group is told once, and its person alone gets it with one tap."""
    _, bob, carol = await without_files(story)
    card = await started(story, bob)
    told = await bob.sees(NO_FILES)
    await story.passes(1200)
    assert len(said(bob, "the result is ready")) == 1
    assert (await carol.presses("Send it to me privately", on=told)).text.endswith("somebody else.")
    await bob.presses("Send it to me privately", on=told)
    await bob.sees("the result goes to the person who handed in, privately", in_message=told)
    await bob.sees("open a chat with me first")
    await story.passes(600)
    assert len(said(bob, "open a chat")) == 1
    alone = Person(bob.world, bob.user, story.world.state.chats[bob.id])
    await alone.sends("/start")
    file = await alone.receives_file()
    assert file.data == story.world.ekyc.tasks[0].result_bytes
    await alone.receives_picture()
    await bob.sees("The result went to the person who handed in, privately", in_message=card)
    assert not files_in(bob)
    assert len(story.world.ekyc.posts) == 1


async def test_it_comes_here_once_files_are_allowed(story: Story) -> None:
    """Protects a result of a group that changes its mind; until then its texts go on."""
    group, bob, carol = await without_files(story)
    await started(story, bob)
    told = await bob.sees(NO_FILES)
    await submitted(story, bob, "second.txt")
    await bob.presses("Try here again", on=told)
    await bob.sees(NO_FILES, in_message=told)
    await story.passes(60)
    assert len(said(bob, "the result is ready")) == 1
    group.allows_files()
    await carol.presses("Try here again", on=told)
    file = await bob.receives_file()
    assert file.data == story.world.ekyc.tasks[0].result_bytes
    await story.passes(60)
    assert [each.document for each in files_in(bob) if each.document] == [file.message.document]


async def test_many_taps_bring_one_file(story: Story) -> None:
    """Protects from a file for each tap: while it comes, later, and where it was asked for anew."""
    group, bob, _ = await without_files(story)
    card = await started(story, bob)
    told = await bob.sees(NO_FILES)
    group.allows_files()
    taps(bob, told, "Try here again", times=3)
    file = await bob.receives_file()
    await story.passes(60)
    taps(bob, told, "Try here again", times=1)
    taps(bob, told, "Send it to me privately", times=1)
    await story.passes(60)
    assert [each.document for each in files_in(bob) if each.document] == [file.message.document]
    alone = Person(bob.world, bob.user, story.world.state.chats[bob.id])
    await alone.sends("/start")
    group.forbids_files()
    await bob.presses("Send the file again", on=card)
    asked = await bob.sees(NO_FILES)
    taps(bob, asked, "Send it to me privately", times=3)
    await alone.receives_file()
    await story.passes(60)
    assert len([each for each in files_in(alone) if each.document]) == 1


async def test_what_is_asked_for_once_more(story: Story) -> None:
    """Protects taps under a result, after the group forbade files: each is answered."""
    group, bob, _ = await without_files(story)
    group.allows_files()
    card = await started(story, bob)
    file = await bob.receives_file()
    await bob.receives_picture()
    await bob.sees("Done", in_message=card)
    group.forbids_files()
    await bob.presses("My sheet", on=file.message)
    await bob.sees("This group takes no files, so I can't send that here")
    await bob.presses("Send the file again", on=card)
    told = await bob.sees(NO_FILES)
    alone = Person(bob.world, bob.user, story.world.state.chats[bob.id])
    await alone.sends("/start")
    await bob.presses("Send it to me privately", on=told)
    again = await alone.receives_file()
    assert again.data == file.data


async def test_a_sheet_of_what_was_left_out(story: Story) -> None:
    """Protects whoever asks for it from a fault that is none."""
    _, bob, _ = await without_files(story)
    await bob.uploads("bad.txt", FILE + b"\n12\n", caption=named(story))
    card = await bob.sees("20 numbers ready")
    button = next(each for each in labels(card) if "left out" in each.lower())
    await bob.presses(button, on=card)
    await bob.sees("This group takes no files, so I can't send that here")


async def test_parts_are_not_taken_either(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    """Protects a large result: its group is told once, and its parts come when files are taken."""
    monkeypatch.setattr(context, "CLOUD_UPLOAD", 300)
    group, bob, _ = await without_files(story)
    await started(story, bob)
    told = await bob.sees(NO_FILES)
    await story.passes(600)
    assert len(said(bob, NO_FILES)) == 1
    assert not said(bob, "is on its way")
    group.allows_files()
    await bob.presses("Try here again", on=told)
    file = await bob.receives_file()
    assert "part 1 of" in file.caption
    assert NO_FILES not in told.shown


async def test_pictures_alone_may_be_refused(story: Story) -> None:
    """Protects a group without pictures: the file comes, and nothing promises a picture."""
    group, bob, _ = await without_files(story)

    def watch(kind: str, chat: Chat, message: Message) -> None:
        del chat
        if kind == "deleted" and "the picture comes" in message.shown:
            group.allows_files()

    story.world.state.watchers.append(watch)
    card = await started(story, bob)
    await bob.receives_file()
    await bob.sees("Done", in_message=card)
    await story.passes(60)
    assert [each.deleted for each in said(bob, "the picture comes")] == [True]
    await submitted(story, bob, "second.txt")


@pytest.mark.parametrize(
    "says", ["not enough rights to send documents to the chat", "CHAT_SEND_DOCS_FORBIDDEN"]
)
@pytest.mark.parametrize("kind", [TelegramBadRequest, TelegramForbiddenError])
def test_a_refused_file_is_no_silent_chat(
    says: str, kind: type[TelegramBadRequest | TelegramForbiddenError]
) -> None:
    """Protects a group's texts, whichever code the refusal has."""
    method: TelegramMethod[object] = SendDocument(chat_id=-1, document="file")
    error = kind(method, says)
    assert is_file_refused(error)
    assert not is_chat_silent(error)


async def asked_unnoted(story: Story) -> tuple[Person, Person, Message]:
    """Have a group asked, and forget that; return Bob alone, Bob there, and the question."""
    await story.starts(access="open")
    bob = story.world.person("Bob")
    group = story.world.group("Team", story.anna, [bob])
    group.forbids_files()
    await bob.sends("/start")
    there = bob.within(group)
    await started(story, there)
    told = await there.sees(NO_FILES)
    assert story.app is not None
    async with story.app.database.write() as connection:
        await connection.execute(sa.update(tasks).values(told_at=None, next_at=0))
    return bob, there, told


async def test_a_question_that_was_not_noted_is_answered_all_the_same(story: Story) -> None:
    """Protects who wants it alone: a replica asked the group and died before it noted that."""
    bob, there, told = await asked_unnoted(story)
    await there.presses("Send it to me privately", on=told)
    assert (await bob.receives_file()).data == story.world.ekyc.tasks[0].result_bytes
    assert not files_in(there)


async def test_a_file_on_its_way_to_the_group_is_said_to_be_there(story: Story) -> None:
    """Protects from a card that says "privately" where the group got the file a moment before."""
    bob, there, told = await asked_unnoted(story)
    there.chat.takes_files = True
    story.world.telegram.faults.add("editMessageMedia", faults.Slow(30), times=1)
    assert story.app is not None
    story.app.ctx.wake_up.notify()
    await story.passes(5)
    taps(there, told, "Send it to me privately", times=1)
    await story.passes(120)
    assert (await there.receives_file()).data == story.world.ekyc.tasks[0].result_bytes
    await there.sees("The result file is in this chat")
    assert not files_in(bob)
