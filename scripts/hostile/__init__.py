"""Hostile files, made by a script, and what the bot makes of them.

    python -m scripts.hostile [PART OF A NAME...]
    python -m scripts.hostile fuzz [--count 5000] [--seed 7] [--only INDEX] [--keep FOLDER]

The first plays every file against the real bot and writes a table into docs/reliability.md. The
second reads real files with damages. Both exit with 1 if a bound is broken.
"""
