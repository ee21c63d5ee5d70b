"""Dashboard, alerts and documents use metrics that exist."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from bot.gauges import Gauges
from checking.metrics import Metrics

ROOT = Path(__file__).parents[2]
BOARD = (ROOT / "deploy/grafana.json").read_text("utf-8")
ALERTS = (ROOT / "deploy/alerts.yaml").read_text("utf-8")
ENDINGS = {
    "counter": ("_total",),
    "histogram": ("_bucket", "_count", "_sum"),
    "gauge": ("",),
}
LABELS = {"check", "state", "service", "outcome", "trouble", "method", "kind", "loop", "le"}


def families() -> list[Any]:
    """Return all metric families of /metrics."""
    metrics = Metrics()
    parts: Any = dict.fromkeys(("database", "clock", "workers", "source", "folder"))
    Gauges(metrics=metrics, **parts)
    return list(metrics.registry.collect())


def samples() -> set[str]:
    """Return the names that can be queried."""
    return {each.name + ending for each in families() for ending in ENDINGS[each.type]}


def expressions() -> dict[str, list[str]]:
    """Return the expressions of dashboard and alerts."""
    board = [target["expr"] for panel in json.loads(BOARD)["panels"] for target in panel["targets"]]
    alerts = re.findall(r"expr: (?:>-\n)?((?:.+)(?:\n {10}[^a-z\n]*(?:sum|unless).*)*)", ALERTS)
    return {"board": board, "alerts": alerts}


@pytest.mark.parametrize("where", ["board", "alerts"])
def test_what_is_asked_for_is_there(where: str) -> None:
    """Protects against a graph that stays empty, and an alert that never fires."""
    asked = expressions()[where]
    assert len(asked) > 10
    for each in asked:
        names = set(re.findall(r"\b(?:numberdesk|process|up)(?:_\w+)?(?=[{\s\[)]|$)", each))
        names -= {"numberdesk"}  # the job label
        assert names, each
        assert names <= samples() | {"up"}, each
        labels = set(re.findall(r"(?:by|without) \((.*?)\)", each))
        used = {name for listed in labels for name in re.split(r",\s*", listed)}
        used |= set(re.findall(r"(\w+)(?:=~|!=|=)\"", each)) - {"job", "instance"}
        assert used <= LABELS, each


def test_the_board_shows_each_metric() -> None:
    """Protects metrics from being collected but never shown."""
    unseen = {
        each.name
        for each in families()
        if each.name.startswith("numberdesk_")
        and not any(each.name + ending in BOARD for ending in ENDINGS[each.type])
    }
    assert unseen == set()


def test_names_follow_the_conventions() -> None:
    """Protects a person who reads a graph: names have units, and each metric a sentence."""
    for each in families():
        assert each.documentation.endswith((".", "")), each.name
        if each.name.startswith("numberdesk_") and each.type != "counter":
            measured = re.search(r"(age|delay|free)", each.name)
            assert bool(measured) == each.name.endswith(("_seconds", "_bytes")), each.name


def test_each_alert_is_explained() -> None:
    """Protects the operator at 3 a.m.: each alert, and no other, has its meaning and its fix."""
    told = re.findall(
        r"^\| `(Numberdesk\w+)` \| .+ \| .+ \|$",
        (ROOT / "docs/operations.md").read_text("utf-8"),
        re.MULTILINE,
    )
    named = re.findall(r"- alert: (\w+)", ALERTS)
    assert named == told
    assert ALERTS.count("severity: ") == ALERTS.count("summary: ") == len(named)
