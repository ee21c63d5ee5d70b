"""What the card says was assumed of a list, and the buttons that change it."""

import pytest

from sandbox.telegram.store.chats import Message
from tests.support.stories.lists import numbers
from tests.support.stories.story import Story

NATIONAL = [f"0151 2358{index * 37:04}" for index in range(6)]
CODED = [f"+49151{text[5:].replace(' ', '')}" for text in NATIONAL]
TABLE = "Name;Телефон;Passport\n" + "".join(f"A;{each};4520574354\n" for each in NATIONAL)
OF_NOBODY = "11 96123 4567\n07400 395497\n0151 23580489"
"""Numbers of three countries, and none of France."""
FULL_AGE = 7 * 24 * 3600


def labels(card: Message) -> list[str]:
    """Return the labels of a card's buttons."""
    return [label for row in card.buttons for label in row]


async def lives_in(story: Story, country: str) -> None:
    """Let Anna set her chat's country."""
    await story.says_hello()
    await story.anna.sends(f"/country {country}")
    await story.anna.presses(country)
    await story.anna.sees("Numbers without a country code are read here as those of")


async def test_nothing_is_said_where_nothing_was_assumed(story: Story) -> None:
    """Protects the card from noise: numbers with a plus sign leave nothing to assume."""
    anna = await story.says_hello()
    await anna.sends("\n".join(numbers(3)))
    card = await anna.sees("3 numbers ready")
    assert card.shown == "📄 Pasted list: 3 numbers ready\n\nWhich check? Nothing is spent yet."
    assert not {label for label in labels(card) if "Change" in label or "Another" in label}


async def test_the_column_and_the_country_are_said_and_changed(story: Story) -> None:
    """Protects money: the person sees what was read as what, and changes it for this list alone."""
    await lives_in(story, "Germany")
    await story.anna.uploads("crm.csv", TABLE.encode())
    card = await story.anna.sees("column “Телефон” · read as 🇩🇪 Germany")
    await story.anna.presses("Change the country")
    await story.anna.sees("were read as those of 🇩🇪 Germany", in_message=card)
    assert not {label for label in labels(card) if "Germany" in label}
    await story.anna.presses("Back")
    await story.anna.sees("6 numbers ready", in_message=card)
    await story.anna.presses("Change the country")
    await story.anna.sends("Austria")
    await story.anna.presses("Austria")
    await story.anna.sees("read as 🇦🇹 Austria", in_message=card)
    await story.anna.sends("/country")
    await story.anna.sees("those of 🇩🇪 Germany (+49)")
    await story.restarts()
    await story.anna.presses("Always 🇦🇹 Austria here", on=card)
    await story.anna.sends("/country")
    await story.anna.sees("those of 🇦🇹 Austria (+43)")


async def test_a_group_keeps_its_country(story: Story) -> None:
    """Protects a group: a list's country is no offer to change that of everybody."""
    await story.starts(access="open")
    group = story.world.group("Team", story.world.person("Carol"), [story.anna])
    there = story.anna.within(group)
    await there.uploads("a.csv", TABLE.encode(), f"/check@{story.world.bot_username}")
    card = await there.sees("6 lines are numbers without their country code")
    await there.sends("germany", reply_to=card)
    await there.presses("Germany", on=card)
    await there.sees("read as 🇩🇪 Germany", in_message=card)
    assert "Always" not in str(labels(card))
    data = next(b["callback_data"] for row in card.content.keyboard for b in row)
    list_id = str(data).split(":")[1]
    answer = await there.forges(f"l:a:{list_id}", card)
    assert answer.text == "Only administrators of this group can change that."


async def test_a_likelier_country_is_asked_about_once(story: Story) -> None:
    """Protects from another country's numbers: they aren't read, and the likelier comes first."""
    await lives_in(story, "France")
    british = "07400395497\n07400399945\n07400982527"
    await story.anna.sends(f"+4930901820\n{british}")
    card = await story.anna.sees("these look like numbers of 🇬🇧 United Kingdom")
    assert labels(card)[0] == "🇬🇧 United Kingdom +44"
    assert "🇫🇷 France +33" in labels(card)
    await story.anna.presses("Back")
    await story.anna.sees("1 number ready · 3 not numbers", in_message=card)
    assert "looks like 🇬🇧 United Kingdom, not read yet" in card.shown
    await story.anna.presses("Tell me the country of 3 numbers")
    await story.anna.presses("United Kingdom")
    await story.anna.sees("4 numbers ready", in_message=card)


async def test_a_list_of_another_country_is_asked_about(story: Story) -> None:
    """Protects a list without a number of the chat's country from being refused for that."""
    await lives_in(story, "France")
    await story.anna.sends("07400395497\n07400399945\n07400982527")
    card = await story.anna.sees("these look like numbers of 🇬🇧 United Kingdom")
    await story.anna.presses("United Kingdom", on=card)
    await story.anna.sees("3 numbers ready", in_message=card)


async def test_a_refused_list_is_read_again(story: Story) -> None:
    """Protects a paste that was read with the wrong country: it needn't be sent again."""
    await lives_in(story, "France")
    await story.anna.sends(OF_NOBODY)
    card = await story.anna.sees("None of its 3 lines is a phone number")
    assert "as those of 🇫🇷 France" in card.shown
    assert "nothing is spent" in card.shown
    await story.restarts()
    await story.anna.presses("Change the country", on=card)
    await story.anna.sees("Which country are they from?", in_message=card)
    assert labels(card)[0] == "🇩🇪 Germany +49", "of two lines it would make numbers"
    await story.anna.presses("Back", on=card)
    await story.anna.sees("None of its 3 lines is a phone number", in_message=card)
    await story.anna.presses("Change the country", on=card)
    await story.anna.sends("Brazil")
    await story.anna.presses("Brazil", on=card)
    await story.anna.sees("1 number ready", in_message=card)


@pytest.mark.parametrize("ends", ["discarded", "old"])
async def test_the_texts_of_a_refused_list_are_erased(story: Story, ends: str) -> None:
    """Protects what was pasted: it is kept for another reading, and no longer."""
    await lives_in(story, "France")
    await story.anna.sends(OF_NOBODY)
    card = await story.anna.sees("None of its 3 lines is a phone number")
    old = [b for row in card.content.keyboard for b in row if b["text"] == "Change the country"]
    if ends == "discarded":
        await story.anna.presses("Discard", on=card)
        await story.anna.sees("Discarded", in_message=card)
    else:
        await story.passes(FULL_AGE + 2 * 3600)
    assert "11 96123" not in await exported(story)
    list_id = str(old[0]["callback_data"]).rpartition(":")[2]
    answer = await story.anna.forges(f"g:{list_id}:BR", card)
    assert "out of date" in answer.text


async def exported(story: Story) -> str:
    """Return what is stored about Anna."""
    await story.anna.sends("/export")
    return (await story.anna.receives_file()).data.decode()
