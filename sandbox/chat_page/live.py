"""What is new for somebody at the page: what they see is compared with what they were told."""

from sandbox.chat_page.controls import Controls
from sandbox.chat_page.scene import Scene, name_of
from sandbox.chat_page.showing import chat_json, message_json, people_json, stamp
from sandbox.people.person import Person
from sandbox.telegram.store.chats import Json


class Viewer:
    """One open page, and all that was told to it."""

    def __init__(self, scene: Scene, controls: Controls, person: Person) -> None:
        self._scene, self._controls, self._person = scene, controls, person
        self._told: dict[str, object] = {}
        self._stamps: dict[str, tuple[object, ...]] = {}
        self._actions = len(scene.world.state.actions)

    def news(self) -> list[Json]:
        """Tell what is new since the last time; the first time that is everything."""
        scene, person = self._scene, self._person
        chats = [chat_json(scene, person, place) for place in scene.places(person)]
        parts = {"people": people_json(scene), "chats": chats, "panel": self._controls.shown()}
        news: list[Json] = [
            {"type": name, name: value}
            for name, value in parts.items()
            if self._told.get(name) != value
        ]
        self._told = dict(parts)
        for place in scene.places(person):
            news += self._messages(place)
        return news + self._done()

    def _messages(self, place: str) -> list[Json]:
        news = []
        for chat in self._scene.history(self._person, place):
            for message in chat.messages:
                name, now = name_of(message), stamp(message)
                before = self._stamps.get(name)
                if before == now or (before is None and message.deleted):
                    continue
                self._stamps[name] = now
                news.append({"type": "message", "message": message_json(place, message)})
        return news

    def _done(self) -> list[Json]:
        """Tell what the bot is doing in a chat at this moment."""
        state, scene = self._scene.world.state, self._scene
        fresh, self._actions = state.actions[self._actions :], len(state.actions)
        places = {scene.goes(self._person, key).chat.id: key for key in scene.places(self._person)}
        return [
            {"type": "action", "chat": places[chat_id], "action": action}
            for chat_id, action in fresh
            if chat_id in places
        ]
