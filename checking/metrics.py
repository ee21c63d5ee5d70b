"""Counters for Prometheus. No label names a person, a chat, a number or a title.

Each app has a registry of its own, so that several can share a process, as in tests.
`bot/gauges.py` reads from the database what is stored there.
"""

from prometheus_client import CollectorRegistry, Counter, Histogram

from storage.database import Database
from storage.tasks.task_states import TaskState

# Buckets in seconds, from "the service has a result" to "the file is in the chat".
DELAYS = (1, 2, 5, 10, 30, 60, 120, 300, 600, 1800, 3600, 6 * 3600, 24 * 3600)

_OUTCOMES = {
    TaskState.SUBMITTED: "taken",
    TaskState.REJECTED: "rejected",
    TaskState.UNCONFIRMED: "unconfirmed",
    TaskState.CONFIRMED: "put_off",
    TaskState.CANCELLED: "cancelled",
}

ENDS = (
    TaskState.DELIVERED,
    TaskState.REJECTED,
    TaskState.FAILED,
    TaskState.EXPIRED,
    TaskState.CANCELLED,
)


class Metrics:
    """The counters and their registry."""

    def __init__(self) -> None:
        self.registry = registry = CollectorRegistry(auto_describe=True)
        self.updates_stored = Counter(
            "numberdesk_updates_stored",
            "New updates from Telegram that were stored.",
            registry=registry,
        )
        self.updates_handled = Counter(
            "numberdesk_updates_handled",
            "Updates from Telegram that were handled.",
            registry=registry,
        )
        self.submissions = Counter(
            "numberdesk_submissions",
            "Lists submitted to a service, by outcome.",
            ["service", "outcome"],
            registry=registry,
        )
        self.finished = Counter(
            "numberdesk_tasks_ended",
            "Checks that ended, by their last state.",
            ["check", "state"],
            registry=registry,
        )
        self.lookups = Counter(
            "numberdesk_lookups",
            "Requests to the lookup service, by outcome.",
            ["outcome"],
            registry=registry,
        )
        self.pauses = Counter(
            "numberdesk_lookup_pauses",
            "Pauses of instances of the lookup service, by cause.",
            ["trouble"],
            registry=registry,
        )
        self.flood_limits = Counter(
            "numberdesk_telegram_flood_limits",
            "Calls that Telegram answered with 429, by method.",
            ["method"],
            registry=registry,
        )
        self.delivery = Histogram(
            "numberdesk_delivery_delay_seconds",
            "From a result at the service to its file in the chat.",
            buckets=DELAYS,
            registry=registry,
        )
        self.database_errors = Counter(
            "numberdesk_database_errors",
            "Failed database statements, by kind of error.",
            ["kind"],
            registry=registry,
        )

    def watch(self, database: Database) -> None:
        """Count this database's errors."""
        database.on_error(lambda kind: self.database_errors.labels(kind).inc())

    def moved(self, service: str, check: str, was: TaskState, became: TaskState) -> None:
        """Count a change of a task's state."""
        if was is TaskState.SUBMITTING:
            self.submissions.labels(service, _OUTCOMES.get(became, str(became))).inc()
        if became in ENDS:
            self.finished.labels(check, str(became)).inc()

    def delivered(self, exported_at: float | None, now: float) -> None:
        """Observe a delivery; `exported_at` is None for old tasks, which are not counted."""
        if exported_at is not None:
            self.delivery.observe(max(now - exported_at, 0.0))
