"""The tables, and bringing them up to date."""
