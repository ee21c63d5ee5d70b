"""How the work tells the conversation that something changed."""

from typing import Protocol


class Reporter(Protocol):
    """Says only *that* there is news; what it is stands in the database.

    So a message lost in a crash is no news lost: whoever speaks to people compares what
    they were shown with what is stored.
    """

    def news(self) -> None:
        """A task, a list or a note for the owners changed."""
