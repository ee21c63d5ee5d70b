"""The owners' cards about people: the list, a page for each, budgets, and requests for access."""

from decimal import Decimal

from aiogram.utils.keyboard import InlineKeyboardBuilder
from babel.numbers import format_decimal

from checking.people import Listed
from handlers.shared.callbacks import (
    AskAct,
    AskButton,
    BudgetButton,
    GroupsAct,
    GroupsButton,
    PeopleAct,
    PeopleButton,
)
from handlers.shared.card import Card, keyboard_of
from handlers.shared.context import BotContext
from handlers.shared.formats import date_text, money
from handlers.shared.texts import Html, Phrases
from storage.people import budgets
from storage.people.budgets import Holder, Period
from storage.people.people import Person, PersonStanding

PAGE_SIZE = 8
SETTING = -1
QUOTAS = (1_000, 10_000, 100_000)
OFFERED = (*QUOTAS, 0, SETTING)
LONGEST_LABEL = 30
SHOW_BUDGET = -2
BUDGETS = {
    Period.DAY: (1, 2, 5, 10, 20, 50, 100, 200),
    Period.MONTH: (10, 20, 50, 100, 200, 500, 1_000, 2_000),
}


async def people_card(ctx: BotContext, say: Phrases, page: int) -> Card:
    """One page of all people, from 0."""
    listed, count = await ctx.people.listed(page, PAGE_SIZE)
    if not listed and count:  # the last page has become empty
        return await people_card(ctx, say, (count - 1) // PAGE_SIZE)
    gone = await ctx.people.gone()
    lines = [say.html("people-head", count=count) if listed else say.html("people-none")]
    if gone:
        lines.append(say.html("people-gone", count=gone))
    lines.append(Html(""))
    people, turns = InlineKeyboardBuilder(), InlineKeyboardBuilder()
    for place, each in enumerate(listed, page * PAGE_SIZE + 1):
        who = each.person
        used, name = _used(ctx, say, each), who.name or str(who.person_id)
        role = _role(ctx, say, who)
        lines.append(say.html("people-line", place=place, name=name, role=role, used=used))
        show = _button(PeopleAct.SHOW, who.person_id, page)
        people.button(text=f"{place} · {name[:LONGEST_LABEL]}", callback_data=show)
    people.adjust(1)
    if page > 0:
        turns.button(text="◀", callback_data=_button(PeopleAct.PAGE, 0, page - 1))
    if (page + 1) * PAGE_SIZE < count:
        turns.button(text="▶", callback_data=_button(PeopleAct.PAGE, 0, page + 1))
    return Card("\n".join(lines), keyboard_of(people, turns))


async def person_card(ctx: BotContext, say: Phrases, person_id: int, page: int) -> Card | None:
    """The page of one person, with the actions on them; None for an unknown id."""
    listed = await ctx.people.one(person_id)
    if listed is None:
        return None
    person = listed.person
    lines = [
        say.html("person-head", name=person.name or str(person_id), id=str(person_id)),
        say.html("person-since", role=_role(ctx, say, person), date=date_text(say, person.since)),
    ]
    if person.decided_by is not None:
        owner = await ctx.people.name(person.decided_by) or str(person.decided_by)
        lines.append(say.html("person-decided", owner=owner))
    lines.append(_used(ctx, say, listed))
    lines += await budget_lines(ctx, say, Holder(person_id))
    if person.consent_at is not None:
        lines.append(say.html("person-consent", date=date_text(say, person.consent_at)))
    buttons = InlineKeyboardBuilder()
    if not ctx.people.is_owner(person_id):
        buttons = _person_buttons(say, person, page)
        buttons.attach(budget_buttons(say, Holder(person_id), page))
    back = InlineKeyboardBuilder()
    back.button(text=say.plain("button-back"), callback_data=_button(PeopleAct.PAGE, 0, page))
    return Card("\n".join(lines), keyboard_of(buttons, back))


def _person_buttons(say: Phrases, person: Person, page: int) -> InlineKeyboardBuilder:
    labels = {quota: say.plain("button-quota", quota=quota) for quota in QUOTAS}
    labels |= {0: say.plain("button-no-limit"), SETTING: say.plain("button-usual")}
    chosen = SETTING if person.quota is None else person.quota
    buttons = InlineKeyboardBuilder()
    for quota, label in labels.items():
        buttons.button(
            text=f"✓ {label}" if quota == chosen else label,
            callback_data=_button(PeopleAct.QUOTA, person.person_id, page, quota),
        )
    inside = person.standing in (PersonStanding.MEMBER, PersonStanding.GUEST)
    act = PeopleAct.REMOVE if inside else PeopleAct.LET_IN
    buttons.button(
        text=say.plain("button-remove" if inside else "button-let-in"),
        callback_data=_button(act, person.person_id, page),
        style="danger" if inside else "success",
    )
    buttons.adjust(3, 2, 1)
    return buttons


async def budget_lines(ctx: BotContext, say: Phrases, holder: Holder) -> list[Html]:
    """What a person or a group spent today and this month, and may spend, where there is such."""
    async with ctx.database.read() as connection:
        found = await ctx.quotas.budgets.of(connection, holder)
    lines = []
    for each in found:
        used, period = money(say, each.used, each.currency), str(each.period)
        if each.limit is not None:
            limit = money(say, each.limit, each.currency)
            lines.append(say.html("budget-used-of", period=period, used=used, limit=limit))
        elif each.used:
            lines.append(say.html("budget-used", period=period, used=used))
    return lines


def budget_buttons(say: Phrases, holder: Holder, page: int) -> InlineKeyboardBuilder:
    """The buttons that lead to the pages of both budgets."""
    buttons = InlineKeyboardBuilder()
    for period in Period:
        label = say.plain("button-budget", period=str(period))
        show = _budget_button(holder, page, period, SHOW_BUDGET)
        buttons.button(text=label, callback_data=show)
    buttons.adjust(2)
    return buttons


async def budget_card(
    ctx: BotContext, say: Phrases, holder: Holder, period: Period, *, name: str, page: int
) -> Card:
    """The page to choose a budget on, of a person or a group."""
    async with ctx.database.read() as connection:
        limits = await budgets.limits(connection, ctx.database.vault, holder)
    lines = [say.html("budget-choose", name=name, period=str(period))]
    lines += await budget_lines(ctx, say, holder)
    currency, chosen = ctx.quotas.budgets.currency, limits[period]
    labels = {
        amount: f"{format_decimal(amount, locale=say.language)} {currency}"
        for amount in BUDGETS[period]
    }
    labels[0] = say.plain("button-no-limit")
    if holder.is_group:  # there is no setting for groups
        chosen = chosen or Decimal()
    else:
        labels[SETTING] = say.plain("button-usual")
    amounts = InlineKeyboardBuilder()
    for amount, label in labels.items():
        is_chosen = amount == (SETTING if chosen is None else chosen)
        amounts.button(
            text=f"✓ {label}" if is_chosen else label,
            callback_data=_budget_button(holder, page, period, amount),
        )
    amounts.adjust(4, 4, 2)
    leads: PeopleButton | GroupsButton = _button(PeopleAct.SHOW, holder.id, page)
    if holder.is_group:
        leads = GroupsButton(act=GroupsAct.SHOW, group=holder.id, page=page)
    back = InlineKeyboardBuilder().button(text=say.plain("button-back"), callback_data=leads)
    return Card("\n".join(lines), keyboard_of(amounts, back))


def _budget_button(holder: Holder, page: int, period: Period, amount: int) -> BudgetButton:
    return BudgetButton(
        holder=holder.id, is_group=holder.is_group, page=page, period=period, amount=amount
    )


def _button(act: PeopleAct, person: int, page: int, quota: int = 0) -> PeopleButton:
    return PeopleButton(act=act, person=person, page=page, quota=quota)


def _role(ctx: BotContext, say: Phrases, person: Person) -> str:
    role = "owner" if ctx.people.is_owner(person.person_id) else person.standing
    return say.plain(f"role-{role}")


def _used(ctx: BotContext, say: Phrases, listed: Listed) -> Html:
    person = listed.person
    limit = None if ctx.people.is_owner(person.person_id) else ctx.quotas.limit_of(person.quota)
    if limit is None:
        return say.html("people-used", used=listed.used)
    return say.html("people-used-of", used=listed.used, limit=limit)


async def access_card(ctx: BotContext, say: Phrases, person: Person) -> Card:
    """A request for access as owners see it: the buttons to decide, or who decided how."""
    values = {"name": person.name, "id": str(person.person_id)}
    if person.standing is PersonStanding.ASKED:
        yes = AskButton(act=AskAct.LET_IN, person=person.person_id)
        no = AskButton(act=AskAct.REFUSE, person=person.person_id)
        buttons = InlineKeyboardBuilder()
        buttons.button(text=say.plain("button-let-in"), callback_data=yes, style="success")
        buttons.button(text=say.plain("button-refuse"), callback_data=no)
        return Card(say.html("access-asked", **values), keyboard_of(buttons))
    by = person.decided_by
    owner = await ctx.people.name(by) if by is not None else ""
    values["owner"] = owner or str(by)
    return Card(say.html(f"access-decided-{person.standing}", **values))
