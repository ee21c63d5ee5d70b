"""Rows to numbers: which column, which country, what is left out."""
