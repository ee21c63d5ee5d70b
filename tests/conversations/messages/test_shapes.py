"""Messages and answers of a shape that aiogram's models don't know: what is needed is read."""

import copy
from collections.abc import Callable
from typing import Any

import pytest

from sandbox.http import faults
from sandbox.telegram.store.chats import Json
from tests.support.stories.faulting import cards, got_it_once
from tests.support.stories.lists import numbers
from tests.support.stories.steps import files_of, started
from tests.support.stories.story import Story

FILE = "\n".join(numbers(20)).encode()


def without(*path: str) -> Callable[[Json], None]:
    """Return a change that takes a field out of a message."""

    def change(message: Json) -> None:
        for name in path[:-1]:
            message = message.get(name, {})
        message.pop(path[-1], None)

    return change


ODD: dict[str, Callable[[Json], object]] = {
    "a field of tomorrow": lambda it: it.update(tomorrow={"deep": [1]}),
    "forwarded from nobody": lambda it: it.update(forward_origin={"type": "hidden_user"}),
    "forwarded from tomorrow": lambda it: it.update(forward_origin={"type": "tomorrow"}),
    "an old forward": lambda it: it.update(forward_from={"id": 5}, forward_date=7),
    "a reply to a story": lambda it: it.update(reply_to_story={"id": 3}),
    "a reply from elsewhere": lambda it: it.update(external_reply={"origin": {"type": "x"}}),
    "a reply that is odd": lambda it: it.update(reply_to_message={"message_id": 3}),
    "an entity without length": lambda it: it.update(
        entities=[{"type": "bold", "offset": 0}], caption_entities=[{"type": "x"}]
    ),
    "flags that are none": lambda it: it.update(is_topic_message="perhaps", link_preview_options=1),
    "no date": without("date"),
    "a chat without type": without("chat", "type"),
    "a person without name": without("from", "first_name"),
    "a file without the other id": without("document", "file_unique_id"),
    "a thumbnail that is none": lambda it: it.get("document", {}).update(thumbnail={"file_id": 1}),
}


async def test_no_file_is_lost_for_a_field_that_nobody_needs(story: Story) -> None:
    """Protects what people send: a file, and a text, of every odd shape become a list."""
    anna = await story.says_hello()
    updates = story.world.state.updates
    for name, change in ODD.items():
        updates.reshape = lambda update, change=change: change(update["message"])  # type: ignore[misc]
        sent = await anna.uploads(f"{name}.txt", FILE)
        await anna.sees(f"{name}.txt: 20 numbers ready", after=sent)
        pasted = await anna.sends("\n".join(numbers(15)))
        await anna.sees("15 numbers ready", after=pasted)


async def test_a_tap_below_an_odd_message_counts(story: Story) -> None:
    """Protects a button whose card answers a message of unknown shape, and one without extras."""
    anna = await story.says_hello()

    def odd(update: Json) -> None:
        tap = update.get("callback_query")
        if tap is not None:
            tap.pop("chat_instance")
            tap["message"]["reply_to_message"]["forward_origin"] = {"type": "tomorrow"}
            tap["message"]["reply_to_story"] = {"id": 3}
            tap["from"]["language_code"] = 7

    story.world.state.updates.reshape = odd
    await started(story)
    await anna.receives_file()
    await anna.sees("Done · 20 numbers checked")
    got_it_once(story)


ANSWERS: dict[str, Callable[[Any], Any]] = {
    "only the id": lambda sent: {"message_id": sent["message_id"]},
    "odd fields": lambda sent: sent | {"reply_to_story": {"id": 1}, "forward_origin": {}},
    "no chat, no date": lambda sent: {
        key: value for key, value in sent.items() if key not in {"chat", "date"}
    },
    "a sender of tomorrow": lambda sent: sent | {"from": "somebody", "chat": {"kind": 7}},
}
WRITES = ("sendMessage", "editMessageText", "editMessageMedia", "sendDocument")


@pytest.mark.parametrize("shape", ANSWERS)
async def test_nothing_is_sent_twice_for_an_answer_of_unknown_shape(
    story: Story, shape: str
) -> None:
    """Protects people from copies: what was sent is known by its id, and is edited from then on."""
    anna = await story.says_hello()
    change = ANSWERS[shape]
    odd = faults.Reshaped(lambda sent: change(copy.deepcopy(sent)))
    story.world.telegram.faults.add(WRITES, odd, times=None)
    await started(story)
    await anna.receives_file()
    await anna.sees("Done · 20 numbers checked")
    await story.passes(120)
    assert len(cards(story, "numbers.txt")) == 1
    assert len(files_of(story)) == 1
    got_it_once(story)


async def test_an_answer_that_names_no_message(story: Story) -> None:
    """Protects a chat from endless copies where Telegram confirms and says nothing else."""
    anna = await story.says_hello()
    odd = faults.Reshaped(lambda _: {})
    story.world.telegram.faults.add(WRITES, odd, times=None)
    await anna.sends("hello")
    await story.passes(600)
    assert len([each for each in anna.messages if each.by_bot]) == 2
    await anna.uploads("list.txt", FILE)
    await story.passes(600)
    assert len(cards(story, "list.txt")) == 1
