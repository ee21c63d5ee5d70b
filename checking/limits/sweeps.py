"""Sweeps: how many numbers of a block one person may ask about in a week.

The bot cleans lists that people have; it doesn't try ranges of numbers for them, and neither with
gaps, nor list by list, nor number by number.
"""

from collections.abc import Mapping

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from checking.limits.refusals import LimitError
from runtime.clock import Clock
from sheets.base.blocks import bits_of, blocks_of, bytes_of, unpack
from storage.lists import lists
from storage.people import asked_blocks
from storage.people.usage import day_of
from storage.sealing.vault import Vault

log = structlog.get_logger("sweeps")


class Sweeps:
    """Counts which numbers of each block a person asks about; each number counts once.

    most: Of one block, within `asked_blocks.KEPT_DAYS`; 0: no limit, and nothing is stored.
    """

    def __init__(self, vault: Vault, clock: Clock, most: int) -> None:
        self._vault = vault
        self._clock = clock
        self._most = most

    async def count_list(self, connection: AsyncConnection, person_id: int, list_id: str) -> None:
        """Count a list, in the transaction that starts its check. Raises LimitError."""
        sealed = await lists.sealed(connection, list_id, "blocks")
        if sealed is not None:
            blocks = unpack(self._vault.open(sealed, "lists.blocks", list_id))
            await self._count(connection, person_id, blocks, list=list_id)

    async def count_lookup(
        self, connection: AsyncConnection, person_id: int, numbers: list[str]
    ) -> None:
        """Count the numbers of an inquiry, in the transaction that stores it. Raises LimitError."""
        blocks = blocks_of(int(number.removeprefix("+")) for number in numbers)
        await self._count(connection, person_id, blocks, lookups=len(numbers))

    async def _count(
        self, connection: AsyncConnection, person_id: int, blocks: Mapping[int, int], **of: object
    ) -> None:
        if not self._most or not blocks:
            return
        now, vault = self._clock.now(), self._vault
        new = {asked_blocks.key_of(vault, person_id, block): bits for block, bits in blocks.items()}
        asked = await asked_blocks.asked(connection, vault, new, now)
        today = {}
        for digest, bits in new.items():
            days = {day: bits_of(bitmap) for day, bitmap in asked.get(digest, {}).items()}
            together = bits
            for earlier in days.values():
                together |= earlier
            if together.bit_count() > self._most:
                log.warning("sweep refused", person=person_id, most=self._most, **of)
                raise LimitError("sweep-refused", limit=self._most)
            known = days.get(day_of(now), 0)
            if bits & ~known:
                today[digest] = bytes_of(bits | known)
        await asked_blocks.put(connection, vault, today, now)
