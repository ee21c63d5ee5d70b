"""The reception: people without access can ask for it, or come with an invite link."""

from aiogram.exceptions import TelegramAPIError
from aiogram.types import CallbackQuery, Message, Update, User
from aiogram.utils.keyboard import InlineKeyboardBuilder

from checking.people import CodeUsed
from handlers.outgoing.access_requests import AccessRequests
from handlers.shared.callbacks import AskAct, AskButton
from handlers.shared.card import Card, keyboard_of
from handlers.shared.context import BotContext
from handlers.shared.formats import date_text, person_name
from handlers.shared.texts import Html, Phrases
from storage.people.people import PersonStanding

LINK = "/start "  # what an opened invite link sends, followed by its code
ASK = AskButton(act=AskAct.ASK, person=0)


class Reception:
    """Answers in private chats only: in groups, strangers could make the bot spam."""

    def __init__(self, ctx: BotContext, access_requests: AccessRequests) -> None:
        self._ctx = ctx
        self._access_requests = access_requests

    async def receives(self, event: Update, user: User) -> bool:
        """Answer a person without access; True if their invite link has just let them in."""
        say = self._ctx.texts[user.language_code]
        message, query = event.message, event.callback_query
        try:
            if isinstance(message, Message) and message.chat.type == "private":
                return await self._message(message, user, say)
            if isinstance(query, CallbackQuery):
                await self._tap(query, user, say)
        except TelegramAPIError:
            pass  # they have blocked the bot meanwhile
        return False

    async def _message(self, message: Message, user: User, say: Phrases) -> bool:
        code = (message.text or "").removeprefix(LINK)
        lines = []
        if code != (message.text or ""):
            used = await self._ctx.people.use_code(user.id, person_name(user), code.strip())
            if used is CodeUsed.LET_IN:
                await self._access_requests.bring(user.id)
                return True
            if used is CodeUsed.GONE:
                lines = [say.html("access-link-gone"), Html("")]
        card = await self._card(user, say)
        text = Html("\n".join([*lines, card.text]))
        await message.answer(text, reply_markup=card.keyboard)
        return False

    async def _tap(self, query: CallbackQuery, user: User, say: Phrases) -> None:
        message = query.message
        private = message is not None and message.chat.type == "private"
        if not private or query.data != ASK.pack():
            await query.answer(say.plain("notice-not-yours"))
            return
        assert message is not None
        await self._ctx.seen(user.id, user.language_code)
        await self._ctx.people.ask(user.id, person_name(user))
        # Repeated for an old request, too: a crash may have kept it from the owners.
        await self._access_requests.bring(user.id)
        await query.answer()
        card = await self._card(user, say)
        await self._ctx.bot.edit_message_text(
            card.text,
            chat_id=message.chat.id,
            message_id=message.message_id,
            reply_markup=card.keyboard,
        )

    async def _card(self, user: User, say: Phrases) -> Card:
        """Say whose bot this is, and how to get access."""
        who = say.html("door-closed", id=str(user.id))
        person = await self._ctx.people.get(user.id)
        if person is not None and person.standing is PersonStanding.ASKED:
            return Card(f"{who}\n\n{say.html('access-waiting')}")
        from_when = self._ctx.people.may_ask_from(person)
        if from_when > self._ctx.clock.now():
            return Card(f"{who}\n\n{say.html('access-not-now', date=date_text(say, from_when))}")
        button = InlineKeyboardBuilder().button(text=say.plain("button-ask"), callback_data=ASK)
        return Card(f"{who}\n\n{say.html('access-ask')}", keyboard_of(button))
