"""The conversation: one file for each story, and the order in which they are asked.

A handler reads the update, calls one piece of work, and shows one card. Handlers never
import handlers.
"""

from aiogram import Router

from handlers import (
    asking,
    check,
    choose,
    errors,
    fallback,
    group,
    lists,
    owner,
    results,
    start,
    tasks,
)

# In this order they are asked; `fallback` takes what nobody else did.
_STORIES = (group, start, results, tasks, owner, check, choose, asking, lists, errors, fallback)


def build_router() -> Router:
    """All handlers, in one router: each one more costs every update that passes through it."""
    router = Router(name="handlers")
    for story in _STORIES:
        story.register(router)
    return router
