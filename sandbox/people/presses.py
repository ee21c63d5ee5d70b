"""Presses of inline buttons: the callback query, and the bot's answer to it."""

import itertools

from sandbox.people.surroundings import Someone
from sandbox.telegram.store.chats import Message
from sandbox.telegram.store.state import CallbackAnswer, Query


async def press(
    person: Someone,
    label: str,
    *,
    on: Message | None = None,
    within: float | None = None,
    forged: bool = False,
) -> CallbackAnswer:
    """Wait for the button, send its callback query and wait for the bot's answer.

    A disabled button is waited for. `forged` sends `label` as the data, without a button.
    """
    world, name = person.world, person.user.first_name

    def button() -> tuple[Message, str] | None:
        for message in [on] if on is not None else reversed(person.chat.messages):
            if message.deleted or not message.by_bot:
                continue
            for each in itertools.chain.from_iterable(message.content.keyboard):
                if label in each["text"]:
                    if "disabled" in each:
                        return None
                    assert "callback_data" in each, (
                        f"{each['text']!r} is no callback button: {each}"
                    )
                    return message, each["callback_data"]
        return None

    if forged:
        assert on is not None
        message, data = on, label
    else:
        what = f"{name} presses {label!r}"
        message, data = await world.until(button, what, person.chat, within)
    query = tapped(person, message, data)
    what = f"{name} gets an answer for {label!r}"
    return await world.until(lambda: query.answer, what, person.chat, within)


def tapped(person: Someone, message: Message, data: str) -> Query:
    """Send the callback query of a button with this data."""
    state = person.world.state
    query = Query(str(state.chance.randrange(10**17, 10**18)), person.chat, state.clock.now())
    state.queries[query.id] = query
    shown = message.to_json()
    if message.deleted:  # Telegram then sends an InaccessibleMessage, with date 0
        shown = {"message_id": message.message_id, "chat": message.chat.to_json(), "date": 0}
    update = {
        "id": query.id,
        "from": person.user.to_json(),
        "chat_instance": str(abs(hash(person.chat.id))),
        "message": shown,
        "data": data,
    }
    state.updates.put("callback_query", update)
    return query
