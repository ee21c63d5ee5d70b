"""A database on a PostgreSQL server that can vanish without a word."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import sqlalchemy as sa

from sandbox.http.silent_server import SilentServer, silent_before
from tests.support.databases.engines import address


@asynccontextmanager
async def silent_server(folder: Path) -> AsyncGenerator[SilentServer]:
    """Yield a proxy before an empty database."""
    async with address("postgresql", folder) as url:
        made = sa.make_url(url)
        async with silent_before(f"{made.query['host']}/.s.PGSQL.5432") as proxy:
            near = made.set(host="127.0.0.1", port=proxy.port).difference_update_query(["host"])
            proxy.url = near.render_as_string(hide_password=False)
            yield proxy
