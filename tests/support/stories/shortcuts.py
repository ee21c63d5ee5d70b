"""What bots of stories do without: few stories are about it, and it takes a third of a start."""

from functools import cache

from aiogram import Router

from bot import app
from handlers.shared.context import BotContext
from storage.engines import postgres, sqlite

_set_menus, _build_router = app.set_menus, app.build_router
_readers, _pragmas = postgres.READERS, sqlite._PRAGMAS


def take_shortcuts(*, with_menus: bool) -> None:
    """Set no command menus, which takes 13 calls; read from PostgreSQL on one connection.

    Each connection there is a process, in which each statement is compiled anew. No commit waits
    for the disk: a story's machine never loses its power. All starts share the routers, which
    keep nothing, and take a third of a start to build.
    """
    app.build_router = _shared_router
    postgres.READERS = 1
    sqlite._PRAGMAS = (*_pragmas, "PRAGMA synchronous=OFF")
    if not with_menus:
        app.set_menus = _no_menus


def take_no_shortcuts() -> None:
    """Do again as in production."""
    app.set_menus, app.build_router = _set_menus, _build_router
    postgres.READERS, sqlite._PRAGMAS = _readers, _pragmas


@cache
def _routers() -> Router:
    return _build_router()


def _shared_router() -> Router:
    router = _routers()
    router._parent_router = None  # the dispatcher of the start before
    return router


async def _no_menus(_: BotContext) -> None:
    pass
