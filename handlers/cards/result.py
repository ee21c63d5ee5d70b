"""The caption of a result file, and the buttons under it."""

from collections.abc import Sequence

from aiogram.types import InlineKeyboardMarkup
from aiogram.utils.keyboard import InlineKeyboardBuilder

from checking.services.catalogue import Check
from handlers.cards import known
from handlers.cards.task import spent
from handlers.cards.wording import caption_lines, group_label
from handlers.shared.callbacks import GroupButton, TaskAct, TaskButton
from handlers.shared.card import Card, check_name, keyboard_of, short_title
from handlers.shared.formats import cost_of
from handlers.shared.places import is_group
from handlers.shared.texts import Phrases
from sheets.answers import summary
from sheets.answers.summary import Summary
from storage.people.costs import PostCost
from storage.tasks.task_states import TaskState
from storage.tasks.tasks import Task


def summary_of(task: Task) -> Summary | None:
    """The summary of a task's answers; None if the result could not be read."""
    return summary.from_json(task.summary) if task.summary else None


def result_caption(
    say: Phrases,
    task: Task,
    check: Check | None,
    posts: Sequence[PostCost] = (),
    *,
    is_own: bool = False,
) -> str:
    """The caption of the file: its counts, what it cost, and a summary of the answers.

    posts: What each POST of the task costs.
    is_own: It is the person's own list.
    """
    name = check_name(say, check, task.check_key)
    lines: list[str] = [say.html("result-caption", title=short_title(task.title), check=name)]
    counts = [known.result_counts(say, task, "own" if is_own else "whole")]
    if cost := cost_of(say, spent(posts)):
        counts.append(say.html("task-cost", cost=cost))
    found = summary_of(task)
    if found is not None and check is not None:
        summed = caption_lines(say, task.check_key, check.meaning.scale, found)
        return "\n".join([*lines, " · ".join(counts), *summed])
    if task.success:
        counts.append(say.html("result-success", success=task.success))
    if task.failure:
        counts.append(say.html("result-failure", failure=task.failure))
    return "\n".join([*lines, " · ".join(counts), say.html("result-no-summary")])


_FILES = {TaskAct.SHEET: "button-sheet", TaskAct.RAW: "button-raw"}


def result_keyboard(
    say: Phrases, task: Task, check: Check | None, *, is_own: bool = False, is_open: bool = False
) -> InlineKeyboardMarkup | None:
    """The buttons under the file; None if the result could not be read.

    is_own: It is the person's own list.
    is_open: All buttons, in place of those that the first look needs, and *More*.
    """
    found, again = summary_of(task), again_buttons(say, task)
    if found is None or check is None:
        return keyboard_of(known.known_button(say, task), again)
    others = InlineKeyboardBuilder()
    for file, label in _FILES.items():
        if is_open or (file is TaskAct.RAW) is is_own:  # the other file than that of the message
            others.button(text=say.plain(label), callback_data=TaskButton(act=file, id=task.id))
    if is_open:
        another = TaskButton(act=TaskAct.ANOTHER, id=task.id)
        others.button(text=say.plain("button-another"), callback_data=another)
    else:
        more = TaskButton(act=TaskAct.MORE, id=task.id)
        others.button(text=say.plain("button-more"), callback_data=more)
    others.adjust(2 if is_own and not is_open else 1)
    blocks = [group_buttons(say, task, check, found, act="f"), _changed(say, task), others]
    if is_open:
        compare = TaskButton(act=TaskAct.COMPARE, id=task.id)
        again.button(text=say.plain("button-compare"), callback_data=compare)
        if not task.is_private:
            repeat = TaskButton(act=TaskAct.REPEAT, id=task.id)
            again.button(text=say.plain("button-repeat"), callback_data=repeat)
        again.adjust(2, 1)
        blocks.append(again)
    return keyboard_of(*blocks)


def again_buttons(say: Phrases, task: Task) -> InlineKeyboardBuilder:
    """The button that begins a check anew."""
    buttons = InlineKeyboardBuilder()
    again = TaskButton(act=TaskAct.AGAIN, id=task.id)
    buttons.button(text=say.plain("button-again"), callback_data=again)
    return buttons


def _changed(say: Phrases, task: Task) -> InlineKeyboardBuilder:
    """The button that tells what changed, of a check that was begun anew from another."""
    buttons = InlineKeyboardBuilder()
    if task.before:
        changed = TaskButton(act=TaskAct.CHANGED, id=task.id)
        buttons.button(text=say.plain("button-changed"), callback_data=changed)
    return buttons


def opened_card(say: Phrases, card: Card, task: Task, check: Check | None) -> Card:
    """The card of a finished check as /tasks opens it: with all that its result has, once more."""
    is_delivered = task.state is TaskState.DELIVERED
    again = keyboard_of(again_buttons(say, task))
    blocks = (
        result_keyboard(say, task, check, is_open=True) if is_delivered else again,
        card.keyboard,
    )
    rows = [row for block in blocks if block for row in block.inline_keyboard]
    return Card(card.text, InlineKeyboardMarkup(inline_keyboard=rows) if rows else None)


def no_files_card(say: Phrases, task: Task, check: Check | None) -> Card:
    """What a group is told that takes no files: who can have the result, and where."""
    name = check_name(say, check, task.check_key)
    buttons = InlineKeyboardBuilder()
    if not is_group(task.person_id):  # an anonymous administrator has no private chat
        privately = TaskButton(act=TaskAct.PRIVATELY, id=task.id)
        buttons.button(text=say.plain("button-privately"), callback_data=privately)
    here = TaskButton(act=TaskAct.HERE, id=task.id)
    buttons.button(text=say.plain("button-try-here"), callback_data=here)
    buttons.adjust(1)
    text = say.html("group-no-files", title=short_title(task.title), check=name)
    return Card(text, keyboard_of(buttons))


def group_buttons(
    say: Phrases, task: Task, check: Check, found: Summary, *, act: str
) -> InlineKeyboardBuilder:
    """A button for each group of answers, two in a row; none if all answers are in one group."""
    buttons = InlineKeyboardBuilder()
    counts = {key: n for key, n in summary.groups(check.meaning, found).items() if n}
    if len(counts) < 2:  # noqa: PLR2004 # the group would be the list itself
        return buttons
    for key, count in counts.items():
        buttons.button(
            text=group_label(say, task.check_key, check.meaning.scale, key, count),
            callback_data=GroupButton(act=act, id=task.id, group=key),
        )
    buttons.adjust(2)
    return buttons
