"""Bytes to rows: what a file is, and the tables in it."""
