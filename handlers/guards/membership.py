"""What Telegram's words for a member mean for the bot: is it in the chat, and may it write?"""

from aiogram.enums import ChatMemberStatus
from aiogram.types import ChatMemberRestricted, ChatMemberUnion

_GONE = (ChatMemberStatus.KICKED, ChatMemberStatus.LEFT)


def is_in(member: ChatMemberUnion) -> bool:
    """Whether it is in the chat."""
    if isinstance(member, ChatMemberRestricted):
        return member.is_member
    return member.status not in _GONE


def may_write(member: ChatMemberUnion) -> bool:
    """Whether it may write there, as far as that was decided for the bot alone."""
    return not isinstance(member, ChatMemberRestricted) or member.can_send_messages
