"""The bot's own membership in a chat: is it in there, and may it write?"""

from aiogram.enums import ChatMemberStatus
from aiogram.types import ChatMemberRestricted, ChatMemberUnion

_GONE = (ChatMemberStatus.KICKED, ChatMemberStatus.LEFT)


def is_in(member: ChatMemberUnion) -> bool:
    """Tell whether this member is in the chat."""
    if isinstance(member, ChatMemberRestricted):
        return member.is_member
    return member.status not in _GONE


def may_write(member: ChatMemberUnion) -> bool:
    """Tell whether this member may write, as far as its own restrictions go."""
    return not isinstance(member, ChatMemberRestricted) or member.can_send_messages
