"""The bot's memory of answers, as a list is held against it."""

from checking.memory import blocks as memory
from sheets.memory.splitting import read
from tests.support.stories.story import Story


async def recalled(
    story: Story, owner_id: int, check_key: str, asked: list[str]
) -> tuple[list[str], dict[str, str]]:
    """Return the numbers that would be asked about, and the remembered answers to the others."""
    assert story.app is not None
    ctx = story.app.ctx.desk._ctx
    check = ctx.catalogue.get(check_key)
    assert check is not None
    posted = "".join(f"{number}\n" for number in asked).encode()
    found = await memory.recall(ctx, owner_id, check, posted, of=owner_id)
    if found is None:
        return asked, {}
    known = {f"+{number}": answer for number, answer, *_ in read(found.known).rows()}
    new = found.new.decode().split()
    assert (found.count, found.remembered) == (len(new), len(known))
    return new, known
