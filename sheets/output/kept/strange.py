"""Why something can't be given back as it came."""

from typing import Literal

Why = Literal["converted", "signed", "large", "strange"]
"""Another format than .xlsx; signed, which no change survives; too large to send, or in too many
columns; written in a way that isn't followed here."""


class StrangeError(Exception):
    """It has to be written anew; `detail` is for whoever reads a test, and holds none of it."""

    def __init__(self, why: Why, detail: str) -> None:
        super().__init__(detail)
        self.why = why
