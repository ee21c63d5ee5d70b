"""*What changed*: a sheet that compares two results of a check, and the numbers of each change."""

from collections.abc import Awaitable, Callable, Mapping

from aiogram import F, Router
from aiogram.filters.callback_data import CallbackData
from aiogram.types import CallbackQuery
from aiogram.utils.keyboard import InlineKeyboardBuilder

from checking.memory.splits import KnownGoneError
from checking.services.catalogue import Check
from handlers.cards.wording import group_name
from handlers.guards.ownership import my_result
from handlers.outgoing import making
from handlers.outgoing.results.comparisons import Comparisons
from handlers.outgoing.results.products import GoneError
from handlers.shared.callbacks import TaskAct, TaskButton
from handlers.shared.card import Card, check_name, keyboard_of, short_title
from handlers.shared.context import BotContext
from handlers.shared.formats import date_text, file_stem, safe_name, short_date, shortened
from handlers.shared.places import tapped_place
from handlers.shared.texts import Html, Phrases
from sheets.answers.result_errors import ResultError
from sheets.answers.summary import CHANGES, Change, Group
from sheets.glass.shapes import Changes, split_lines
from storage.tasks import tasks
from storage.tasks.task_states import TaskState
from storage.tasks.tasks import Task

_EXCUSES = making.Excuses("sheet-no-source", "sheet-too-much", "sheet-broken")


LONGEST_NAME = 30
_HEAD = (
    *("changes-head-number", "changes-head-before", "changes-head-before_day"),
    *("changes-head-now", "changes-head-now_day", "changes-head-change"),
)
_NAMES: dict[Change, str] = {
    "became_yes": "change-became_yes",
    "became_no": "change-became_no",
    "new": "change-new",
    "gone": "change-gone",
    "unchanged": "change-unchanged",
    "not_known": "change-not_known",
}
_OF_DAYS: dict[Change, str] = {
    "became_yes": "change-days-became_yes",
    "became_no": "change-days-became_no",
}


class ChangeButton(CallbackData, prefix="ch"):
    """A button about what changed from one task to another: all of it, or one change."""

    before: str
    after: str
    change: Change | None = None


def build() -> Router:
    """Build the router of comparisons."""
    router = Router(name="changes")
    router.callback_query.register(on_changed, TaskButton.filter(F.act == TaskAct.CHANGED))
    router.callback_query.register(on_change, ChangeButton.filter())
    router.callback_query.register(on_compare, TaskButton.filter(F.act == TaskAct.COMPARE))
    return router


async def on_changed(
    query: CallbackQuery,
    callback_data: TaskButton,
    ctx: BotContext,
    comparisons: Comparisons,
    say: Phrases,
) -> None:
    """Compare a result with the one before."""
    after = await my_result(query, ctx, callback_data.id)
    pair = await _pair(ctx, after.before, after) if after and after.before else None
    await _send(query, ctx, comparisons, say, pair=pair)


async def on_change(
    query: CallbackQuery,
    callback_data: ChangeButton,
    ctx: BotContext,
    comparisons: Comparisons,
    say: Phrases,
) -> None:
    """Compare two results, or send the numbers of one change between them."""
    after = await my_result(query, ctx, callback_data.after)
    pair = await _pair(ctx, callback_data.before, after) if after else None
    await _send(query, ctx, comparisons, say, pair=pair, change=callback_data.change)


async def on_compare(
    query: CallbackQuery, callback_data: TaskButton, ctx: BotContext, say: Phrases
) -> None:
    """Offer the results to compare one with: those of lists that share many of its numbers."""
    task = await my_result(query, ctx, callback_data.id)
    check = ctx.catalogue.get(task.check_key) if task else None
    if task is None or check is None or task.state is not TaskState.DELIVERED:
        await query.answer(say.plain("notice-gone"))
        return
    buttons, now = InlineKeyboardBuilder(), ctx.clock.now()
    for other in await ctx.again.alike(task):
        before, after = sorted((task, other), key=lambda each: each.started_at or each.created_at)
        label = say.plain(
            "compare-line",
            date=short_date(say, other.started_at or other.created_at, now),
            title=shortened(other.title, LONGEST_NAME),
            numbers=other.all_numbers,
        )
        data = ChangeButton(before=before.id, after=after.id)
        buttons.button(text=label, callback_data=data)
    buttons.adjust(1)
    keyboard = keyboard_of(buttons)
    if keyboard is None:
        await query.answer(say.plain("compare-none"), show_alert=True)
        return
    await query.answer()
    await ctx.bot.send_message(
        text=say.html(
            "compare-which",
            title=short_title(task.title),
            check=check_name(say, check),
            date=date_text(say, task.started_at or task.created_at),
        ),
        reply_markup=keyboard,
        **tapped_place(query, task).sending(),
    )


