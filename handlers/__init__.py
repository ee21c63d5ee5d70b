"""The conversation: one file for each story, and the order in which they are asked.

A handler reads the update, calls one piece of work, and shows one card. Handlers never
import handlers.
"""

from aiogram import Router

from handlers import check, choose, errors, fallback, group, lists, owner, start, tasks


def build_router() -> Router:
    """All handlers in the order they are tried; `fallback` takes what nobody else did."""
    router = Router(name="handlers")
    router.include_routers(
        group.build_router(),
        start.build_router(),
        tasks.build_router(),
        owner.build_router(),
        check.build_router(),
        choose.build_router(),
        lists.build_router(),
        errors.build_router(),
        fallback.build_router(),
    )
    return router
