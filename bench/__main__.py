"""`make bench`: run all benchmarks, or the named ones, and write the page."""

import importlib
import inspect
import os
import platform
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

PAGE = Path(__file__).parents[1] / "docs" / "performance.md"


def main(wanted: Sequence[str]) -> int:
    """Run, print and write the page; return the exit code."""
    # Not at the top: the bots' processes import this module, too, and their memory is measured.
    from bench import MEASURES  # noqa: PLC0415 - see above
    from bench.page import Measured, updated  # noqa: PLC0415 - see above
    from bot.logs import configure  # noqa: PLC0415 - see above

    configure("error", "text", secrets=[])

    unknown = sorted(set(wanted) - set(MEASURES))
    if unknown:
        print(f"There is no measurement {unknown[0]!r}. These there are: {', '.join(MEASURES)}")
        return 2
    for name in wanted or MEASURES:
        module = importlib.import_module(f"bench.sections.{name}")
        machine = f"{os.cpu_count()} cores ({platform.machine()})"
        python = f"Python {platform.python_version()}, {platform.system()}"
        made = f"{datetime.now(UTC):%Y-%m-%d}, {machine}, {python}"
        print(f"\n{name} ({made})", flush=True)
        lines = []
        for line in module.run():
            print(line, flush=True)
            lines.append(line)
        new = Measured(name, inspect.getdoc(module) or "", made, lines)
        before = PAGE.read_text("utf-8") if PAGE.exists() else ""
        PAGE.write_text(updated(before, new, MEASURES), "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
