"""The states of a task.

draft        a check was looked at; nothing was promised
confirmed    the person said Start; it waits to be posted
submitting   written before the paid POST: from here on it may have been paid
submitted    the service gave its id
processing   the service counts
exported     the service has a result file
fetched      the file is on our disk
delivered    the file is in the chat

unconfirmed  nobody knows whether the service took it: only a person may post again
rejected     the service said no before taking money; the list is still there
failed       the service took it and gave up
expired      no progress for too long; the person may ask to look again
cancelled    dropped by the person
"""

from enum import StrEnum


class TaskState(StrEnum):
    """Where a task stands; the head of this module says what each state means."""

    DRAFT = "draft"
    CONFIRMED = "confirmed"
    SUBMITTING = "submitting"
    SUBMITTED = "submitted"
    PROCESSING = "processing"
    EXPORTED = "exported"
    FETCHED = "fetched"
    DELIVERED = "delivered"
    UNCONFIRMED = "unconfirmed"
    REJECTED = "rejected"
    FAILED = "failed"
    EXPIRED = "expired"
    CANCELLED = "cancelled"


POLLED = (TaskState.SUBMITTED, TaskState.PROCESSING)
FINISHED = (TaskState.DELIVERED, TaskState.REJECTED, TaskState.FAILED, TaskState.CANCELLED)
