"""What can go wrong with a service, told apart by what it means for the money.

ServiceError
├── NotSentError        nothing reached the service: free, may be tried again
├── BusyError           429: free, may be tried again after a while
├── UnclearError        it may or may not have taken (and charged) the request
└── RefusedError        a clear no: free, and trying the same again is useless
    ├── KeyRefusedError     401, 403: our key
    ├── BalanceTooLowError  402
    ├── TooLargeError       413
    ├── TooFewError         the list is under the service's minimum
    └── UnknownTaskError    404: it doesn't know the task

And of the lookup service, where an answer costs nothing and an instance may have to rest:

ServiceError
├── LimitReachedError   too many different numbers: leave this instance alone for hours
├── NotReadyError       this instance is starting, or nobody is logged in there
├── QuotaUsedUpError    the plan's requests of this month are gone
└── NotANumberError     the service doesn't take this for a phone number
"""


class ServiceError(Exception):
    """A service didn't do what was asked. `text` holds its own words, if it had any."""

    reason = "service_trouble"

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        self.text = text


class NotSentError(ServiceError):
    """The request never left: refused, no such host, no connection in time."""

    reason = "service_down"


class BusyError(ServiceError):
    """The service wants to be left alone for `seconds` (None: it didn't say)."""

    reason = "service_busy"

    def __init__(self, text: str = "", seconds: float | None = None) -> None:
        super().__init__(text)
        self.seconds = seconds


class UnclearError(ServiceError):
    """Sent, and no answer that tells what became of it."""

    reason = "unclear"


class RefusedError(ServiceError):
    """The service said no, for free."""

    reason = "refused"


class KeyRefusedError(RefusedError):
    """The service doesn't take our key (401, 403)."""

    reason = "key_refused"


class BalanceTooLowError(RefusedError):
    """The account doesn't hold enough money (402)."""

    reason = "balance_too_low"


class TooLargeError(RefusedError):
    """The list is larger than the service takes (413)."""

    reason = "too_large"


class TooFewError(RefusedError):
    """The list is smaller than the service takes (400 `invalid_batch_size`)."""

    reason = "too_few"


class UnknownTaskError(RefusedError):
    """The service doesn't know this task (404)."""

    reason = "unknown_task"


class LimitReachedError(ServiceError):
    """An instance was asked about too many different numbers (469, or a reason in the body)."""

    reason = "limit"


class NotReadyError(ServiceError):
    """An instance is starting, or not authorized."""

    reason = "unready"


class QuotaUsedUpError(ServiceError):
    """The plan holds no more requests this month (466)."""

    reason = "quota"


class NotANumberError(ServiceError):
    """The service refuses the number itself (400 `Validation failed`)."""

    reason = "not_a_number"
