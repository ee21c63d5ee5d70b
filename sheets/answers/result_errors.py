"""What a result file may be, instead of readable."""


class ResultError(Exception):
    """A result file can't be read; `why` is for the log.

    ResultError
    ├── UnsafeResultError      harmful, on purpose or not: neither open nor forward it
    ├── BrokenResultError      truncated or damaged in transit: fetch it again
    └── UnreadableResultError  harmless, but not understood: forward it unchanged
    """

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class UnsafeResultError(ResultError):
    """`why` is as in `archives.UnsafeArchiveError`, or "workbook"."""


class BrokenResultError(ResultError):
    """The file was truncated or damaged in transit."""


class UnreadableResultError(ResultError):
    """`why` is "columns" (none for number or answer), "locked", or "packer" (a foreign one)."""
