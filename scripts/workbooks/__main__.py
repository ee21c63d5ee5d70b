"""`python -m scripts.workbooks`: see the package."""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from scripts.workbooks.compare import compare
from scripts.workbooks.opening import complaint, program
from scripts.workbooks.round_trip import answered

FOLDER = Path(__file__).parents[2] / "tests" / "sheets" / "output" / "workbooks"


def main(words: Sequence[str]) -> int:
    """Make, compare and open; return how many workbooks aren't as they were."""
    parser = argparse.ArgumentParser(prog="python -m scripts.workbooks")
    parser.add_argument("--make", action="store_true", help="write the corpus anew")
    parser.add_argument("--open", action="store_true", help="let LibreOffice open what came back")
    asked = parser.parse_args(words)
    if asked.make:
        from scripts.workbooks import making  # noqa: PLC0415 - it needs what makes workbooks

        making.make(FOLDER)
    bad = 0
    with tempfile.TemporaryDirectory() as folder:
        for path in sorted(FOLDER.iterdir()):
            data = path.read_bytes()
            returned = answered(data, name=path.name)
            faults = []
            if returned.said == [""]:
                faults = compare(data, returned.files[0].data).lost
            if asked.open:
                came = Path(folder) / f"{path.stem}{returned.files[0].name_suffix}"
                came.write_bytes(returned.files[0].data)
                faults += complaint(path, came, is_same=returned.said == [""])
            said = returned.said[0] or "kept"
            sys.stdout.write(f"{path.name:32} {said:10} {'; '.join(faults)}\n")
            bad += bool(faults)
    if asked.open and program() is None:
        sys.stdout.write("There is no LibreOffice here: nothing was opened.\n")
    return bad


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
