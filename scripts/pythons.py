"""Play the main job on each Python that is there: `make pythons`.

Each gets an environment of its own from requirements.lock, with hashes and without building
anything, and plays `numberdesk demo`, which must say nothing of warnings.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
SECONDS = 900


def main(names: list[str]) -> int:
    """Try each of these interpreters; return 1 if one fails, or none is there."""
    tried = {}
    for name in names:
        version = _version(name)
        if version is not None and version not in tried:
            tried[version] = _plays(name)
            print(f"{version}: {tried[version] or 'plays the main job'}", flush=True)  # noqa: T201 # its product
    return int(not tried or any(tried.values()))


def _version(name: str) -> str | None:
    """Return the version of an interpreter that may be used; None for any other."""
    asked = "import ensurepip, sys; print('%d.%d' % sys.version_info[:2])"
    try:
        said = subprocess.run([name, "-c", asked], check=True, capture_output=True, text=True)  # noqa: S603 # from the Makefile
    except (OSError, subprocess.CalledProcessError):
        return None
    version = said.stdout.strip()
    return version if version in {"3.11", "3.12", "3.13", "3.14"} else None


def _plays(name: str) -> str:
    """Install and play; return what went wrong, or nothing."""
    with tempfile.TemporaryDirectory() as folder:
        own = Path(folder, "venv", "bin", "python")
        pip = [str(own), "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
        lock = str(ROOT / "requirements.lock")
        said = ""
        for words in (
            [name, "-m", "venv", str(own.parents[1])],
            [*pip, "--require-hashes", "--only-binary", ":all:", "-r", lock],
            [*pip, "--no-deps", "--no-build-isolation", "--editable", str(ROOT)],
            [str(own), "-m", "bot", "demo"],
        ):
            done = subprocess.run(  # noqa: S603 # our own commands
                words, check=False, cwd=folder, capture_output=True, text=True, timeout=SECONDS
            )
            said = done.stderr
            if done.returncode != 0:
                return f"{' '.join(words[:5])} ended with {done.returncode}:\n{said[-2000:]}"
        return said[-2000:] if "Warning" in said else ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
