"""The words of Telegram's refusals."""

import pytest
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError
from aiogram.methods import GetMe

from handlers.shared.telegram_errors import is_chat_silent, is_file_refused, is_harmless

LASTING = [
    "group chat was deactivated",
    "the group chat was deleted",
    "CHANNEL_PRIVATE",
    "PEER_ID_INVALID",
    "user is deactivated",
    "INPUT_USER_DEACTIVATED",
    "USER_IS_BLOCKED",
    "bot was blocked by the user",
    "bot was kicked from the supergroup chat",
    "bot is not a member of the channel chat",
    "bot can't initiate conversation with a user",
    "chat not found",
    "have no rights to send a message",
    "not enough rights to send text messages to the chat",
    "need administrator rights in the channel chat",
    "TOPIC_CLOSED",
    "TOPIC_DELETED",
    "message thread not found",
]


@pytest.mark.parametrize("words", LASTING)
def test_a_lasting_refusal_is_known_under_either_code(words: str) -> None:
    """Protects from asking for ever: servers give the same words as 400 and as 403."""
    assert is_chat_silent(TelegramBadRequest(GetMe(), f"Bad Request: {words}"))
    assert is_chat_silent(TelegramForbiddenError(GetMe(), f"Forbidden: {words}"))


def test_a_refused_message_is_no_refusal_of_the_chat() -> None:
    """Protects chats from silence after a mistake of ours."""
    for words in ("message is too long", "message to be replied not found", "BUTTON_DATA_INVALID"):
        assert not is_chat_silent(TelegramBadRequest(GetMe(), f"Bad Request: {words}"))


def test_a_refusal_without_words_means_nothing_special() -> None:
    """Protects the queue of a chat: an answer without a description breaks nothing."""
    error = TelegramBadRequest(GetMe(), None)  # type: ignore[arg-type] # as aiogram passes it on
    assert not any(means(error) for means in (is_harmless, is_chat_silent, is_file_refused))
