"""What is refused to a person before anything is spent."""

from runtime.money import Money


class LimitError(Exception):
    """Refused, and raised to roll back the transaction that would have begun it.

    key, values: The text that tells the person why, and what to do.
    """

    def __init__(self, key: str, **values: int | str | Money) -> None:
        super().__init__(key)
        self.key = key
        self.values = values
