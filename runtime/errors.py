"""Errors that end a step of work without a fault of ours."""


class CutOffError(Exception):
    """Work ended in the middle, and nothing is broken: it is begun again, here or elsewhere."""
