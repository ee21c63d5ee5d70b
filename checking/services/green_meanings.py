"""What GREEN-API's errors mean: a table of HTTP statuses and words.

Most errors are bare text with HTTP 400, others JSON; the same words come with any status, and one
status stands for several errors. The first rule that fits decides. What none of them knows is
unclear: another instance is asked, and the same one later.
"""

import re
from collections.abc import Container
from http import HTTPStatus
from typing import NamedTuple

from checking.services import errors
from checking.services.http import LONGEST_TEXT, HttpAnswer

QUOTA_USED_UP, LIMIT_REACHED = 466, 469  # statuses of the service's own
LONGEST_READ = 2_000  # characters of an answer that are looked at


class Rule(NamedTuple):
    """`statuses` None: any; `words`: a regular expression found in the lower-cased answer."""

    error: type[errors.ServiceError]
    statuses: Container[int] | None
    words: str


RULES = (
    Rule(errors.LimitReachedError, {LIMIT_REACHED}, ""),
    Rule(errors.QuotaUsedUpError, {QUOTA_USED_UP}, ""),
    # "check phone number timeout limit exceeded" is no limit: it may be tried again at once.
    Rule(errors.LimitReachedError, None, r"contact info limit reached"),
    Rule(errors.QuotaUsedUpError, None, r"limit on your tariff|quote_\w*exceeded"),
    Rule(errors.NotReadyError, None, r"instance\b.{0,40}\b(starting|not ?authori[sz]ed)"),
    Rule(errors.ExpiredError, None, r"instance\b.{0,40}\b(expired|deleted)"),
    Rule(errors.SuspendedError, {HTTPStatus.FORBIDDEN}, r"suspended|blocked"),
    # An unknown instance is a page that isn't found.
    Rule(
        errors.KeyRefusedError,
        {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND},
        "",
    ),
    Rule(errors.BusyError, {HTTPStatus.TOO_MANY_REQUESTS}, ""),
    Rule(errors.NotANumberError, {HTTPStatus.BAD_REQUEST}, r"validation failed|bad phone number"),
)


def meaning(answer: HttpAnswer, *hidden: str) -> errors.ServiceError:
    """Return the error that an answer without a result stands for.

    hidden: What its text must not repeat, such as the token in the path.
    """
    said = " ".join(answer.words[:LONGEST_READ].split())
    for secret in hidden:
        said = said.replace(secret, "…")
    text = (said or f"HTTP {answer.status}")[:LONGEST_TEXT]
    for rule in RULES:
        if rule.statuses is not None and answer.status not in rule.statuses:
            continue
        if re.search(rule.words, said.lower()):
            return rule.error(text, answer.retry_after)
    return errors.UnclearError(text, answer.retry_after)
