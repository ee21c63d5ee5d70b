"""/metrics for Prometheus: counters, and gauges read from the database and the workers."""

import asyncio
import shutil
from pathlib import Path

from prometheus_client import Gauge, generate_latest
from prometheus_client.process_collector import ProcessCollector
from sqlalchemy.exc import SQLAlchemyError

from bot.telegram.source import Source
from checking.metrics import Metrics
from runtime.clock import Clock
from runtime.worker import Worker
from storage.database import Database
from storage.records import backlog


class Gauges:
    """Gauges that are read anew for each scrape."""

    def __init__(
        self,
        *,
        metrics: Metrics,
        database: Database,
        clock: Clock,
        workers: list[Worker],
        source: Source,
        folder: Path,
    ) -> None:
        self._registry = registry = metrics.registry
        self._database = database
        self._clock = clock
        self._workers = workers
        self._source = source
        self._folder = folder
        ProcessCollector(registry=registry)
        self._waiting = Gauge(
            "numberdesk_inbox_updates",
            "Updates that are stored and not handled yet.",
            registry=registry,
        )
        self._oldest = Gauge(
            "numberdesk_inbox_oldest_age_seconds",
            "Age of the oldest of them; 0 when there is none.",
            registry=registry,
        )
        self._tasks = Gauge(
            "numberdesk_tasks",
            "Checks that have not come to an end, by state.",
            ["check", "state"],
            registry=registry,
        )
        self._lookups = Gauge(
            "numberdesk_lookups_waiting",
            "Numbers that wait in the line of single lookups.",
            registry=registry,
        )
        self._turns = Gauge(
            "numberdesk_loop_turn_age_seconds",
            "Time since each loop last came to the end of a step.",
            ["loop"],
            registry=registry,
        )
        self._flow = Gauge(
            "numberdesk_updates_flow_age_seconds",
            "Time since updates were last known to get through from Telegram.",
            registry=registry,
        )
        self._free = Gauge(
            "numberdesk_data_free_bytes",
            "Room on the disk of DATA_DIR.",
            registry=registry,
        )

    async def page(self) -> bytes:
        """Return the page in Prometheus' text format."""
        now = self._clock.now()
        for worker in self._workers:
            self._turns.labels(worker.name).set(max(now - worker.turned_at, 0.0))
        self._flow.set(max(now - self._source.fetched_at, 0.0))
        self._free.set((await asyncio.to_thread(shutil.disk_usage, self._folder)).free)
        try:
            async with self._database.read() as connection:
                counts = await backlog.counts(connection)
        except SQLAlchemyError:
            self._tasks.clear()
            # The error is counted; the other metrics matter most when the database fails.
            return generate_latest(self._registry)
        self._waiting.set(counts.updates)
        oldest = counts.oldest_update
        self._oldest.set(0.0 if oldest is None else max(now - oldest, 0.0))
        self._lookups.set(counts.lookups)
        self._tasks.clear()
        for (check, state), number in counts.tasks.items():
            self._tasks.labels(check, state).set(number)
        return generate_latest(self._registry)
