"""Errors that interrupt work without a bug."""


class CutOffError(Exception):
    """Work was interrupted; it is retried, by this process or another one."""
