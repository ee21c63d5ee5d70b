"""The work: the catalogue of checks, the services' clients, submission, polling, fetching.

Nothing here knows of Telegram. That something changed is told by `bell.Bell`.
"""
