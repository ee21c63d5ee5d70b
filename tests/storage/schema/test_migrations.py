from pathlib import Path

import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy.engine.interfaces import ReflectedIndex

from storage.schema.tables import metadata
from tests.support.databases.temporary import opened


def _plain(index: ReflectedIndex) -> str:
    """Return an index as text: the condition of a partial one has no equality."""
    options = {name: str(value) for name, value in index.get("dialect_options", {}).items()}
    return str({**index, "dialect_options": options})


async def test_migrations_lead_to_the_tables(tmp_path: Path) -> None:
    """Protects against a column that the code has and the operator's database lacks."""

    def compare(connection: sa.Connection) -> object:
        options = {"compare_type": True, "compare_server_default": True}
        return compare_metadata(MigrationContext.configure(connection, opts=options), metadata)

    async with opened(tmp_path) as database, database.read() as connection:
        assert await connection.run_sync(compare) == []


async def test_migrations_give_the_very_same_columns(tmp_path: Path) -> None:
    """Protects what autogenerate doesn't compare: keys, partial indexes, cascades."""

    def shape(connection: sa.Connection) -> dict[str, object]:
        look = sa.inspect(connection)
        return {
            table: (
                look.get_columns(table),
                look.get_pk_constraint(table),
                look.get_foreign_keys(table),
                sorted(look.get_unique_constraints(table), key=str),
                sorted(_plain(index) for index in look.get_indexes(table)),
            )
            for table in look.get_table_names()
            if table != "alembic_version"
        }

    engine = sa.create_engine(f"sqlite:///{tmp_path}/straight.db")
    with engine.begin() as straight:
        metadata.create_all(straight)
        wanted = shape(straight)
    engine.dispose()
    async with opened(tmp_path) as database, database.read() as connection:
        got = await connection.run_sync(shape)
    assert str(got) == str(wanted)


async def test_migrating_again_changes_nothing(tmp_path: Path) -> None:
    """Protects a restart: the second start finds the newest version, its rows and one canary."""
    for _ in range(3):
        async with opened(tmp_path) as database, database.read() as connection:
            rows = (await connection.exec_driver_sql("SELECT * FROM alembic_version")).all()
            canaries = (await connection.exec_driver_sql("SELECT count(*) FROM canary")).scalar()
            assert (len(rows), canaries) == (1, 1)
