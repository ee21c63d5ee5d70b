"""aiogram's session as the bot uses it."""

from bot.telegram.file_session import FileSession
from bot.telegram.shapes import LenientSession


class Session(FileSession, LenientSession):
    """Calls to the Bot API, whatever shape its answers have, and downloads of files."""
