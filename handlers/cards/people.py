"""The owners' pages about people: a list of them, and one page for each."""

from checking.people import Listed
from handlers.shared.callbacks import PeopleAct, PeopleButton
from handlers.shared.cards import Card, Rows, button_of, date_text, keyboard_of
from handlers.shared.context import BotContext
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
    if not listed and count:  # somebody on the last page is gone
        return await people_card(ctx, say, (count - 1) // PAGE_SIZE)
    if not listed:
        return Card(say.html("people-none"))
    lines = [say.html("people-head", count=count), Html("")]
    rows: Rows = []
    for place, each in enumerate(listed, page * PAGE_SIZE + 1):
        who = each.person
        used, name = _used(ctx, say, each), who.name or str(who.person_id)
        role = _role(ctx, say, who)
        lines.append(say.html("people-line", place=place, name=name, role=role, used=used))
        show = _button(PeopleAct.SHOW, who.person_id, page)
        rows.append([button_of(f"{place} · {name[:LONGEST_LABEL]}", show)])
    turns = []
    if page > 0:
        turns.append(button_of("◀", _button(PeopleAct.PAGE, 0, page - 1)))
    if (page + 1) * PAGE_SIZE < count:
        turns.append(button_of("▶", _button(PeopleAct.PAGE, 0, page + 1)))
    return Card("\n".join(lines), keyboard_of([*rows, turns] if turns else rows))


async def person_card(ctx: BotContext, say: Phrases, person_id: int, page: int) -> Card | None:
    """What is noted of one person, and what can be done; None for somebody who isn't noted."""
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
    rows = [] if ctx.people.is_owner(person_id) else _person_rows(say, person, page)
    back = _button(PeopleAct.PAGE, 0, page)
    return Card("\n".join(lines), keyboard_of([*rows, [button_of(say.plain("button-back"), back)]]))


def _person_rows(say: Phrases, person: Person, page: int) -> Rows:
    inside = person.standing in (PersonStanding.MEMBER, PersonStanding.GUEST)
    act = PeopleAct.REMOVE if inside else PeopleAct.LET_IN
    change = button_of(
        say.plain("button-remove" if inside else "button-let-in"),
        _button(act, person.person_id, page),
        style="danger" if inside else "success",
    )
    labels = {quota: say.plain("button-quota", quota=quota) for quota in QUOTAS}
    labels |= {0: say.plain("button-no-limit"), SETTING: say.plain("button-usual")}
    chosen = SETTING if person.quota is None else person.quota
    buttons = [
        button_of(
            f"✓ {label}" if quota == chosen else label,
            _button(PeopleAct.QUOTA, person.person_id, page, quota),
        )
        for quota, label in labels.items()
    ]
    return [buttons[:3], buttons[3:], [change]]


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
