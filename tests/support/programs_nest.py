"""What each run of the program imports: done once, in the process that all are forked from."""

import importlib

for name in ("bot.app", "aiosqlite", "alembic.command", "sqlalchemy.dialects.sqlite.aiosqlite"):
    importlib.import_module(name)
