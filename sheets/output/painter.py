"""Render SVG to PNG in a child process.

The renderer holds the GIL from start to end, a tenth of a second in which no chat would be
answered. So a short-lived child renders, which also limits what a hostile text can do. The child
runs this file, which imports nothing of ours.
"""

import subprocess
import sys
from pathlib import Path

SECONDS = 20
"""Timeout for a picture, long enough for a busy machine."""


class PaintError(Exception):
    """The renderer failed; the text is its error message."""


def paint(svg: str, fonts: list[Path]) -> bytes:
    """Render with these fonts and no others. Blocks; call it in a thread. Raises PaintError."""
    command = [sys.executable, "-I", __file__, *map(str, fonts)]
    try:
        done = subprocess.run(  # noqa: S603 - our own file; the text goes through a pipe
            command, input=svg.encode(), capture_output=True, timeout=SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise PaintError(str(error)) from error
    if done.returncode or not done.stdout:
        error_text = done.stderr.decode("utf-8", "replace").strip()
        last_line = error_text.rpartition("\n")[2]
        raise PaintError(last_line or f"the renderer ended with {done.returncode}")
    return done.stdout


if __name__ == "__main__":
    import resvg_py  # the parent doesn't need it

    sys.stdout.buffer.write(
        resvg_py.svg_to_bytes(
            svg_string=sys.stdin.buffer.read().decode(),
            skip_system_fonts=True,
            font_files=sys.argv[1:],
        )
    )
