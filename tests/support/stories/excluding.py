"""Numbers that are never to be checked, for stories."""

from sandbox.people.person import Person
from sandbox.telegram.store.chats import Message


async def sends(
    person: Person, name: str, listed: list[str], says: str, *, caption: str | None = None
) -> Message:
    """Send a list as a file; return its card, which says so."""
    sent = await person.uploads(name, "\n".join(listed).encode(), caption=caption)
    return await person.sees(says, after=sent)


async def never_checks(
    person: Person, listed: list[str], name: str = "never.txt", *, caption: str | None = None
) -> Message:
    """Send a list whose numbers are never to be checked; return its card."""
    ready = f"{name}: {len(listed)} number"
    card = await sends(person, name, listed, ready, caption=caption)
    await asks(person, card)
    await person.presses("Never check these", on=card)
    return await person.sees("This one is discarded", in_message=card)


async def asks(person: Person, card: Message) -> None:
    """Go to the question whether the numbers of a list are never to be checked."""
    await person.presses("Leave out…", on=card)
    await person.sees("shall stay out?", in_message=card)
    await person.presses("Never check these", on=card)
    await person.sees("Keep them so?", in_message=card)


async def empties(person: Person, page: Message) -> None:
    """Empty the never-check list on a page that tells of it."""
    await person.presses("Empty the never-check list", on=page)
    await person.sees("Empty it?", in_message=page)
    await person.presses("Empty the never-check list", on=page)
    await person.sees("The never-check list is empty", in_message=page)
