"""Tasks: one check of one list, and what is due for them."""
