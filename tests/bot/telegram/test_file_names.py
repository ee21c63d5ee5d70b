import pytest
from aiogram.types import BufferedInputFile, InputMediaDocument

from tests.support.telegram.line import Line


@pytest.mark.parametrize(
    ("name", "sent"),
    [
        ("numbers · Band · 2026-11-22.zip", "numbers · Band · 2026-11-22.zip"),
        ("../../etc/passwd", "etc passwd"),
        ("C:\\list.csv", "C list.csv"),
        ("list\u202egpj.exe.csv", "list gpj.exe.csv"),
        ("a\r\nb\tc\x00.csv", "a b c .csv"),
        ("x" * 200 + " · part 2.zip", "x" * 49 + "…" + "x" * 37 + " · part 2.zip"),
        ("…" * 60 + "/" * 60 + ".csv", "…" * 60 + " .csv"),
        ("/", "list"),
    ],
)
async def test_no_name_plays_tricks(line: Line, name: str, sent: str) -> None:
    """Protects who gets a file: no path, no line feed, no turned ending, a hundred letters."""
    anna = await line.meets("Anna")
    file = BufferedInputFile(b"1", name)
    await line.finish(line.bot.send_document(anna.id, file))
    (card,) = await line.finish(line.bot.send_message(anna.id, "soon"))
    media = InputMediaDocument(media=file)
    where = {"chat_id": anna.id, "message_id": card.message_id}
    await line.finish(line.bot.edit_message_media(media=media, **where))
    names = [message.document.name for message in anna.messages if message.document is not None]
    assert names == [sent, sent]
