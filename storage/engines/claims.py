"""What one process alone works on, so that nothing is done twice at once.

    chat     its updates in their order, its lists, cards, results, and its pace at Telegram
    service  posting to it and asking it, at its pace
    role     `updates` (fetching them), `lookups` (the one line), `house` (sweeping)

Where one process has the database to itself, everything is its own: `Alone`. Where several
share it, a replica claims things in the database; see `storage.replicas.leases`.
"""

from collections.abc import Callable, Collection, Generator, Iterable
from contextlib import AbstractContextManager, contextmanager
from typing import Any, Literal, Protocol

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles

LOOK_AGAIN = 1.0  # seconds, where something is nobody's and can't be claimed yet

Kind = Literal["chat", "service", "role"]
Name = str | int


class Claims(Protocol):
    """Who works on what, as this process knows it."""

    replica: str | None
    """As whom it takes part; None where it is alone."""
    share: float
    """Of everything that has one pace for all: 1 where it is alone."""

    lost: bool
    """Whether others have taken our work over."""

    @property
    def alive(self) -> bool:
        """Whether nobody can have taken our work over by now."""

    async def take(self, kind: Kind, names: Iterable[Name]) -> set[Name]:
        """Claim what nobody has; gives those of `names` that are ours from now on."""

    def holding(self, kind: Kind, name: Name) -> AbstractContextManager[None]:
        """Ours is not given away while the block runs."""

    def prefers(self, name: Name) -> bool:
        """Whether this chat is ours to take up first, so that all replicas have some."""

    def when_gained(self, kind: Kind, tell: Callable[[Collection[Name]], None]) -> None:
        """Call `tell` with what was just claimed: somebody else may have worked on it."""


class Alone:
    """One process, to which everything belongs."""

    replica: str | None = None
    share = 1.0
    alive = True
    lost = False

    async def take(self, kind: Kind, names: Iterable[Name]) -> set[Name]:
        """Everything is ours."""
        del kind
        return set(names)

    @contextmanager
    def holding(self, kind: Kind, name: Name) -> Generator[None]:
        """Nobody is there to give it to."""
        del kind, name
        yield

    def prefers(self, name: Name) -> bool:
        """Nobody else is there."""
        del name
        return True

    def when_gained(self, kind: Kind, tell: Callable[[Collection[Name]], None]) -> None:
        """It was never anybody else's."""


class NotOthers(sa.ColumnElement[bool]):
    """In a WHERE: no other replica has claimed the `kind` that this column names."""

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