async def _pair(ctx: BotContext, before_id: str, after: Task) -> tuple[Task, Task, Check] | None:
    """Return both tasks and their check, if they may be compared where the later result went."""
    async with ctx.database.read() as connection:
        before = await tasks.get(connection, ctx.database.vault, before_id)
    check = ctx.catalogue.get(after.check_key)
    if before is None or check is None or before.check_key != check.key:
        return None
    are_delivered = {before.state, after.state} == {TaskState.DELIVERED}
    is_theirs = before.goes_to == after.goes_to and (
        not before.is_private or before.person_id == after.person_id
    )
    return (before, after, check) if are_delivered and is_theirs else None


async def _send(
    query: CallbackQuery,
    ctx: BotContext,
    comparisons: Comparisons,
    say: Phrases,
    *,
    pair: tuple[Task, Task, Check] | None,
    change: Change | None = None,
) -> None:
    if pair is None:
        await query.answer(say.plain("notice-gone"))
        return
    await query.answer()
    before, after, check = pair
    place, names = tapped_place(query, after), change_names(say, check)

    async def all_changes() -> None:
        head = [say.plain(key) for key in _HEAD]
        found = await comparisons.changes(before, after, check, head=head, words=names)
        card = changes_card(say, before, after, check, found)
        title = say.plain("changes-file", title=file_stem(after.title))
        for number, file in enumerate(found.files, 1):
            last = number == len(found.files)
            caption, keyboard = (card.text, card.keyboard) if last else ("", None)
            await making.send_file(
                ctx, place, file.data, title + file.ending, caption, keyboard=keyboard
            )

    async def one_change() -> None:
        assert change is not None
        numbers = await comparisons.numbers(before, after, check, change)
        title, name = file_stem(after.title), safe_name(names[change])
        label = changed_label(say, names, change, numbers.count)
        caption = say.html("group-caption", title=short_title(after.title), group=label)
        for file in split_lines(numbers.body, ctx.limits.upload):
            named = say.plain("group-file", title=title, group=name) + file.ending
            await making.send_file(ctx, place, file.data, named, caption)

    work: Callable[[], Awaitable[None]] = all_changes if change is None else one_change
    try:
        await making.make(ctx, say, place, after.id, work=work, excuses=_EXCUSES)
    except (GoneError, KnownGoneError, ResultError):
        await ctx.bot.send_message(text=say.html("changes-gone"), **place.sending())


def change_names(say: Phrases, check: Check) -> dict[Change, str]:
    """The names of changes: of those to another answer by the names of its groups."""
    keys = _NAMES | _OF_DAYS if check.meaning.scale == "days" else _NAMES
    names: dict[Change, str] = {}
    for change, key in keys.items():
        group: Group = "yes" if change == "became_yes" else "no"
        named = group_name(say, check.key, check.meaning.scale, group)
        names[change] = say.plain(key, group=named)
    return names


def changed_label(say: Phrases, names: Mapping[Change, str], change: Change, count: int) -> str:
    """The name of a change and its count, for a button."""
    return say.plain("group-button", group=names[change], numbers=count)


def changes_card(say: Phrases, before: Task, after: Task, check: Check, found: Changes) -> Card:
    """The caption of the sheet, a line for each change, and a button for each that there is."""
    names, counts = change_names(say, check), found.counts
    name = check_name(say, check)
    lines: list[Html] = [say.html("changes-head", title=short_title(after.title), check=name)]
    for key, task in (("changes-before", before), ("changes-now", after)):
        date = date_text(say, task.submitted_at or task.created_at)
        title = short_title(task.title)
        lines.append(say.html(key, date=date, title=title, numbers=task.all_numbers))
    lines.append(Html(""))
    shown = [change for change in CHANGES if counts[change]]
    lines += [
        say.html("changes-line", change=names[change], numbers=counts[change]) for change in shown
    ]
    if not found.is_whole:
        lines.append(say.html("changes-not-whole"))
    buttons = InlineKeyboardBuilder()
    for change in shown if len(shown) > 1 else []:
        data = ChangeButton(before=before.id, after=after.id, change=change)
        label = changed_label(say, names, change, counts[change])
        buttons.button(text=label, callback_data=data)
    buttons.adjust(2)
    return Card("\n".join(lines), keyboard_of(buttons))
