"""Check the shipped packages for known vulnerabilities.

    make audit

pip-audit compares requirements.lock with the database at osv.dev. Exits with 0 if nothing is
known, with 1 if something is, and with 2 without an answer, which proves nothing.
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
    """Audit a lock file; return the exit code and the message."""
    command = [sys.executable, "-m", "pip_audit", "--requirement", str(lock), "--disable-pip"]
    command += ["--vulnerability-service", "osv", "--format", "json", "--progress-spinner", "off"]
    try:
        done = subprocess.run(  # noqa: S603 # our own command
            [*command, *more], capture_output=True, text=True, timeout=SECONDS, check=False
        )
        found = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError):
        last = (done.stderr.strip() or "no output").splitlines()[-1]
        return UNANSWERED, f"Not audited, so nothing is known: {last}"
    except subprocess.TimeoutExpired:
        return UNANSWERED, "Not audited, so nothing is known: no answer in ten minutes"
    weak = [(each, weakness) for each in found for weakness in each.get("vulns", ())]
    if not weak:
        return CLEAN, f"{len(found)} packages, no known weakness."
    lines = ["Known weaknesses; `make lock` takes newer versions:"]
    for package, weakness in weak:
        mended = ", ".join(weakness["fix_versions"]) or "none yet"
        name = f"{package['name']} {package['version']}"
        lines.append(f"  {name}: {weakness['id']}, mended in {mended}")
    return WEAK, "\n".join(lines)


def main(words: Sequence[str]) -> int:
    """Audit the shipped packages; `words` are options of pip-audit."""
    code, message = audit(LOCK, *words)
    print(message, file=sys.stderr if code else sys.stdout)  # this is its product
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
