"""The database: tables, migrations, and one module for each kind of record.

Nothing here knows Telegram or the services. Functions take an open connection and the current
time, so that the caller decides what goes into one commit.
"""
