"""The conversation: one file for each story, and the order in which they are asked.

A handler reads the update, calls one piece of work, and shows one card. Handlers never
import handlers.
"""

from aiogram import Router

from handlers import check, choose, errors, fallback, group, lists, owner, start, tasks

# In this order they are asked; `fallback` takes what nobody else did.
_STORIES = (group, start, tasks, owner, check, choose, lists, errors, fallback)


def build_router() -> Router:
    """All handlers, in one router: each one more costs every update that passes through it."""
    router = Router(name="handlers")
    for story in _STORIES:
        story.register(router)
    return router
