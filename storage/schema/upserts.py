"""An insert that says what is to happen where the row is there already.

Both engines write it alike, and SQLAlchemy compiles PostgreSQL's for SQLite, too.
"""

from sqlalchemy.dialects.postgresql import insert

__all__ = ["insert"]
