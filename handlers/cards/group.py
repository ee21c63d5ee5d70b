"""The page of a group's settings, and the pages on which one of them is chosen."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from aiogram.types import InlineKeyboardButton

from checking.services.catalogue import Check
from handlers.shared.callbacks import SettingAct, SettingButton
from handlers.shared.cards import Card, button_of, check_name, keyboard_of
from handlers.shared.texts import Html, Phrases, Texts
from sheets.phones import countries
from sheets.phones.countries import Country
from storage.people.chats import GroupRules, HandIn, Results

IN_ROW = 2


class Page(StrEnum):
    """The pages; their names stand in buttons and in texts."""

    ALL = "all"
    HAND_IN = "hand_in"
    CHECKS = "checks"
    LANGUAGE = "language"
    COUNTRY = "country"
    RESULTS = "results"


@dataclass(frozen=True, slots=True)
class GroupSettings:
    """How a group is set: its rules, its country if there is one, and the checks there are."""

    rules: GroupRules
    region: str | None
    checks: tuple[Check, ...]


def settings_card(say: Phrases, texts: Texts, settings: GroupSettings, page: Page) -> Card:
    """A page of the settings."""
    match page:
        case Page.HAND_IN:
            now = settings.rules.hand_in
            rows = [
                _choice(say.plain(f"hand-in-{who}"), SettingAct.HAND_IN, who, marked=who is now)
                for who in HandIn
            ]
        case Page.RESULTS:
            place = settings.rules.results
            rows = [
                _choice(say.plain(f"results-{to}"), SettingAct.RESULTS, to, marked=to is place)
                for to in Results
            ]
        case Page.CHECKS:
            rows = [_check_button(say, settings.rules, check) for check in settings.checks]
        case Page.LANGUAGE:
            rows = [_language_button(say, texts, code) for code in texts.languages]
        case Page.COUNTRY:
            return country_card(say, countries.likely(say.language))
        case _:
            return _all(say, settings)
    back = _page_button(say.plain("button-back"), Page.ALL)
    return Card(say.html(f"settings-{page}"), keyboard_of([*([row] for row in rows), [back]]))


def country_card(say: Phrases, offered: Iterable[Country]) -> Card:
    """The page on which the group's country is chosen, between those offered."""
    buttons = [
        _choice(f"{each.flag} {each.name} +{each.calling_code}", SettingAct.COUNTRY, each.region)
        for each in offered
    ]
    rows = [buttons[i : i + IN_ROW] for i in range(0, len(buttons), IN_ROW)]
    back = _page_button(say.plain("button-back"), Page.ALL)
    return Card(say.html("settings-country"), keyboard_of([*rows, [back]]))


def _all(say: Phrases, settings: GroupSettings) -> Card:
    rules, none = settings.rules, say.plain("settings-none")
    offered = [
        check_name(say, each) for each in settings.checks if each.key not in rules.checks_off
    ]
    lines = [
        say.html("settings-head"),
        Html(""),
        say.html("settings-now-hand_in", who=say.plain(f"hand-in-{rules.hand_in}")),
        say.html("settings-now-checks", checks=", ".join(offered) or none),
        say.html("settings-now-language", language=say.plain("language-name")),
        say.html("settings-now-country", country=_country_name(say, settings.region)),
        say.html("settings-now-results", where=say.plain(f"results-{rules.results}")),
    ]
    buttons = [
        _page_button(say.plain(f"button-settings-{page}"), page)
        for page in Page
        if page is not Page.ALL
    ]
    rows = [buttons[i : i + IN_ROW] for i in range(0, len(buttons), IN_ROW)]
    return Card("\n".join(lines), keyboard_of(rows))


def _country_name(say: Phrases, region: str | None) -> str:
    if region is None:
        return say.plain("settings-none")
    found = countries.country(region, say.language)
    return f"{found.flag} {found.name}"


def _check_button(say: Phrases, rules: GroupRules, check: Check) -> InlineKeyboardButton:
    is_on = check.key not in rules.checks_off
    act = SettingAct.LEAVE_OUT if is_on else SettingAct.OFFER
    return _choice(check_name(say, check), act, check.key, marked=is_on)


def _language_button(say: Phrases, texts: Texts, code: str) -> InlineKeyboardButton:
    name = texts[code].plain("language-name")
    return _choice(name, SettingAct.LANGUAGE, code, marked=code == say.language)


def _choice(
    label: str, act: SettingAct, value: str, *, marked: bool = False
) -> InlineKeyboardButton:
    text = f"✓ {label}" if marked else label
    return button_of(text, SettingButton(act=act, value=value))


def _page_button(label: str, page: Page) -> InlineKeyboardButton:
    return button_of(label, SettingButton(act=SettingAct.PAGE, value=page))
