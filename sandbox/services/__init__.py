"""Pretend checker services over real HTTP."""
