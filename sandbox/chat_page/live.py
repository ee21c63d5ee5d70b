"""The news for an open page: the difference between its person's view and what was sent before."""

from sandbox.chat_page.controls import Controls
from sandbox.chat_page.scene import Scene, name_of
from sandbox.chat_page.showing import chat_json, message_json, people_json, stamp
from sandbox.people.person import Person
from sandbox.telegram.store.chats import Json


class Viewer:
    """One open page, and everything that was sent to it."""

    def __init__(self, scene: Scene, controls: Controls, person: Person) -> None:
        self._scene, self._controls, self._person = scene, controls, person
        self._sent: dict[str, object] = {}
        self._stamps: dict[str, tuple[object, ...]] = {}
        self._actions = len(scene.world.state.actions)

    def news(self) -> list[Json]:
        """Return what is new since the last call; the first call returns everything."""
        scene, person = self._scene, self._person
        places = scene.places(person)
        chats = [chat_json(scene, person, place) for place in places]
        parts = {"people": people_json(scene), "chats": chats, "panel": self._controls.shown()}
        news: list[Json] = [
            {"type": name, name: value}
            for name, value in parts.items()
            if self._sent.get(name) != value
        ]
        self._sent = dict(parts)
        for place in places:
            for chat in scene.history(person, place):
                for message in chat.messages:
                    name, now = name_of(message), stamp(message)
                    before = self._stamps.get(name)
                    if before != now and not (before is None and message.deleted):
                        self._stamps[name] = now
                        news.append({"type": "message", "message": message_json(place, message)})
        actions = scene.world.state.actions
        by_chat = {scene.goes(person, place).chat.id: place for place in places}
        news += [
            {"type": "action", "chat": by_chat[chat_id], "action": action}
            for chat_id, action in actions[self._actions :]
            if chat_id in by_chat
        ]
        self._actions = len(actions)
        return news
