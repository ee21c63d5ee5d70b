"""`python -m scripts.hostile`: see the package."""

import argparse
import asyncio
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from scripts.hostile.case import say

FUZZ = "fuzz"


def main(words: Sequence[str]) -> int:
    """Play, or read damaged files; return the exit code."""
    began = time.monotonic()
    code = _fuzz(words[1:]) if words[:1] == [FUZZ] else _play(words)
    say(f"{time.monotonic() - began:.0f} s")
    return code


def _play(wanted: Sequence[str]) -> int:
    # Not at the top: the bot's process imports this module, too, and its memory is measured.
    from scripts.hostile import corpus, table  # noqa: PLC0415 - see above
    from scripts.hostile.play import play  # noqa: PLC0415 - see above

    def chosen(name: str) -> bool:
        return not wanted or any(word in name for word in wanted)

    lists = [case for case in corpus.lists() if chosen(case.name)]
    results = [case for case in corpus.of_services() if chosen(case.name)]
    found = asyncio.run(play(lists, results))
    if not wanted:
        table.write(found)
    bad = [played for played in found if played.broken()]
    say(f"\n{len(found)} files, {len(bad)} of them break a bound")
    for played in bad:
        say(f"{played.case.name}: {'; '.join(played.broken())}")
    return 1 if bad else 0


def _fuzz(words: Sequence[str]) -> int:
    from bot.logs import configure  # noqa: PLC0415 - the same
    from scripts.hostile import fuzz  # noqa: PLC0415 - the same

    configure("error", "text", secrets=[])
    parser = argparse.ArgumentParser(prog=f"python -m scripts.hostile {FUZZ}")
    parser.add_argument("--count", type=int, default=5000, help="how many files")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--only", type=int, nargs="+", help="these files alone, by their index")
    usual = Path(tempfile.gettempdir()) / "numberdesk-findings"
    parser.add_argument("--keep", type=Path, default=usual, help="folder for what is found")
    asked = parser.parse_args(words)
    fuzzing = fuzz.Fuzzing(asked.only or range(asked.count), asked.seed)
    asyncio.run(fuzzing.run())
    findings = fuzzing.findings
    for outcome, count in sorted(fuzzing.counts.items()):
        say(f"{count:6} {outcome}")
    if findings:
        fuzz.keep(findings, asked.keep)
        say(f"{len(findings)} findings: {asked.keep}")
    return 1 if findings else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
