"""The tables and their migration."""
