"""The states of a task.

draft        a check was opened, not started
confirmed    the person tapped Start; it waits to be posted
submitting   stored before the paid POST: from here on it may have been paid
submitted    the service returned its id
processing   the service reports progress
exported     the service has a result file
fetched      the file is on our disk
delivered    the file is in the chat

unconfirmed  it is unclear whether the service took it: only a person may post again
rejected     the service refused it before charging; the list is still there
failed       the service took it and gave up
expired      no progress for too long; the person may ask to look again
cancelled    dropped by the person
"""

from enum import StrEnum


class TaskState(StrEnum):
    """The state of a task; the module's docstring explains each."""

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
