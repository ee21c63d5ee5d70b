"""What happens when somebody presses a button."""

import itertools

from sandbox.people.surroundings import Someone
from sandbox.telegram.store.chats import Json, Message
from sandbox.telegram.store.state import CallbackAnswer, Query


async def press(
    person: Someone,
    label: str,
    *,
    on: Message | None = None,
    within: float | None = None,
    forged: bool = False,
) -> CallbackAnswer:
    """Find the button, send the callback query, wait until the bot has answered it."""
    world = person.world
    if forged:
        assert on is not None
        message, data = on, label
    else:
        message, data = await world.until(
            lambda: _button(person, label, on),
            f"{person.user.first_name} presses {label!r}",
            person.chat,
            within,
        )
    query = tapped(person, message, data)
    what = f"{person.user.first_name} gets an answer for {label!r}"
    return await world.until(lambda: query.answer, what, person.chat, within)


def tapped(person: Someone, message: Message, data: str) -> Query:
    """Send the callback query of a button with this data."""
    state = person.world.state
    query = Query(str(state.chance.randrange(10**17, 10**18)), person.chat, state.clock.now())
    state.queries[query.id] = query
    update = {
        "id": query.id,
        "from": person.user.to_json(),
        "chat_instance": str(abs(hash(person.chat.id))),
        "message": _shown(message),
        "data": data,
    }
    state.updates.put("callback_query", update)
    return query


def _button(person: Someone, label: str, on: Message | None) -> tuple[Message, str] | None:
    messages = [on] if on is not None else reversed(person.chat.messages)
    for message in messages:
        if message.deleted or not message.by_bot:
            continue
        for button in itertools.chain.from_iterable(message.content.keyboard):
            if label in button["text"]:
                return _data(message, button)
    return None


def _data(message: Message, button: Json) -> tuple[Message, str] | None:
    """Give the callback data; a disabled button is waited for."""
    if "disabled" in button:
        return None
    assert "callback_data" in button, f"{button['text']!r} is no callback button: {button}"
    return message, button["callback_data"]


def _shown(message: Message) -> Json:
    """Write the message of a query; one that was deleted is inaccessible (date 0)."""
    if message.deleted:
        chat = message.chat.to_json()
        return {"message_id": message.message_id, "chat": chat, "date": 0}
    return message.to_json()
