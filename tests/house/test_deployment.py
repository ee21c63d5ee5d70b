"""Dockerfile, compose file and systemd unit agree with the code."""

import json
import re
import shlex
import tomllib
from configparser import RawConfigParser
from pathlib import Path

import pytest

from bot.app import DRAIN_SECONDS
from bot.cli import EXIT_CONFIG
from bot.settings import Settings, load

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
PACKAGES = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
DOCKERFILE = re.sub(r"\\\n", " ", (ROOT / "Dockerfile").read_text("utf-8"))
COMPOSE = (ROOT / "compose.yaml").read_text("utf-8")
IDLE_MB = 400  # of the bot, of what others are forked from, and of the files themselves
REPLICAS = (ROOT / "deploy/compose.replicas.yaml").read_text("utf-8")
CADDYFILE = re.sub(r"\s*#.*", "", (ROOT / "deploy/Caddyfile").read_text("utf-8"))
# Variables that the file itself needs from .env, beside settings.
NOT_OURS = {"SITE", "POSTGRES_PASSWORD"}


def arguments(instruction: str) -> list[str]:
    """Return the arguments of each such instruction of the Dockerfile."""
    return re.findall(rf"^{instruction}\s+(.+?)\s*$", DOCKERFILE, re.MULTILINE)


def docker_env() -> dict[str, str]:
    """Return the environment that the Dockerfile's last stage sets."""
    last = DOCKERFILE.rpartition("\nFROM ")[2]
    pairs = re.findall(r"^ENV\s+(.+?)\s*$", last, re.MULTILINE)
    return dict(word.split("=", 1) for pair in pairs for word in shlex.split(pair))


def compose_env() -> dict[str, str]:
    """Return the environment that compose adds to .env."""
    block = re.search(r"^    environment:.*\n((?:      .*\n)+)", COMPOSE, re.MULTILINE)
    assert block
    pairs = re.findall(r"^ +([A-Z_]+): (.+)$", block[1], re.MULTILINE)
    return {name: value.strip('"') for name, value in pairs}


def below(text: str, name: str, indent: int = 0) -> str:
    """Return the lines below this key of a YAML file."""
    pad = " " * indent
    found = re.search(rf"^{pad}{name}:.*\n((?:{pad} .*\n|\n)+)", text, re.MULTILINE)
    assert found, name
    return found[1]


def keys(text: str, indent: int) -> list[str]:
    """Return the keys at this indentation."""
    return re.findall(rf"^ {{{indent}}}([\w-]+):", text, re.MULTILINE)


def replicas() -> list[str]:
    """Return the services that run our image."""
    services = below(REPLICAS, "services")
    return [name for name in keys(services, 2) if "*replica" in below(services, name, 2)]


def replicas_env() -> dict[str, str]:
    """Return the environment that each of them gets beside .env."""
    text = below(below(REPLICAS, "x-replica"), "environment", 2)
    pairs = re.findall(r"^ +([A-Z_]+): (.+?)(?: #.*)?$", text, re.MULTILINE)
    return {name: value.strip('"') for name, value in pairs}


def test_docker_copies_what_is_there() -> None:
    """Protects the build: each file it copies exists and passes .dockerignore; none is missing."""
    copies = [words.split()[:-1] for words in arguments("COPY") if "--from" not in words]
    names = {name for words in copies for name in words}
    ignored = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    for name in names:
        assert (ROOT / name).exists(), name
        assert f"!{name}" in ignored, f"{name} doesn't get past .dockerignore"
    assert names >= {*PACKAGES, PROJECT["project"]["readme"], "requirements.lock"}
    assert ignored[1] == "*", "everything else, .env and data too, stays out"


def test_docker_base_is_pinned() -> None:
    """Protects against a base image that changes without us, and stages that differ."""
    bases = {words.split()[0] for words in arguments("FROM")}
    assert len(bases) == 1
    assert re.fullmatch(r"python:3\.11\.\d+-slim-bookworm", bases.pop())


