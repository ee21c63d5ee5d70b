"""How values are written: money, times, names, and lines that fit into a message."""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Context, Decimal

from aiogram.types import User
from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal

from handlers.shared.texts import Html, Phrases
from runtime.money import Money
from sheets.phones import countries
from storage.people.costs import PostCost
from storage.people.usage import Spending, added

CENT = Decimal("0.01")
LONGEST_NAME = 64
LONGEST_FILE_NAME = 100
# Telegram's limits, in UTF-16 units.
MESSAGE = 4096
CAPTION = 1024
MORE = Html("…")
_SMALL = Context(prec=2, rounding=ROUND_HALF_UP)
_ENDING = re.compile(r"\.[A-Za-z][A-Za-z0-9]{0,4}(?= |$)")


def money(say: Phrases, amount: Decimal, currency: str) -> str:
    """An amount as the language writes it, to the cent: 1,234.50 USD, 1 234,50 USD.

    Less than a cent has as many digits as it takes to tell two of them: 0.0035 USD.
    """
    form = "#,##0.00"
    if 0 < abs(amount) < CENT:
        amount, form = _SMALL.create_decimal(amount), "#,##0.00" + 8 * "#"
    else:
        amount = amount.quantize(CENT, ROUND_HALF_UP)
    return f"{format_decimal(amount, form, locale=say.language)} {currency}".rstrip()


def about(say: Phrases, amount: str, *, is_about: bool) -> str:
    """An amount, with a mark if it isn't known exactly: ≈ 0.70 USD."""
    return say.plain("cost-about", cost=amount) if is_about else amount


def sums(say: Phrases, amounts: Mapping[str, Decimal]) -> str:
    """Amounts by currency: 1.50 USD + 2.00 EUR."""
    return " + ".join(money(say, amount, currency) for currency, amount in amounts.items())


def cost_of(say: Phrases, posts: Sequence[PostCost]) -> str | None:
    """What these POSTs cost people together; None if there are none, or one's cost is unknown."""
    found: dict[str, Decimal] = {}
    for post in posts:
        if post.amount is None:
            return None
        found = added(found, {post.currency: post.amount})
    is_about = any(post.is_about for post in posts)
    return about(say, sums(say, found), is_about=is_about) if found else None


def written(say: Phrases, values: Mapping[str, int | str | Money]) -> dict[str, int | str]:
    """The values of a text, with amounts as the language writes them."""
    return {
        name: money(say, value.amount, value.currency) if isinstance(value, Money) else value
        for name, value in values.items()
    }


def spending_line(say: Phrases, head: str, spending: Spending) -> Html:
    """What some checks are in sum, with the costs that are known."""
    line = say.html("stats-line", head=head, tasks=spending.tasks, numbers=spending.numbers)
    return with_costs(say, line, spending)


def with_costs(say: Phrases, line: Html, spending: Spending) -> Html:
    """The line, followed by what the services took, as far as it is known."""
    if not spending.true:
        return line
    return Html(f"{line} · {about(say, sums(say, spending.true), is_about=spending.is_about)}")


def clock_time(when: float, now: float) -> Html:
    """A future time, to the minute, in the reader's time zone where the client supports it.

    Clients that know the entity `date_time` show the local time; others show the text, in UTC.
    Source: https://core.telegram.org/bots/api#date-time-entity-formatting
    """
    form = "t" if date_of(_minute(when)) == date_of(now) else "dt"
    text = clock_text(when, now)
    return Html(f'<tg-time unix="{_minute(when)}" format="{form}">{text}</tg-time>')


def clock_text(when: float, now: float) -> str:
    """The same for places without markup: 14:05 UTC, with the date on another day."""
    moment = datetime.fromtimestamp(_minute(when), UTC)
    is_today = date_of(_minute(when)) == date_of(now)
    return f"{moment:%H:%M} UTC" if is_today else f"{moment:%Y-%m-%d %H:%M} UTC"


def _minute(when: float) -> int:
    return math.ceil(when / 60) * 60  # rounded up: what is announced for a time is there by then


def date_of(when: float) -> date:
    """The UTC date of a unix time."""
    return datetime.fromtimestamp(when, UTC).date()


def date_text(say: Phrases, when: float) -> str:
    """A UTC date as the language writes it, for texts: Nov 22, 2026."""
    return str(format_date(date_of(when), "medium", locale=say.language))


def short_date(say: Phrases, when: float, now: float) -> str:
    """A UTC date for a button: Nov 22, with the year if it is another one."""
    then = date_of(when)
    form = "MMMd" if then.year == date_of(now).year else "yMMMd"
    return str(format_skeleton(form, then, locale=say.language))


def day(when: float) -> str:
    """A UTC date in ISO 8601, for names of files: 2026-11-22."""
    return date_of(when).isoformat()


def duration(say: Phrases, seconds: float) -> str:
    """A rough length of time in words."""
    minutes = round(seconds / 60)
    if minutes < 1:
        return say.plain("moment")
    if minutes < 90:  # noqa: PLR2004 # up to here people count in minutes
        return say.plain("minutes", count=minutes)
    hours = round(minutes / 60)
    if hours < 36:  # noqa: PLR2004 # and up to here in hours
        return say.plain("hours", count=hours)
    return say.plain("days", count=round(hours / 24))


def country_text(say: Phrases, region: str) -> str:
    """A country as people know it: 🇩🇪 Germany. Raises KeyError for an unknown one."""
    found = countries.country(region, say.language)
    return f"{found.flag} {found.name}"


def shortened(text: str, most: int) -> str:
    """Cut the middle out of a text of more than `most` characters: its end tells as much."""
    if len(text) <= most:
        return text
    tail = most // 2
    return f"{text[: most - tail - 1]}…{text[-tail:]}"


def file_stem(title: str) -> str:
    """The title of a list as the beginning of a file's name, without the ending of its own."""
    return safe_name(_ENDING.sub("", title, count=1) or title)


def safe_name(text: str, most: int = 60) -> str:
    """Make a stranger's file name a part of ours: no path, no control or direction marks."""
    kept = "".join(
        letter if letter.isprintable() and letter not in '/\\:*?"<>|' else " " for letter in text
    )
    return " ".join(kept.split())[:most].strip(". ") or "list"


def file_name(text: str) -> str:
    """Make a whole name safe, as `safe_name`; of a long one the middle is cut out."""
    return shortened(safe_name(text, len(text)), LONGEST_FILE_NAME)


def person_name(user: User) -> str:
    """A user's name on one line, without control or direction marks; the id if nothing is left."""
    kept = "".join(letter if letter.isprintable() else " " for letter in user.full_name)
    return " ".join(kept.split())[:LONGEST_NAME] or str(user.id)


def units(text: str) -> int:
    """The length of a text in UTF-16 units; markup counts here, so never too short."""
    return len(text.encode("utf-16-le")) // 2


def fitting(lines: Iterable[str], limit: int = MESSAGE, *, between: str = "\n") -> Html:
    """Join as many of the first lines as fit, with a mark where lines are left out."""
    kept: list[str] = []
    length = units(MORE)
    for line in lines:
        length += units(between) + units(line)
        if length > limit:
            kept.append(MORE)
            break
        kept.append(line)
    return Html(between.join(kept))
