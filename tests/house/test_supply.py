"""The supply chain: what is shipped is listed, audited, and free of secrets."""

import json
import re
import sys
import threading
from collections.abc import Callable, Generator
from fnmatch import fnmatch
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from scripts import audit
from scripts.locks import pins
from tests.support.processes.ports import free_port

ROOT = Path(__file__).parents[2]
LOCK = ROOT / "requirements.lock"
SECRETS = (
    ".env",
    ".env.production",
    "data.key",
    "data.key.next",
    "data/data.key",
    "data/numberdesk.db",
    "data/backups/20261122T120000Z-schema-0006.db",
    "bot/.env",
    "bot/data.key",
    "storage/numberdesk.db",
    "storage/numberdesk.db-wal",
    "checking/id_rsa",
    "handlers/server.pem",
    "sandbox/.netrc",
    "sheets/.git/config",
    "bot/copy.sqlite3",
)


def test_the_list_of_what_is_shipped_is_whole(tmp_path: Path, run: Callable[..., str]) -> None:
    """Protects an audit of what runs: each pin and its hashes are listed, in CycloneDX."""
    target = tmp_path / "sbom.json"
    run(sys.executable, "-m", "scripts.sbom", target)
    made = json.loads(target.read_text("utf-8"))
    assert (made["bomFormat"], made["specVersion"]) == ("CycloneDX", "1.6")
    listed = {
        each["purl"]: {each["content"] for each in each["hashes"]} for each in made["components"]
    }
    assert listed == {f"pkg:pypi/{pin.name}@{pin.version}": set(pin.hashes) for pin in pins(LOCK)}
    assert made["metadata"]["component"]["name"] == "numberdesk"
    first = made["serialNumber"]
    run(sys.executable, "-m", "scripts.sbom", target)
    assert json.loads(target.read_text("utf-8"))["serialNumber"] == first


class Osv:
    """A pretend osv.dev that knows one vulnerability."""

    def __init__(self, weak: str) -> None:
        self.asked: list[str] = []
        osv = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                size = int(self.headers["Content-Length"])
                wanted: dict[str, Any] = json.loads(self.rfile.read(size))
                name = wanted["package"]["name"]
                osv.asked.append(name)
                answer = {"vulns": [WEAKNESS]} if name == weak else {}
                body = json.dumps(answer).encode()
                self.send_response(200)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """Log nothing."""

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/v1/query"


WEAKNESS = {
    "id": "GHSA-aaaa-bbbb-cccc",
    "summary": "It opens to everybody.",
    "aliases": [],
    "affected": [
        {
            "package": {"name": "beta", "ecosystem": "PyPI"},
            "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "2.0.1"}]}],
        }
    ],
}


@pytest.fixture
def osv() -> Generator[Osv]:
    """A pretend osv.dev, served during the test."""
    made = Osv("beta")
    thread = threading.Thread(target=made.server.serve_forever, daemon=True)
    thread.start()
    yield made
    made.server.shutdown()
    made.server.server_close()
    thread.join()


def lock_of(folder: Path, *names: str) -> Path:
    """Return a lock with these packages."""
    lock = folder / "some.lock"
    pin = "{}==1.0 \\\n    --hash=sha256:{}\n"
    lock.write_text("".join(pin.format(name, "0" * 64) for name in names))
    return lock


@pytest.mark.parametrize(
    ("names", "code", "says"),
    [
        (["alpha"], audit.CLEAN, "1 packages, no known weakness"),
        (["alpha", "beta"], audit.WEAK, "beta 1.0: GHSA-aaaa-bbbb-cccc, mended in 2.0.1"),
    ],
)
def test_a_known_weakness_is_told(
    tmp_path: Path, osv: Osv, names: list[str], code: int, says: str
) -> None:
    """Protects against shipping a known vulnerability."""
    found, said = audit.audit(lock_of(tmp_path, *names), "--osv-url", osv.url)
    assert (found, osv.asked) == (code, names)
    assert says in said


def test_no_answer_is_no_clean_bill(tmp_path: Path) -> None:
    """Protects against mistaking no answer for a clean result: another exit code, no traceback."""
    nobody = f"http://127.0.0.1:{free_port()}/v1/query"
    code, said = audit.audit(lock_of(tmp_path, "alpha"), "--osv-url", nobody)
    assert code == audit.UNANSWERED
    assert said.startswith("Not audited, so nothing is known: ")
    assert "Traceback" not in said
    assert "\n" not in said


def let_in(path: str) -> bool:
    """Tell whether .dockerignore lets this into the build: the last matching rule decides."""
    inside = True
    for rule in (ROOT / ".dockerignore").read_text("utf-8").splitlines():
        if not rule or rule.startswith("#"):
            continue
        pattern = rule.removeprefix("!").removeprefix("**/")
        parts = Path(path).parts
        places = range(len(parts)) if "**/" in rule else [0]
        ways = ["/".join(parts[start : end + 1]) for start in places for end in range(len(parts))]
        if any(fnmatch(way, pattern) for way in ways if way.count("/") == pattern.count("/")):
            inside = rule.startswith("!")
    return inside


@pytest.mark.parametrize("path", SECRETS)
def test_no_secret_gets_into_the_image(path: str) -> None:
    """Protects keys and data where the image is built beside a bot, in our own folders too."""
    assert not let_in(path)


def test_what_the_image_needs_gets_in() -> None:
    """Protects the build, and the test above from passing for a wrong reason."""
    for path in ("requirements.lock", "bot/app.py", "handlers/locales/en/start.ftl"):
        assert let_in(path)
    assert let_in("checking/checkers.toml")


def test_pictures_of_the_base_are_pinned() -> None:
    """Protects against base images that change: name, version, variant and release are pinned."""
    bases = re.findall(r"^FROM (\S+)", (ROOT / "Dockerfile").read_text("utf-8"), re.MULTILINE)
    assert all(re.fullmatch(r"[a-z]+:\d+\.\d+\.\d+-[a-z]+-[a-z]+", base) for base in bases)
