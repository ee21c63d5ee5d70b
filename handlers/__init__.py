"""The conversation: one file for each story, and the order in which they are asked.

A handler reads the update, calls one piece of work, and shows one card. Handlers never
import handlers.
"""

from aiogram import Router

from handlers import (
    asking,
    check,
    choose,
    consent,
    errors,
    fallback,
    group,
    group_settings,
    invite,
    language,
    lists,
    owner,
    people,
    privacy,
    results,
    start,
    stats,
    tasks,
)

# In this order they are asked; `fallback` takes what nobody else did.
_STORIES = (
    *(group, group_settings, start, results, consent, tasks, owner, invite, people, stats),
    *(privacy, language, check, choose, asking, lists, errors, fallback),
)


def build_router() -> Router:
    """All handlers, in one router: each one more costs every update that passes through it."""
    router = Router(name="handlers")
    for story in _STORIES:
        story.register(router)
    return router
