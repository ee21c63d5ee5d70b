"""The commands in texts: in groups only those with the bot's name always reach it."""

import re

import pytest
from fluent.syntax import FluentParser, FluentSerializer, ast

from handlers.shared.commands import ADMIN_MENU, LANGUAGE, START
from handlers.shared.texts import FOLDER

PRIVATE_ONLY = {"start", "people", "owner", "privacy", "stats", "instances", "language"}
"""Files whose texts are shown in private chats alone."""
PRIVATE_TEXTS = {"country-how", "never-where"}
NAMED = "{ $bot }"
_BARE = re.compile(
    rf"(?<![\w<])/(?:{'|'.join((*ADMIN_MENU, START, LANGUAGE))})\b(?!{re.escape(NAMED)})"
)
LANGUAGES = sorted(home.name for home in FOLDER.iterdir() if home.is_dir())


@pytest.mark.parametrize("language", LANGUAGES)
def test_commands_in_groups_name_the_bot(language: str) -> None:
    """Protects groups with several bots: a bare command is for the one that wrote last."""
    bare = []
    for path in sorted((FOLDER / language).glob("*.ftl")):
        entries = FluentParser().parse(path.read_text("utf-8")).body
        for entry in entries if path.stem not in PRIVATE_ONLY else ():
            if isinstance(entry, ast.Message) and entry.id.name not in PRIVATE_TEXTS:
                entry.comment = None
                text = FluentSerializer().serialize_entry(entry)
                bare += [f"{path.name} {entry.id.name}: {found}" for found in _BARE.findall(text)]
    assert bare == []
