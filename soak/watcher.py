"""What somebody sees who sees all chats: who deletes announcements, and whether bots still talk."""

import time

from sandbox.telegram.store.chats import Chat, Message
from sandbox.world import World
from soak.diary import Order, answers

READY = "the result is ready."


class Watcher:
    """Watches all chats.

    As an administrator's bot, or a quick person, it deletes announcements the moment they come.
    """

    def __init__(self, world: World) -> None:
        self.words = 0
        """How often bots said something to anybody, or edited it."""
        self._unwanted: list[Order] = []
        self._last = time.monotonic()
        world.watch(self._sees)

    def quiet_seconds(self) -> float:
        """Return for how many real seconds no bot has said anything to anybody."""
        return time.monotonic() - self._last

    def deletes_notice(self, order: Order) -> None:
        """Delete the next announcement of this list's result, before it becomes the file."""
        self._unwanted.append(order)

    def has_deleted(self, order: Order) -> bool:
        """Tell whether it came; it is waited for no longer."""
        deleted = order not in self._unwanted
        if not deleted:
            self._unwanted.remove(order)
        return deleted

    def _sees(self, kind: str, chat: Chat, message: Message) -> None:
        if not message.by_bot:
            return
        self._last = time.monotonic()
        self.words += 1
        if kind != "new" or READY not in message.shown:
            return
        for order in self._unwanted:
            if order.person.chat is chat and message in answers(order):
                self._unwanted.remove(order)
                message.deleted = True
                return
