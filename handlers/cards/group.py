"""Groups: the ways to hand in, and the settings: a first page, and pages to choose one on."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from aiogram.utils.keyboard import InlineKeyboardBuilder

from checking.services.catalogue import Check
from handlers.cards.exclusions.buttons import empty_button
from handlers.cards.exclusions.pages import standing_lines
from handlers.shared.callbacks import SettingAct, SettingButton
from handlers.shared.card import Card, check_name, keyboard_of
from handlers.shared.texts import Html, Phrases, Texts
from sheets.phones import countries
from sheets.phones.countries import Country
from storage.memory.exclusions import NOTHING as NO_EXCLUSIONS
from storage.memory.exclusions import Standing
from storage.people.chats import FirstFile, GroupRules, HandIn, Results


class Page(StrEnum):
    """The pages; buttons and texts carry their names."""

    ALL = "all"
    HAND_IN = "hand_in"
    CHECKS = "checks"
    LANGUAGE = "language"
    COUNTRY = "country"
    RESULTS = "results"
    FIRST_FILE = "first_file"


@dataclass(frozen=True, slots=True)
class GroupSettings:
    """The rules of a group, its region if one is set, what comes first, checks, exclusions."""

    rules: GroupRules
    region: str | None
    first_file: FirstFile
    checks: tuple[Check, ...]
    excluded: Standing = NO_EXCLUSIONS


def ways(say: Phrases, before: Html, *after: Html, basic: bool) -> Html:
    """Name the ways to hand in that always work, between other paragraphs.

    basic: The group is no supergroup, so what a message replies to may be missing from it.
    """
    reply = say.html("group-ways-no-reply" if basic else "group-ways-reply")
    return Html("\n\n".join([before, f"{say.html('group-ways')}\n{reply}", *after]))


def settings_card(say: Phrases, texts: Texts, settings: GroupSettings, page: Page) -> Card:
    """A page of the settings."""
    rules, choices = settings.rules, InlineKeyboardBuilder()
    match page:
        case Page.HAND_IN | Page.RESULTS | Page.FIRST_FILE:
            act, options, chosen = _options(say, settings)[page]
            for value, label in options.items():
                _add(choices, label, act, value, marked=value is chosen)
        case Page.CHECKS:
            for check in settings.checks:
                is_on = check.key not in rules.checks_off
                act = SettingAct.LEAVE_OUT if is_on else SettingAct.OFFER
                _add(choices, check_name(say, check), act, check.key, marked=is_on)
        case Page.LANGUAGE:
            for code in texts.languages:
                label = texts[code].plain("language-name")
                _add(choices, label, SettingAct.LANGUAGE, code, marked=code == say.language)
        case Page.COUNTRY:
            return country_card(say, countries.likely(say.language))
        case _:
            return _first_page(say, settings)
    choices.adjust(1)
    return Card(say.html(f"settings-{page}"), keyboard_of(choices, _back(say)))


def _options(
    say: Phrases, settings: GroupSettings
) -> dict[Page, tuple[SettingAct, dict[StrEnum, str], StrEnum]]:
    """What is chosen among on a page: the words of each, and which one holds."""
    who: dict[StrEnum, str] = {each: say.plain(f"hand-in-{each}") for each in HandIn}
    where: dict[StrEnum, str] = {each: say.plain(f"results-{each}") for each in Results}
    files: dict[StrEnum, str] = {each: say.plain(f"first-file-{each}") for each in FirstFile}
    return {
        Page.HAND_IN: (SettingAct.HAND_IN, who, settings.rules.hand_in),
        Page.RESULTS: (SettingAct.RESULTS, where, settings.rules.results),
        Page.FIRST_FILE: (SettingAct.FIRST_FILE, files, settings.first_file),
    }


def country_card(say: Phrases, offered: Iterable[Country]) -> Card:
    """The page to choose the group's country on."""
    choices = InlineKeyboardBuilder()
    for each in offered:
        label = f"{each.flag} {each.name} +{each.calling_code}"
        _add(choices, label, SettingAct.COUNTRY, each.region)
    choices.adjust(2)
    return Card(say.html("settings-country"), keyboard_of(choices, _back(say)))


def _first_page(say: Phrases, settings: GroupSettings) -> Card:
    rules, country = settings.rules, say.plain("settings-none")
    if settings.region is not None:
        found = countries.country(settings.region, say.language)
        country = f"{found.flag} {found.name}"
    offered = [
        check_name(say, each) for each in settings.checks if each.key not in rules.checks_off
    ]
    lines = [
        say.html("settings-head"),
        Html(""),
        say.html("settings-now-hand_in", who=say.plain(f"hand-in-{rules.hand_in}")),
        say.html("settings-now-checks", checks=", ".join(offered) or say.plain("settings-none")),
        say.html("settings-now-language", language=say.plain("language-name")),
        say.html("settings-now-country", country=country),
        say.html("settings-now-results", where=say.plain(f"results-{rules.results}")),
        say.html("settings-now-first_file", file=say.plain(f"first-file-{settings.first_file}")),
    ]
    pages = InlineKeyboardBuilder()
    for page in Page:
        if page is not Page.ALL:
            _add(pages, say.plain(f"button-settings-{page}"), SettingAct.PAGE, page)
    pages.adjust(2)
    lines += standing_lines(say, settings.excluded)
    return Card("\n".join(lines), keyboard_of(pages, empty_button(say, settings.excluded)))


def _back(say: Phrases) -> InlineKeyboardBuilder:
    button = InlineKeyboardBuilder()
    _add(button, say.plain("button-back"), SettingAct.PAGE, Page.ALL)
    return button


def _add(
    buttons: InlineKeyboardBuilder, label: str, act: SettingAct, value: str, *, marked: bool = False
) -> None:
    text = f"✓ {label}" if marked else label
    buttons.button(text=text, callback_data=SettingButton(act=act, value=value))
