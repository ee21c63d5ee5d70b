"""What stands with a result: the words below the file, and the buttons under it."""

from aiogram.types import InlineKeyboardMarkup

from checking.services.catalogue import Check
from handlers.cards.wording import caption_lines, group_label
from handlers.shared.callbacks import GroupButton, TaskAct, TaskButton
from handlers.shared.cards import Rows, button_of, check_name, keyboard_of, short_title
from handlers.shared.texts import Phrases
from sheets.answers import summary
from sheets.answers.summary import Summary
from storage.tasks.tasks import Task

BUTTONS_IN_ROW = 2


def summary_of(task: Task) -> Summary | None:
    """What the answers of a task amount to, where that could be told."""
    return summary.from_json(task.summary) if task.summary else None


def result_caption(say: Phrases, task: Task, check: Check | None) -> str:
    """The words below the file."""
    name = check_name(say, check, task.check_key)
    lines: list[str] = [say.html("result-caption", title=short_title(task.title), check=name)]
    found = summary_of(task)
    if found is None or check is None:
        lines += [_counts(say, task), say.html("result-no-summary")]
    else:
        lines.append(say.html("result-counts", numbers=task.numbers))
        lines += caption_lines(say, task.check_key, check.meaning.scale, found)
    return "\n".join(lines)


def _counts(say: Phrases, task: Task) -> str:
    counts = [say.html("result-counts", numbers=task.numbers)]
    if task.success:
        counts.append(say.html("result-success", success=task.success))
    if task.failure:
        counts.append(say.html("result-failure", failure=task.failure))
    return " · ".join(counts)


def result_keyboard(say: Phrases, task: Task, check: Check | None) -> InlineKeyboardMarkup | None:
    """The buttons under the file; none for a file that can't be read."""
    found = summary_of(task)
    if found is None or check is None:
        return None
    rows = group_rows(say, task, check, found, act="f")
    sheet = TaskButton(act=TaskAct.SHEET, id=task.id)
    another = TaskButton(act=TaskAct.ANOTHER, id=task.id)
    rows.append([button_of(say.plain("button-sheet"), sheet)])
    rows.append([button_of(say.plain("button-another"), another)])
    return keyboard_of(rows)


def group_rows(say: Phrases, task: Task, check: Check, found: Summary, *, act: str) -> Rows:
    """A button for each group of answers, with its count; none where all are in one group."""
    counts = {key: n for key, n in summary.groups(check.meaning, found).items() if n}
    if len(counts) < 2:  # noqa: PLR2004 # the group would be the list itself
        return []
    buttons = [
        button_of(
            group_label(say, task.check_key, check.meaning.scale, key, count),
            GroupButton(act=act, id=task.id, group=key),
        )
        for key, count in counts.items()
    ]
    return [buttons[i : i + BUTTONS_IN_ROW] for i in range(0, len(buttons), BUTTONS_IN_ROW)]
