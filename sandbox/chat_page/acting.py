"""What the person at the page does, carried out as a client of Telegram would."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from sandbox.chat_page.controls import Controls
from sandbox.chat_page.scene import PRIVATE, TEAM, Scene, UnfitError
from sandbox.people.person import Person
from sandbox.people.presses import tapped
from sandbox.telegram.store.chats import Json, Message
from sandbox.telegram.store.files import picture_size

ANSWER_SECONDS = 20.0
"""Real ones; after them a client stops turning its wheel."""
LANGUAGES = frozenset({"en", "ru", "zh", "tr"})
ALBUM_MAX = 10
"""Files of one album."""
LONGEST_LEAP = 7 * 86_400
_DONE: Json = {}

Act = Callable[[Json], Awaitable[Json]]


@dataclass(frozen=True, slots=True)
class Picked:
    """A file that was picked, dropped or pasted; `photo`: it is to be sent as a picture."""

    name: str
    data: bytes
    photo: bool = False


class Acting:
    """Everything the page may ask for, by name; each takes what the page sent."""

    def __init__(self, scene: Scene, controls: Controls) -> None:
        self._scene, self._controls = scene, controls
        self.acts: dict[str, Act] = {
            "say": self._say,
            "contact": self._contact,
            "press": self._press,
            "block": self._block,
            "unblock": self._unblock,
            "upgrade": self._upgrade,
            "language": self._language,
            "speed": self._speed,
            "fault": self._fault,
            "clock": self._clock,
            "bot": self._bot,
        }

    async def upload(self, asked: Json, files: Sequence[Picked]) -> Json:
        """Send files: one alone, several as albums; the caption goes with the first."""
        there, caption = self._there(asked), str(asked.get("text") or "") or None
        reply_to = self._reply(there, asked)
        for picked in filter(_is_photo, files):
            await there.shows_picture(picked.data, caption)
            caption = None
        plain = [(each.name, each.data) for each in files if not _is_photo(each)]
        while plain:
            album, plain = plain[:ALBUM_MAX], plain[ALBUM_MAX:]
            if len(album) == 1:
                await there.uploads(*album[0], caption, reply_to)
            else:
                await there.uploads_together(album, caption)
            caption = None
        return _DONE

    async def _say(self, asked: Json) -> Json:
        there, text = self._there(asked), str(asked.get("text") or "")
        if not text.strip():
            raise UnfitError("There is nothing to send.")
        await there.pastes(text, self._reply(there, asked))
        return _DONE

    async def _contact(self, asked: Json) -> Json:
        number, name = str(asked.get("number") or "").strip(), str(asked.get("name") or "").strip()
        if not number or not name:
            raise UnfitError("A contact has a name and a number.")
        await self._there(asked).shares_contact(number, name)
        return _DONE

    async def _press(self, asked: Json) -> Json:
        there = self._there(asked)
        message = self._scene.find(there, str(asked.get("chat")), asked.get("message"))
        query = tapped(there, message, _data(message, asked))
        world = self._scene.world
        try:
            answer = await world.until(lambda: query.answer, "an answer", within=ANSWER_SECONDS)
        except AssertionError:
            return {"late": True}
        return {"text": answer.text, "alert": answer.show_alert, "url": answer.url}

    async def _block(self, asked: Json) -> Json:
        there = self._there(asked)
        if asked.get("chat") != PRIVATE or not there.chat.has_bot:
            raise UnfitError("There is nobody to block here.")
        there.blocks_bot()
        return _DONE

    async def _unblock(self, asked: Json) -> Json:
        there = self._there(asked)
        if there.chat.bot_status != "kicked":
            raise UnfitError("The bot is not blocked.")
        there.unblocks_bot()
        return _DONE

    async def _upgrade(self, asked: Json) -> Json:
        self._there({**asked, "chat": TEAM})
        self._scene.upgrade(TEAM)
        return _DONE

    async def _language(self, asked: Json) -> Json:
        if asked.get("language") not in LANGUAGES:
            raise UnfitError("There is no such language.")
        self._scene.who(asked.get("who")).user.language_code = str(asked["language"])
        self._scene.world.pulse.beat()
        return _DONE

    async def _speed(self, asked: Json) -> Json:
        self._controls.set_speed(asked.get("speed"))
        self._scene.world.pulse.beat()
        return _DONE

    async def _fault(self, asked: Json) -> Json:
        await self._controls.set_fault(asked.get("fault"), on=asked.get("on") is True)
        return _DONE

    async def _clock(self, asked: Json) -> Json:
        seconds = asked.get("seconds")
        if not isinstance(seconds, int) or not 0 < seconds <= LONGEST_LEAP:
            raise UnfitError("The clock goes forward, a week at most.")
        await self._controls.move_clock(seconds)
        return _DONE

    async def _bot(self, asked: Json) -> Json:
        if asked.get("do") == "kill":
            await self._controls.kill()
        else:
            await self._controls.restart()
        return _DONE

    def _there(self, asked: Json) -> Person:
        """Find who acts, and where."""
        scene = self._scene
        return scene.goes(scene.who(asked.get("who")), asked.get("chat"), asked.get("topic"))

    def _reply(self, there: Person, asked: Json) -> Message | None:
        if asked.get("reply") is None:
            return None
        message = self._scene.find(there, str(asked.get("chat")), asked["reply"])
        return message if message.chat is there.chat else None


def _is_photo(picked: Picked) -> bool:
    return picked.photo and picture_size(picked.data) is not None


def _data(message: Message, asked: Json) -> str:
    row, column = asked.get("row"), asked.get("column")
    keyboard = message.content.keyboard
    if isinstance(row, int) and isinstance(column, int) and 0 <= row < len(keyboard):
        buttons = keyboard[row]
        if 0 <= column < len(buttons) and "disabled" not in buttons[column]:
            data = buttons[column].get("callback_data")
            if data is not None and buttons[column]["text"] == asked.get("label"):
                return str(data)
    raise UnfitError("The button is gone.")
