"""From SVG to PNG, in a process of its own.

The renderer keeps Python's lock from beginning to end, a tenth of a second in which no chat would
be answered. So a short-lived child renders, which also bounds what a hostile text could do to us.
This file is what the child runs: it imports nothing of ours.
"""

import subprocess
import sys
from pathlib import Path

SECONDS = 20
"""How long a picture may take, on a machine that is busy with other things."""


class PaintError(Exception):
    """The picture couldn't be made; the text says what the renderer said."""


def paint(svg: str, fonts: list[Path]) -> bytes:
    """Render with these fonts and no others. Blocks: call it in a thread. Raises PaintError."""
    command = [sys.executable, "-I", __file__, *map(str, fonts)]
    try:
        done = subprocess.run(  # noqa: S603 - our own file; the text goes through a pipe
            command, input=svg.encode(), capture_output=True, timeout=SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise PaintError(str(error)) from error
    if done.returncode or not done.stdout:
        said = done.stderr.decode("utf-8", "replace").strip()
        raise PaintError(said.rpartition("\n")[2] or f"the renderer ended with {done.returncode}")
    return done.stdout


def _render() -> None:
    import resvg_py  # noqa: PLC0415 - the parent doesn't need it

    sys.stdout.buffer.write(
        resvg_py.svg_to_bytes(
            svg_string=sys.stdin.buffer.read().decode(),
            skip_system_fonts=True,
            font_files=sys.argv[1:],
        )
    )


if __name__ == "__main__":
    _render()
