"""Migration of the tables to the current schema."""

from functools import cache
from pathlib import Path
from typing import cast

import sqlalchemy as sa

_MIGRATIONS = Path(__file__).parents[1] / "migrations"


class NewerSchemaError(Exception):
    """A newer version wrote the database; the text names its schema."""


@cache
def _versions() -> list[str]:
    """Return the known versions of the schema in order: each migration's file begins with its own.

    Read from the names: most starts have nothing to migrate, and needn't load what does.
    """
    return sorted(path.name.partition("_")[0] for path in _MIGRATIONS.glob("versions/[0-9]*.py"))


def _version(connection: sa.Connection) -> str | None:
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()
    return cast("str | None", found)


def outdated(connection: sa.Connection) -> str | None:
    """Return the schema version of a database that needs a migration, else None.

    None for a new, current or unknown version; `migrate` refuses an unknown one.
    """
    version = _version(connection)
    return version if version in _versions()[:-1] else None


def is_current(connection: sa.Connection) -> bool:
    """Tell whether the schema is the current one."""
    return _version(connection) == _versions()[-1]


def migrate(connection: sa.Connection) -> None:
    """Migrate the tables. Raises NewerSchemaError."""
    version = _version(connection)
    if version is not None and version not in _versions():
        raise NewerSchemaError(version)
    if version != _versions()[-1]:
        upgrade(connection)


def upgrade(connection: sa.Connection, to: str = "head") -> None:
    """Run the migrations up to this version."""
    # 10 MB that are needed at the first start of a version.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, to)
