"""Claims: what one process alone works on, so that nothing is done twice at once.

    chat     its updates in order, its lists, cards, results, and its rate limit at Telegram
    service  posting to it, polling it, and its rate limit
    role     `updates` (fetching them), `lookups` (the line of lookups), `house` (sweeping)

A process that has the database to itself owns everything: `Alone`. Replicas that share a
database claim things in it: `storage.replicas.leases`.
"""

from collections.abc import Callable, Collection, Generator, Iterable
from contextlib import AbstractContextManager, contextmanager
from typing import Any, Literal, Protocol

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.ext.compiler import compiles

LOOK_AGAIN = 1.0  # seconds until the next try to claim what is free but can't be claimed yet

Kind = Literal["chat", "service", "role"]
Name = str | int


class Claims(Protocol):
    """The claims of all replicas, as far as this process knows them."""

    replica: str | None
    """This process's id among the replicas; None if it is alone."""
    share: float
    """This process's fraction of every shared rate limit: 1 if it is alone."""

    lost: bool
    """True once others took over our work."""

    @property
    def alive(self) -> bool:
        """True while no one can have taken over our work."""

    async def still_alive(self, connection: AsyncConnection) -> bool:
        """Ask the database, by its clock, whether no one can have taken over our work."""

    async def take(self, kind: Kind, names: Iterable[Name]) -> set[Name]:
        """Claim what is free; return those of `names` that are ours from now on."""

    def holding(self, kind: Kind, name: Name) -> AbstractContextManager[None]:
        """Keep a claim of ours while the block runs."""

    def prefers(self, name: Name) -> bool:
        """Tell whether this process claims the chat first, so that all replicas have some."""

    def when_gained(self, kind: Kind, tell: Callable[[Collection[Name]], None]) -> None:
        """Call `tell` with each new claim: another replica may have worked on it."""


class Alone:
    """A process that owns everything."""

    replica: str | None = None
    share = 1.0
    alive = True
    lost = False

    async def still_alive(self, connection: AsyncConnection) -> bool:
        """Return True."""
        del connection
        return True

    async def take(self, kind: Kind, names: Iterable[Name]) -> set[Name]:
        """Return all names."""
        del kind
        return set(names)

    @contextmanager
    def holding(self, kind: Kind, name: Name) -> Generator[None]:
        """Do nothing: nothing is ever released."""
        del kind, name
        yield

    def prefers(self, name: Name) -> bool:
        """Return True."""
        del name
        return True

    def when_gained(self, kind: Kind, tell: Callable[[Collection[Name]], None]) -> None:
        """Do nothing: no one else has ever worked on anything."""


class NotOthers(sa.ColumnElement[bool]):
    """A condition: no other replica has claimed the `kind` that this column names."""

    inherit_cache = True
    type = sa.Boolean()
    _traverse_internals = [  # noqa: RUF012 # as SQLAlchemy declares it
        ("kind", sa.sql.visitors.InternalTraversal.dp_string),
        ("column", sa.sql.visitors.InternalTraversal.dp_clauseelement),
    ]

    def __init__(self, kind: Kind, column: sa.ColumnElement[Any]) -> None:
        self.kind = kind
        self.column = column


@compiles(NotOthers, "sqlite")
def _alone(_element: NotOthers, _compiler: Any, **_options: Any) -> str:
    return "1"


@compiles(NotOthers, "postgresql")
def _among_others(element: NotOthers, compiler: Any, **options: Any) -> str:
    column = compiler.process(element.column, **options)
    return (
        f"NOT EXISTS (SELECT FROM claims WHERE claims.kind = '{element.kind}' "  # ours
        f"AND claims.name = CAST({column} AS TEXT) "
        "AND claims.owner <> current_setting('numberdesk.replica', true))"
    )
