"""Connections through a proxy."""
