"""What bots of stories do without: few stories are about it, and it takes a third of a start."""

from bot import app
from handlers.shared.context import BotContext
from storage.engines import postgres

_set_menus, _readers = app.set_menus, postgres.READERS


def take_shortcuts(*, with_menus: bool) -> None:
    """Set no command menus, which takes 13 calls; read from PostgreSQL on one connection.

    Each connection there is a process, in which each statement is compiled anew.
    """
    postgres.READERS = 1
    if not with_menus:
        app.set_menus = _no_menus


def take_no_shortcuts() -> None:
    """Do again as in production."""
    app.set_menus, postgres.READERS = _set_menus, _readers


async def _no_menus(_: BotContext) -> None:
    pass
