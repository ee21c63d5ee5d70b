"""The name of a country, written as the answer to the question of a list."""

from aiogram.types import Message

from handlers.outgoing.screen import Screen
from handlers.shared import questions
from handlers.shared.context import BotContext
from handlers.shared.places import person_of, thread_of
from handlers.shared.texts import Phrases
from sheets.phones import countries
from storage.lists import lists

LONGEST_SEARCH = 60  # characters; nothing longer is the name of a country
MOST_DIGITS = 3  # no calling code is longer


async def search_country(message: Message, ctx: BotContext, screen: Screen, say: Phrases) -> bool:
    """Offer the countries of that name; False if no list of this person asks for one."""
    text = (message.text or "").strip()
    if sum(letter.isdecimal() for letter in text) > MOST_DIGITS:
        return False
    async with ctx.database.read() as connection:
        asking = await lists.asking_in(
            connection, ctx.database.vault, message.chat.id, person_of(message), "country"
        )
    if not asking:
        return False
    # The list whose card is answered, else the newest, rather of this topic.
    card_id = message.reply_to_message.message_id if message.reply_to_message else None
    thread_id = thread_of(message)
    found = max(
        reversed(asking), key=lambda each: (each.card_id == card_id, each.thread_id == thread_id)
    )
    regions = tuple(each.region for each in countries.search(text, say.language))
    question = questions.country_to_json(questions.AskedCountry(text, regions))
    await ctx.lists.question(found, "country", question)
    await screen.show_list(found.id)
    return True
