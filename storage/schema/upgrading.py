"""Bringing the tables up to date."""

from functools import cache
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parents[1] / "migrations"))
    return config


@cache
def _scripts() -> ScriptDirectory:
    """The migrations, read once: each of them is a module that is loaded."""
    return ScriptDirectory.from_config(_config())


def _version(connection: sa.Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def outdated(connection: sa.Connection) -> str | None:
    """The schema version of a database that is to be migrated; None for a new or current one.

    None, too, for one that this program doesn't know: `migrate` refuses it.
    """
    version = _version(connection)
    known = {script.revision for script in _scripts().walk_revisions()}
    is_old = version in known and version != _scripts().get_current_head()
    return version if is_old else None


def is_current(connection: sa.Connection) -> bool:
    """Whether the tables are those that this program knows."""
    return _version(connection) == _scripts().get_current_head()


def migrate(connection: sa.Connection) -> None:
    """Bring the tables up to date. Raises CommandError where a newer program has written."""
    if is_current(connection):
        return
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
