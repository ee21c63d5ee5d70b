"""Pictures that are none.

To paint a real one takes a process of its own, and most stories are about something else; those
about pictures take `painter.paint` back.
"""

from pathlib import Path

from sheets import chart

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + (640).to_bytes(4, "big") * 2 + bytes(48)
"""The head of a picture, which is all that anybody in the sandbox looks at."""


def spares_painting() -> None:
    """From now on in this process."""

    def paint(svg: str, fonts: list[Path]) -> bytes:
        assert svg
        assert fonts
        return PNG

    chart.paint = paint
