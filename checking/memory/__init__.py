"""Remembered answers: kept from results, and held against the lists that come after."""
