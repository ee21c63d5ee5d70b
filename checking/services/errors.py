"""Errors of the services, distinguished by whether the request may have been charged.

ServiceError
├── NotSentError        nothing reached the service: free, may be retried
│   └── HeldBackError       we sent nothing, as it may not be ours to send any more
├── BusyError           429: free, may be retried after a while
├── BrokenError         500 in the service's own JSON: free, may be retried a few times
├── UnclearError        it may or may not have accepted (and charged) the request
└── RefusedError        refused: free, and a retry is useless
    ├── KeyRefusedError     401, 403: our key
    ├── BalanceTooLowError  402
    ├── TooLargeError       413
    ├── TooFewError         the list is under the service's minimum
    └── UnknownTaskError    404: it doesn't know the task

Errors of the lookup service, where requests are free and instances are paused:

ServiceError
├── LimitReachedError   too many different numbers: pause this instance for hours
├── NotReadyError       this instance is starting, or nobody is logged in there
├── ExpiredError        this instance is not paid for any more, or was deleted
├── SuspendedError      Telegram has restricted the account of this instance
├── QuotaUsedUpError    the plan's requests of this month are used up
└── NotANumberError     the service rejects the phone number
"""

import re

HIGHEST_MINIMUM = 10_000_000  # numbers that a list of ours may have
_MINIMUM = re.compile(r"\bminimum\D{0,20}([0-9][0-9,]*)", re.IGNORECASE)


class ServiceError(Exception):
    """A request to a service failed.

    text: The service's own words, if there are any.
    seconds: How long it wants to be left alone; None: it didn't say.
    """

    reason = "service_trouble"

    def __init__(self, text: str = "", seconds: float | None = None) -> None:
        super().__init__(text)
        self.text = text
        self.seconds = seconds


class NotSentError(ServiceError):
    """The request was not sent: connection refused, no such host, connection timeout."""

    reason = "service_down"


class HeldBackError(NotSentError):
    """We held the request back just before its first byte."""

    reason = "held_back"


class BusyError(ServiceError):
    """The service limits the rate."""

    reason = "service_busy"


class BrokenError(ServiceError):
    """The service reports an error of its own (500), which it documents as free."""

    reason = "service_broken"


class UnclearError(ServiceError):
    """The request was sent, and its outcome is unknown."""

    reason = "unclear"


class RefusedError(ServiceError):
    """The service refused the request at no cost."""

    reason = "refused"


class KeyRefusedError(RefusedError):
    """The service refuses our key (401, 403)."""

    reason = "key_refused"


class BalanceTooLowError(RefusedError):
    """The account's balance is too low (402)."""

    reason = "balance_too_low"


class TooLargeError(RefusedError):
    """The list exceeds the service's maximum (413)."""

    reason = "too_large"


class TooFewError(RefusedError):
    """The list is under the service's minimum (400 `invalid_batch_size`)."""

    reason = "too_few"

    @property
    def minimum(self) -> int | None:
        """The minimum that the service names; None if it names none that a list could have."""
        named = _MINIMUM.search(self.text)
        minimum = int(named[1].replace(",", "")) if named else 0
        return minimum if 1 <= minimum <= HIGHEST_MINIMUM else None


class UnknownTaskError(RefusedError):
    """The service doesn't know this task (404)."""

    reason = "unknown_task"


class LimitReachedError(ServiceError):
    """An instance got too many different numbers (469, or a reason in the body)."""

    reason = "limit"


class NotReadyError(ServiceError):
    """An instance is starting, or not authorized."""

    reason = "unready"


class ExpiredError(ServiceError):
    """An instance is not paid for any more, or was deleted."""

    reason = "expired"


class SuspendedError(ServiceError):
    """Telegram has suspended or blocked the account behind an instance."""

    reason = "suspended"


class QuotaUsedUpError(ServiceError):
    """The plan has no requests left this month (466)."""

    reason = "quota"


class NotANumberError(ServiceError):
    """The service rejects the phone number (400 `Validation failed`)."""

    reason = "not_a_number"
