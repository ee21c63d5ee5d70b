"""The work: the catalogue of checks, the services' clients, submission, polling, fetching.

Nothing here knows of Telegram. What changed is told through `reporter.Reporter`.
"""
