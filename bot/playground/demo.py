"""`numberdesk demo`: a whole check on this machine, without a token.

The real bot runs against a pretend Telegram and pretend services, over HTTP on 127.0.0.1. No
number is checked for real or leaves the machine.
"""

import asyncio
import contextlib
import tempfile
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.app import App, build_app
from bot.logs import configure
from bot.playground.sample import sample_list
from bot.playground.settings import charge_as_listed, sandbox_settings
from bot.settings import Settings
from checking.services.catalogue import Check, load
from handlers.shared.card import check_name
from handlers.shared.texts import Texts
from sandbox.people.person import Person
from sandbox.telegram.store.chats import Chat, Message
from sandbox.world import World

PATIENCE_SECONDS = 300.0
SINGLE = "+79876543210"
PICTURE = "picture.png"
RAW = "Raw file"
NUMBERS_A_SECOND = 450.0


async def play(file: Path | None, check_key: str, folder: Path) -> int:
    """Play and print the demo, save the files in `folder`; return the exit code."""
    checks = load(frozenset())  # only to find the check; the bot loads its own
    check = checks.get(check_key)
    if check is None or check.off:
        keys = ", ".join(each.key for each in checks.all() if not each.off)
        print(f"There is no check {check_key!r}. These there are: {keys}")
        return 2
    name, data = "numbers.txt", sample_list()
    try:
        if file is not None:
            name, data = file.name, await asyncio.to_thread(file.read_bytes)
    except OSError as error:
        print(f"The file can't be read: {error}")
        return 2
    configure("error", "text", secrets=[])  # only the conversation is shown
    print("A pretend Telegram, pretend services, the real bot. No real number is checked.\n")
    async with World(deadline=PATIENCE_SECONDS) as world:
        charge_as_listed(world)
        world.green.known[SINGLE.removeprefix("+")] = "10000000"
        world.ekyc.pace.per_second = world.checknumber.pace.per_second = NUMBERS_A_SECOND
        anna = world.person("Anna")
        world.watch(Printer())
        with tempfile.TemporaryDirectory(prefix="numberdesk-") as home:
            async with running(sandbox_settings(world, Path(home), [anna.id])):
                try:
                    files = await _talk(anna, name, data, check)
                except AssertionError as error:
                    print(f"\nThe demo stopped here: {str(error).splitlines()[0]}")
                    return 1
    made = [task.result_bytes for task in (*world.ekyc.tasks, *world.checknumber.tasks)]
    raw = [each for each, content in files.items() if [content] == made]
    if not raw:
        print("\nThe file is not what the service made.")
        return 1
    folder.mkdir(parents=True, exist_ok=True)  # noqa: ASYNC240 # nothing else runs
    for received, content in files.items():
        (folder / received).write_bytes(content)
    print(f"\nThe result, byte for byte as the service made it: {folder / raw[0]}")
    print(f"Beside it: {', '.join(each for each in files if each not in raw)}")
    return 0


@asynccontextmanager
async def running(settings: Settings) -> AsyncGenerator[App]:
    """Run the bot during the block."""
    stop = asyncio.Event()
    async with build_app(settings) as app:
        work = asyncio.create_task(app.run(stop))
        try:
            yield app
        finally:
            stop.set()
            with contextlib.suppress(asyncio.CancelledError):
                await work


async def _talk(anna: Person, name: str, data: bytes, check: Check) -> dict[str, bytes]:
    """Play the story: hello, a file, a check, its start, her list back, the raw file, a number.

    Returns the files that Anna received, in their order, and the picture if there was one.
    """
    button = check_name(Texts()["en"], check)
    await anna.sends("/start")
    await anna.sees("I check lists")
    await anna.uploads(name, data)
    await _tap(anna, button)
    await _tap(anna, "Start")
    await _tap(anna, "I confirm")
    await anna.sees("Done")
    pictures = [each.photo.data for each in anna.messages if each.by_bot and each.photo]
    first = await anna.receives_file()
    is_own = any(RAW in row for row in first.message.buttons)  # several files can't be one message
    await _tap(anna, RAW if is_own else "My sheet with the answers")
    other = await anna.receives_file()
    await anna.sends(SINGLE)
    await anna.sees("10000000")
    files = {first.name: first.data, other.name: other.data}
    return files | dict(zip([PICTURE], pictures, strict=False))


async def _tap(anna: Person, label: str) -> None:
    answer = await anna.presses(label)
    print(f"{anna.name:>6}  👆 {label}")
    if answer.text:
        print(f"        ({answer.text})")


class Printer:
    """Prints each message of a conversation, and each edit, as it happens."""

    def __call__(self, kind: str, _chat: Chat, message: Message) -> None:
        """Print a change; called by the sandbox."""
        if kind not in {"new", "edited"}:
            return
        who = "Bot" if message.by_bot else message.sender.first_name
        mark = "✎ " if kind == "edited" else ""
        file = message.document
        photo = message.photo
        lines = [f"📎 {file.name} ({file.size:,} bytes)"] if file else []
        lines += [f"🖼 a picture, {photo.width} by {photo.height}"] if photo else []
        lines += message.shown.splitlines()
        lines += ["  ".join(f"[{label}]" for label in row) for row in message.buttons]
        print(f"{who:>6}  {mark}" + "\n        ".join(lines), flush=True)