def test_docker_starts_the_bot() -> None:
    """Protects the start: entry point, user, signal and settings exist in the code."""
    assert json.loads(arguments("ENTRYPOINT")[0])[0] in PROJECT["project"]["scripts"]
    assert arguments("USER")[-1].split(":")[0] not in {"0", "root"}
    assert arguments("STOPSIGNAL") == ["SIGTERM"]
    assert "--require-hashes" in DOCKERFILE
    others = {"PATH", "PYTHONUNBUFFERED", "PYTHONDONTWRITEBYTECODE"}
    assert {name.lower() for name in docker_env().keys() - others} <= set(Settings.model_fields)


@pytest.mark.parametrize("env", [docker_env(), compose_env()], ids=["docker", "compose"])
def test_container_keeps_its_data_in_the_volume(
    env: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Protects the data: anything outside the volume is lost with the container."""
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    settings = load(_env_file=None, bot_token="123456789:" + "A" * 35, owner_ids=[1])
    volume = Path(arguments("VOLUME")[0])
    assert settings.data_dir == volume
    assert settings.database_url == f"sqlite+aiosqlite:///{volume}/numberdesk.db"
    assert settings.health_port > 0


def test_docker_asks_a_path_that_is_served() -> None:
    """Protects the health check from asking for a path that isn't served."""
    path = re.search(r"HEALTHCHECK.*'(/[a-z]+)'", DOCKERFILE)
    assert path
    assert f'add_get("{path[1]}"' in (ROOT / "bot/health.py").read_text("utf-8")


def test_compose_is_locked_down() -> None:
    """Protects the server: settings come from .env, and only the volume is writable."""
    for line in (
        "env_file: .env",
        "restart: unless-stopped",
        "read_only: true",
        "no-new-privileges:true",
        f"data:{arguments('VOLUME')[0]}",
    ):
        assert line in COMPOSE
    assert {name.lower() for name in compose_env()} <= set(Settings.model_fields)


def test_there_is_time_to_stop() -> None:
    """Protects work in progress: neither Docker nor systemd kills before the bot has drained."""
    for text in (COMPOSE, below(REPLICAS, "x-replica")):
        grace = re.search(r"stop_grace_period: (\d+)s", text)
        assert grace
        assert int(grace[1]) >= DRAIN_SECONDS + 5
    assert int(unit()["Service"]["timeoutstopsec"]) >= DRAIN_SECONDS + 5


def test_replicas_share_a_database_and_no_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    """Protects what each replica keeps for itself: one database, a volume for each."""
    filled = {"POSTGRES_PASSWORD": "p", "DATA_KEY": "00" * 32, "SITE": "bot.example.org"}
    filled |= {"WEBHOOK_URL": "https://bot.example.org/x", "WEBHOOK_SECRET": "s" * 16}
    for name, value in replicas_env().items():
        assert name.lower() in Settings.model_fields, name
        monkeypatch.setenv(name, re.sub(r"\$\{(\w+):\?.*?\}", lambda at: filled[at[1]], value))
    settings = load(_env_file=None, bot_token="123456789:" + "A" * 35, owner_ids=[1])
    assert settings.is_shared
    assert settings.webhook_url
    assert str(settings.data_dir) == arguments("VOLUME")[0]
    services = below(REPLICAS, "services")
    assert len(replicas()) == 3
    mounts = {re.findall(r"- ([\w-]+):(.+)", below(services, name, 2))[0] for name in replicas()}
    assert mounts == {(f"data-{n}", str(settings.data_dir)) for n in (1, 2, 3)}
    assert {name for name, _ in mounts} <= set(keys(below(REPLICAS, "volumes"), 2))
    asked = re.findall(r"([\w-]+):(\d+)", CADDYFILE)
    assert asked == [(name, str(settings.webhook_port)) for name in replicas()]


def test_replicas_are_locked_down() -> None:
    """Protects the server: settings come from .env, and only the volume is writable."""
    text = below(REPLICAS, "x-replica")
    for line in ("env_file: ../.env", "read_only: true", "no-new-privileges:true"):
        assert line in text
    ports = re.findall(r'^ +- "(\d+):\d+"', REPLICAS, re.MULTILINE)
    assert ports == ["80", "443"], "nothing but the proxy is reached from outside"
    secret = re.compile(r"PASSWORD|KEY|SECRET")
    values = re.findall(r"^ +([A-Z_]+): (.+)$", REPLICAS, re.MULTILINE)
    assert all(value.startswith("${") for name, value in values if secret.search(name))


def test_replicas_stand_on_what_is_there() -> None:
    """Protects the start: images have versions, files exist, and variables are documented."""
    images = dict(re.findall(r"image: ([\w/]+):(\S+)", REPLICAS))
    assert images.keys() == {"numberdesk", "postgres", "caddy"}
    for name in images.keys() - {"numberdesk"}:
        assert re.match(r"\d+\.\d+", images[name]), name
    deploy = ROOT / "deploy"
    for path in re.findall(r"- (\./[^:]+):", REPLICAS):
        assert (deploy / path).is_file(), path
    build = re.search(r"build: (\S+)", REPLICAS)
    assert build
    assert (deploy / build[1] / "Dockerfile").is_file()
    wanted = set(re.findall(r"\$\{(\w+)", REPLICAS)) | set(re.findall(r"\$([A-Z]+)", CADDYFILE))
    assert wanted >= NOT_OURS
    assert {name.lower() for name in wanted - NOT_OURS} <= set(Settings.model_fields)
    operations = (ROOT / "docs/operations.md").read_text("utf-8")
    assert [name for name in wanted if f"`{name}`" not in operations] == []


def test_replicas_wait_for_their_database() -> None:
    """Protects the first start: a replica waits until the server answers over TCP."""
    assert "condition: service_healthy" in below(REPLICAS, "x-replica")
    server = below(below(REPLICAS, "services"), "postgres", 2)
    assert re.search(r'healthcheck:(?s:.*)"pg_isready", "--host=127.0.0.1"', server)


def test_the_proxy_leaves_health_alone() -> None:
    """Protects against a deadlock: health fails without updates, and then none would come."""
    assert "reverse_proxy" in CADDYFILE
    assert "health_uri" not in CADDYFILE


def unit() -> RawConfigParser:
    """Return the systemd unit; of repeated keys, the last."""
    parser = RawConfigParser(strict=False, interpolation=None)
    parser.read_string((ROOT / "deploy/numberdesk.service").read_text("utf-8"))
    return parser


def test_memory_is_bounded_and_never_dumped() -> None:
    """Protects the server from files, and numbers from landing in a core file."""
    service = unit()["Service"]
    assert (service["limitcore"], service["oompolicy"]) == ("0", "continue")
    slots, memory = (
        Settings.model_fields[f"reading_{what}"].default for what in ("slots", "memory_mb")
    )
    needed = slots * memory + IDLE_MB
    assert int(service["memorymax"].removesuffix("M")) >= needed
    for text in (COMPOSE, below(REPLICAS, "x-replica")):
        assert "init: true" in text
        assert re.search(r"ulimits:\n +core: 0\n", text)
        limit = re.search(r"mem_limit: (\d+)m", text)
        assert limit
        assert int(limit[1]) >= needed


def test_systemd_starts_the_bot() -> None:
    """Protects against a unit that starts the wrong command, or retries wrong settings for ever."""
    service = unit()["Service"]
    program, command = service["execstart"].split()
    assert Path(program).name in PROJECT["project"]["scripts"]
    assert command == "run"
    assert int(service["restartpreventexitstatus"]) == EXIT_CONFIG
    assert service["workingdirectory"] == f"/var/lib/{service['statedirectory']}"
    assert service["protectsystem"] == "strict"


def test_ci_can_be_started() -> None:
    """Protects CI: the file is executable, and stops at the first failure."""
    file = ROOT / ".ci/run"
    assert file.stat().st_mode & 0o111
    text = file.read_text("utf-8")
    assert text.startswith("#!/usr/bin/env bash\n")
    assert "set -euo pipefail" in text
    assert text.index("make check") < text.index("make test")
