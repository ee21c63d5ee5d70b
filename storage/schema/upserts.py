"""INSERT … ON CONFLICT for both engines.

The syntax is the same, and SQLAlchemy compiles PostgreSQL's for SQLite, too.
"""

from sqlalchemy.dialects.postgresql import insert

__all__ = ["insert"]
