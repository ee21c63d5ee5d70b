"""Client of GREEN-API's CheckAccount, which tells whether a phone number has a Telegram account.

Source: https://green-api.com/telegram/docs/api/service/CheckAccount/ and observed answers.
A customer has one or more *instances* (Telegram accounts logged in at the service), each with
an id and a token. The token is part of the path of every request.
"""

from dataclasses import dataclass
from http import HTTPStatus

from checking.services import errors
from checking.services.http import HttpAnswer, ServiceHttp

LIMIT_REACHED = 469  # a status of the service's own
QUOTA_USED_UP = 466  # the same
LONGEST_ACCOUNT = 64  # characters of a chat id; real ones have about ten

_LIMIT_WORDS = "limit reached"
_UNREADY_WORDS = ("starting", "not authorized", "notauthorized")


@dataclass(frozen=True, slots=True)
class Account:
    """The service's answer about a number.

    `chat_id` is empty if there is no account, or its owner hides it.
    """

    exists: bool
    chat_id: str


class GreenApi:
    """Client of all instances; `tokens` maps their ids to their tokens."""

    def __init__(self, http: ServiceHttp, tokens: dict[str, str]) -> None:
        self.http = http
        self._tokens = tokens

    @property
    def instances(self) -> list[str]:
        """The instances' ids, in the order of the settings."""
        return list(self._tokens)

    async def ask(self, instance: str, number: str, *, force: bool) -> Account:
        """Ask an instance about an E.164 number; `force` bypasses the service's cache.

        Raises ServiceError: LimitReachedError, NotReadyError, QuotaUsedUpError,
        NotANumberError, KeyRefusedError, BusyError, or UnclearError for anything else.
        """
        answer = await self.http.ask(
            "POST",
            f"/waInstance{instance}/checkAccount/{self._tokens[instance]}",
            body={"phoneNumber": int(number.removeprefix("+")), "force": force},
        )
        _raise_for_trouble(answer)
        body = answer.json or {}
        exists, chat_id = body.get("exist"), body.get("chatId")
        if answer.status != HTTPStatus.OK or not isinstance(exists, bool):
            raise errors.UnclearError(answer.text or f"HTTP {answer.status}")
        known = exists and isinstance(chat_id, str | int)
        return Account(exists, str(chat_id).strip()[:LONGEST_ACCOUNT] if known else "")


def _raise_for_trouble(answer: HttpAnswer) -> None:
    # The reasons come with any status, even 200, so the words are examined first.
    words = answer.text.lower()
    refused = (answer.json or {}).get("status") is False
    if answer.status == LIMIT_REACHED or (refused and _LIMIT_WORDS in words):
        raise errors.LimitReachedError(answer.text)
    if refused and any(word in words for word in _UNREADY_WORDS):
        raise errors.NotReadyError(answer.text)
    if answer.status == QUOTA_USED_UP:
        raise errors.QuotaUsedUpError(answer.text)
    if answer.status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}:
        raise errors.KeyRefusedError(answer.text)
    if answer.status == HTTPStatus.TOO_MANY_REQUESTS:
        raise errors.BusyError(answer.text, answer.retry_after)
    if answer.status == HTTPStatus.BAD_REQUEST and words.startswith("validation failed"):
        raise errors.NotANumberError(answer.text)
