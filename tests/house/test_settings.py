"""The settings in the code, in .env.example and in docs/settings.md agree."""

import re
from pathlib import Path

import pytest
from pydantic_core import PydanticUndefined

from bot.settings import Settings, SettingsError, load

ROOT = Path(__file__).parents[2]
NEEDED = {"BOT_TOKEN": "required", "OWNER_IDS": "required unless ACCESS=open"}
_LINE = re.compile(r"# (?P<meaning>.+)\n(?P<off>#?)(?P<name>[A-Z_]+)=(?P<default>.*)\n")


def default_of(name: str) -> str:
    """Return the default as an operator would write it; empty for none."""
    value = Settings.model_fields[name.lower()].default
    if value is PydanticUndefined or value is None or value == []:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def meaning_of(name: str) -> str:
    """Return the docstring of the setting."""
    meaning = Settings.model_fields[name.lower()].description
    assert meaning, f"{name} has no docstring in bot/settings.py"
    return meaning


def names() -> list[str]:
    """Return all settings, as environment variables."""
    return [name.upper() for name in Settings.model_fields]


def table_of_settings() -> str:
    """Return the table that docs/settings.md must have."""
    rows = ["| name | default | meaning |", "|---|---|---|"]
    for name in names():
        default = NEEDED.get(name) or (f"`{default_of(name)}`" if default_of(name) else "none")
        rows.append(f"| `{name}` | {default} | {meaning_of(name)} |")
    return "\n".join(rows)


def test_docs_have_the_settings() -> None:
    """Protects readers from an outdated table."""
    text = (ROOT / "docs/settings.md").read_text("utf-8")
    table = text.partition("<!-- settings -->\n")[2].partition("\n<!-- /settings -->")[0]
    wanted = table_of_settings()
    assert table == wanted, f"docs/settings.md, between the settings marks, should read:\n{wanted}"


def test_env_example_has_the_settings() -> None:
    """Protects operators: each setting once, with its meaning and its default."""
    text = (ROOT / ".env.example").read_text("utf-8")
    found = {
        line["name"]: (line["meaning"], line["default"], not line["off"])
        for line in _LINE.finditer(text)
    }
    wanted = {name: (meaning_of(name), default_of(name), name in NEEDED) for name in names()}
    assert found == wanted
    assert len(re.findall(r"^#?[A-Z_]+=", text, re.MULTILINE)) == len(wanted)


def test_env_example_alone_says_what_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Protects the first start: the unchanged file reports its missing values, one by one."""
    for name in names():
        monkeypatch.delenv(name, raising=False)
    text = (ROOT / ".env.example").read_text("utf-8")
    file = tmp_path / ".env"
    file.write_text(text, "utf-8")
    with pytest.raises(SettingsError, match="BOT_TOKEN"):
        load(_env_file=file)
    file.write_text(text.replace("BOT_TOKEN=", "BOT_TOKEN=123456789:" + "A" * 35), "utf-8")
    with pytest.raises(SettingsError, match="OWNER_IDS"):
        load(_env_file=file)
    file.write_text(file.read_text("utf-8").replace("OWNER_IDS=", "OWNER_IDS=1"), "utf-8")
    assert load(_env_file=file).owner_ids == [1]


def test_env_example_shows_the_real_defaults(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Protects an operator who uncomments a line: nothing changes by that."""
    for name in names():
        monkeypatch.delenv(name, raising=False)
    text = (ROOT / ".env.example").read_text("utf-8")
    text = re.sub(r"^#([A-Z_]+=)", r"\1", text, flags=re.MULTILINE)
    text = text.replace("BOT_TOKEN=", "BOT_TOKEN=123456789:" + "A" * 35)
    file = tmp_path / ".env"
    file.write_text(text.replace("OWNER_IDS=", "OWNER_IDS=1"), "utf-8")
    loaded = load(_env_file=file).model_dump(exclude={"bot_token", "owner_ids"})
    fields = Settings.model_fields.items()
    assert loaded == {name: field.default for name, field in fields if name in loaded}
