"""What the desk, the submitter, the poller and the fetcher all work with; built once."""

import random
from dataclasses import dataclass

from checking.key_health import KeyHealth
from checking.ledger import Ledger
from checking.services.bulk import Service
from checking.services.catalogue import Catalogue
from runtime.clock import Clock
from storage.database import Database
from storage.records.tasks import Task


@dataclass(frozen=True, slots=True)
class TaskContext:
    """The tools of the work. `services` holds those whose key is set, by name."""

    database: Database
    catalogue: Catalogue
    services: dict[str, Service]
    ledger: Ledger
    key_health: KeyHealth
    clock: Clock
    rng: random.Random

    async def ours(self, found: list[Task]) -> list[Task]:
        """Those of the tasks whose service is ours to ask."""
        mine = await self.database.claims.take("service", {task.service for task in found})
        return [task for task in found if task.service in mine]
