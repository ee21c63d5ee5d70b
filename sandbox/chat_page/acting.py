"""The actions of the page, carried out as a Telegram client would."""

from collections.abc import Sequence
from dataclasses import dataclass

from sandbox.chat_page.controls import Controls
from sandbox.chat_page.scene import PRIVATE, TEAM, Scene, UnfitError
from sandbox.people.person import Person
from sandbox.people.presses import tapped
from sandbox.telegram.store.chats import Json, Message
from sandbox.telegram.store.files import picture_size

ANSWER_SECONDS = 20.0
"""Real seconds after which a client stops showing that it waits for an answer."""
ALBUM_MAX = 10
"""Files of one album."""
ACTS = frozenset(
    {
        *("say", "contact", "press", "block", "unblock"),
        *("upgrade", "language", "speed", "fault", "clock", "bot"),
    }
)


@dataclass(frozen=True, slots=True)
class Picked:
    """A file that was picked, dropped or pasted; `photo`: to be sent as a picture."""

    name: str
    data: bytes
    photo: bool = False


class Acting:
    """Carries out the page's requests."""

    def __init__(self, scene: Scene, controls: Controls) -> None:
        self._scene, self._controls = scene, controls

    async def act(self, name: str, asked: Json) -> Json:
        """Carry out one of ACTS with the fields that the page sent; return the reply to the page.

        Raises:
            UnfitError: It can't be done.
        """
        match name:
            case "upgrade":
                self._there({**asked, "chat": TEAM})
                self._scene.upgrade(TEAM)
            case "language":
                self._scene.set_language(asked.get("who"), asked.get("language"))
            case "speed":
                self._controls.set_speed(asked.get("speed"))
            case "fault":
                await self._controls.set_fault(asked.get("fault"), on=asked.get("on") is True)
            case "clock":
                await self._controls.move_clock(asked.get("seconds"))
            case "bot" if asked.get("do") == "kill":
                await self._controls.kill()
            case "bot":
                await self._controls.restart()
            case "press":
                return await self._press(asked)
            case _:
                await self._act_in_chat(name, asked)
        return {}

    async def upload(self, asked: Json, files: Sequence[Picked]) -> Json:
        """Send files: one alone, several as albums; the first one gets the caption."""
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
        return {}

    async def _act_in_chat(self, name: str, asked: Json) -> None:
        there = self._there(asked)
        match name:
            case "say":
                text = str(asked.get("text") or "")
                if not text.strip():
                    raise UnfitError("There is nothing to send.")
                await there.pastes(text, self._reply(there, asked))
            case "contact":
                number, first_name = (
                    str(asked.get(field) or "").strip() for field in ("number", "name")
                )
                if not number or not first_name:
                    raise UnfitError("A contact has a name and a number.")
                await there.shares_contact(number, first_name)
            case "block":
                if asked.get("chat") != PRIVATE or not there.chat.has_bot:
                    raise UnfitError("There is nobody to block here.")
                there.blocks_bot()
            case "unblock":
                if there.chat.bot_status != "kicked":
                    raise UnfitError("The bot is not blocked.")
                there.unblocks_bot()

    async def _press(self, asked: Json) -> Json:
        there, world = self._there(asked), self._scene.world
        message = self._scene.find(there, str(asked.get("chat")), asked.get("message"))
        query = tapped(there, message, _data(message, asked))
        try:
            answer = await world.until(lambda: query.answer, "an answer", within=ANSWER_SECONDS)
        except AssertionError:
            return {"late": True}
        return {"text": answer.text, "alert": answer.show_alert, "url": answer.url}

    def _there(self, asked: Json) -> Person:
        """Return the person who acts, in the chat where they act."""
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
    """Return the callback data of the pressed button, if it is still there."""
    row, column = asked.get("row"), asked.get("column")
    keyboard = message.content.keyboard
    if isinstance(row, int) and isinstance(column, int) and 0 <= row < len(keyboard):
        buttons = keyboard[row]
        if 0 <= column < len(buttons) and "disabled" not in buttons[column]:
            data = buttons[column].get("callback_data")
            if data is not None and buttons[column]["text"] == asked.get("label"):
                return str(data)
    raise UnfitError("The button is gone.")
