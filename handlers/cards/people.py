"""The owners' cards about people: the list, a page for each person, and requests for access."""

from aiogram.utils.keyboard import InlineKeyboardBuilder

from checking.people import Listed
from handlers.shared.callbacks import AskAct, AskButton, PeopleAct, PeopleButton
from handlers.shared.card import Card, keyboard_of
from handlers.shared.context import BotContext
from handlers.shared.formats import date_text
from handlers.shared.texts import Html, Phrases
from storage.people.people import Person, PersonStanding

PAGE_SIZE = 8
SETTING = -1
QUOTAS = (1_000, 10_000, 100_000)
OFFERED = (*QUOTAS, 0, SETTING)
LONGEST_LABEL = 30


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
    if person.consent_at is not None:
        lines.append(say.html("person-consent", date=date_text(say, person.consent_at)))
    buttons = InlineKeyboardBuilder()
    if not ctx.people.is_owner(person_id):
        buttons = _person_buttons(say, person, page)
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
