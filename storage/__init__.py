"""The database: its tables, their migrations, and one module for each thing stored.

Nothing here knows of Telegram or of the services. Every function takes the open
connection and the time, so that a caller decides what belongs to one commit.
"""
