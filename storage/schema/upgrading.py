"""Migration of the tables to the current schema."""

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
    """Return the migrations, loaded once: each is a module."""
    return ScriptDirectory.from_config(_config())


def _version(connection: sa.Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def outdated(connection: sa.Connection) -> str | None:
    """Return the schema version of a database that needs a migration, else None.

    None for a new, current or unknown version; `migrate` refuses an unknown one.
    """
    version = _version(connection)
    known = {script.revision for script in _scripts().walk_revisions()}
    is_old = version in known and version != _scripts().get_current_head()
    return version if is_old else None


def is_current(connection: sa.Connection) -> bool:
    """Tell whether the schema is the current one."""
    return _version(connection) == _scripts().get_current_head()


def migrate(connection: sa.Connection) -> None:
    """Migrate the tables. Raises CommandError if a newer version wrote the database."""
    if is_current(connection):
        return
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
