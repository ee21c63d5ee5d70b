"""The conversation: one router for each story, and the order in which they are tried.

A handler reads the update, calls one operation, and shows one card. Handlers never import
handlers.
"""

from aiogram import Router

from handlers.routers import (
    clean_buttons,
    errors,
    fallback,
    found_task,
    language,
    list_buttons,
    lists,
    lookups,
    privacy,
    question_buttons,
    result_buttons,
    start,
    start_check,
    task_pages,
    tasks,
)
from handlers.routers.again import begin, changes
from handlers.routers.exclusions import emptying, pick_buttons
from handlers.routers.groups import as_channel, group, settings
from handlers.routers.owner import (
    budgets,
    checks,
    groups,
    invite,
    lookup_instances,
    people,
    stats,
)
from handlers.routers.schedules import buttons as schedule_buttons
from handlers.routers.schedules import fresh_file

# aiogram tries them in this order; `fallback` takes what no other router handled, and
# `found_task` and `fresh_file` take replies in groups before `group` ignores them.
_STORIES = (
    *(as_channel, found_task, fresh_file, schedule_buttons, group, settings, start),
    *(result_buttons, begin, changes, start_check, tasks, task_pages, lookup_instances, invite),
    *(people, groups, budgets, stats, checks, privacy, emptying, pick_buttons, language, lookups),
    *(clean_buttons, question_buttons, list_buttons, lists, errors, fallback),
)


def build_router() -> Router:
    """Build the router of the whole conversation."""
    router = Router(name="handlers")
    router.include_routers(*(story.build() for story in _STORIES))
    return router
