"""The language of a chat: Telegram's, until a person chooses another."""

import pytest

from checking.people import People
from sandbox.people.person import Person
from tests.support.stories.story import Story


def menu_of(story: Story, person: Person, language: str = "") -> list[str]:
    """Return the command menu of a private chat, for a client of this language."""
    kept = story.world.state.profile.get(("commands", f"chat:{person.id}", language))
    return [str(each["description"]) for each in kept["commands"]] if isinstance(kept, dict) else []


@pytest.mark.menus
async def test_a_language_is_chosen_and_stays(story: Story) -> None:
    """Protects people whose Telegram is set to a language they don't speak."""
    anna = await story.says_hello()
    await anna.sends("/language")
    card = await anna.sees("Which language shall I speak here?")
    assert card.buttons[-1] == ["✓ As my Telegram speaks"]
    await anna.presses("Русский", on=card)
    await anna.sees("На каком языке мне говорить здесь?", in_message=card)
    assert ["✓ Русский"] in card.buttons
    await story.restarts()
    await anna.sends("/tasks")
    await anna.sees("Здесь пока пусто")
    await story.passes(1)
    assert "Мой язык" in menu_of(story, anna)
    await anna.presses("Как в моём Telegram", on=card)
    await anna.sees("Which language shall I speak here?", in_message=card)
    await anna.sends("/tasks")
    await anna.sees("Nothing here yet")
    assert "My language" in menu_of(story, anna)


@pytest.mark.menus
async def test_a_person_s_own_menu(story: Story) -> None:
    """Protects non-owners: their menu is translated, too, and has no extra commands."""
    await story.starts(access="open")
    bob = story.world.person("Bob", "tr")
    await bob.sends("/language")
    card = await bob.sees("Burada hangi dilde konuşayım?")
    await bob.presses("English", on=card)
    await bob.sees("Which language shall I speak here?", in_message=card)
    await story.passes(1)
    assert "My language" in menu_of(story, bob, "tr")
    assert not any("instances" in line for line in menu_of(story, bob, "tr"))
    await bob.presses("As my Telegram speaks", on=card)
    await bob.sees("Burada hangi dilde konuşayım?", in_message=card)
    await story.passes(1)
    assert menu_of(story, bob, "tr") == []


async def test_a_language_that_is_not_there_is_not_chosen(story: Story) -> None:
    """Protects from forged buttons."""
    anna = await story.says_hello()
    await anna.sends("/language")
    card = await anna.sees("Which language shall I speak here?")
    assert "out of date" in (await anna.forges("n:xx", on=card)).text
    await anna.sends("/tasks")
    await anna.sees("Nothing here yet")


async def test_an_error_is_told_in_the_chosen_language(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Protects people from a text that they can't read when something of ours breaks."""

    async def breaks(*_: object) -> None:
        raise ZeroDivisionError

    anna = await story.says_hello()
    await anna.sends("/language")
    await anna.presses("Русский")
    await anna.sees("На каком языке мне говорить здесь?")
    monkeypatch.setattr(People, "listed", breaks)
    await anna.sends("/people")
    await anna.sees("У меня что-то пошло не так")
