"""The conversation: one file for each story, and the order in which they are asked.

A handler reads the update, calls one piece of work, and shows one card. Handlers never
import handlers.
"""

from aiogram import Router

from handlers.routers import (
    errors,
    fallback,
    language,
    list_buttons,
    lists,
    lookups,
    privacy,
    question_buttons,
    result_buttons,
    start,
    start_check,
    tasks,
)
from handlers.routers.groups import group, settings
from handlers.routers.owner import invite, lookup_instances, people, stats

# In this order they are asked; `fallback` takes what nobody else did.
_STORIES = (
    *(group, settings, start, result_buttons, start_check, tasks),
    *(lookup_instances, invite, people, stats, privacy, language),
    *(lookups, list_buttons, question_buttons, lists, errors, fallback),
)


def build_router() -> Router:
    """All stories, each with a router of its own."""
    router = Router(name="handlers")
    router.include_routers(*(story.build() for story in _STORIES))
    return router
