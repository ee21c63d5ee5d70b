"""A writer that stands still in the middle of a statement, and holds the lock of all writers.

The server ends a session that is idle in a transaction, and a statement that takes too long. It
does neither while it waits for the rest of a statement (after Parse, before Bind and Sync), or for
its answer to be read: a process that was stopped just then, or whose machine vanished behind a
proxy, would hold up all others until somebody notices. So whoever waited for the lock in vain looks
for such a session, and ends it.

Source: the protocol's extended query,
https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-EXT-QUERY
"""

from typing import Any

STANDSTILL_SECONDS = 15.0
"""Nobody thinks for so long in the middle of a statement, not in a migration either."""

_END = """
SELECT pg_terminate_backend(holder.pid)
FROM pg_locks JOIN pg_stat_activity AS holder ON holder.pid = pg_locks.pid
WHERE pg_locks.locktype = 'advisory' AND pg_locks.granted
    AND pg_locks.classid = 0 AND pg_locks.objid = $1 AND pg_locks.objsubid = 1
    AND holder.datname = current_database() AND holder.usename = current_user
    AND holder.state = 'active' AND holder.wait_event_type = 'Client'
    AND holder.state_change < clock_timestamp() - make_interval(secs => $2)
"""


async def end_standstill(connection: Any, lock: int) -> int:
    """End the session that holds this advisory lock if it stands still; return how many ended.

    connection: asyncpg's own.
    """
    return len(await connection.fetch(_END, lock, STANDSTILL_SECONDS))
