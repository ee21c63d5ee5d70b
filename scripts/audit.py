"""Ask OSV whether something that is shipped has a known weakness.

    make audit

pip-audit compares requirements.lock with the database at osv.dev. Ends with 0 when nothing is
known, with 1 when something is, and with 2 when nobody answered, which proves nothing.
"""

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

LOCK = Path(__file__).parents[1] / "requirements.lock"
CLEAN, WEAK, UNANSWERED = 0, 1, 2
SECONDS = 600


def audit(lock: Path, *more: str) -> tuple[int, str]:
    """Audit a lock; gives the exit code and what to say."""
    command = [sys.executable, "-m", "pip_audit", "--requirement", str(lock), "--disable-pip"]
    command += ["--vulnerability-service", "osv", "--format", "json", "--progress-spinner", "off"]
    try:
        done = subprocess.run(  # noqa: S603 # our own command
            [*command, *more], capture_output=True, text=True, timeout=SECONDS, check=False
        )
        found = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError):
        last = (done.stderr.strip() or "it said nothing").splitlines()[-1]
        return UNANSWERED, f"Not audited, so nothing is known: {last}"
    except subprocess.TimeoutExpired:
        return UNANSWERED, "Not audited, so nothing is known: no answer in ten minutes"
    weak = [(each, weakness) for each in found for weakness in each.get("vulns", ())]
    if not weak:
        return CLEAN, f"{len(found)} packages, no known weakness."
    lines = [_line(each, weakness) for each, weakness in weak]
    return WEAK, "\n".join(["Known weaknesses; `make lock` takes newer versions:", *lines])


def _line(package: dict[str, object], weakness: dict[str, list[str]]) -> str:
    mended = ", ".join(weakness["fix_versions"]) or "none yet"
    return f"  {package['name']} {package['version']}: {weakness['id']}, mended in {mended}"


def main(words: Sequence[str]) -> int:
    """Audit what is shipped; what follows goes to pip-audit."""
    code, says = audit(LOCK, *words)
    print(says, file=sys.stderr if code else sys.stdout)  # this is its product
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
