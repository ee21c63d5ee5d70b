"""Client of GREEN-API's CheckAccount, which tells whether a phone number has a Telegram account.

Source: https://green-api.com/telegram/docs/api/service/CheckAccount/ and observed answers.
A customer has one or more *instances* (Telegram accounts logged in at the service), each with
an id and a token. The token is part of the path of every request.
"""

from dataclasses import dataclass
from http import HTTPStatus

from checking.services.green_meanings import meaning
from checking.services.http import ServiceHttp

LONGEST_ACCOUNT = 64  # characters of a chat id; real ones have about ten
LONGEST_STATE = 40


@dataclass(frozen=True, slots=True)
class Account:
    """The service's answer about a number.

    `chat_id` is empty if there is no account, or its owner hides it. An answer from the service's
    cache costs nothing of an instance's limit.
    """

    exists: bool
    chat_id: str
    from_cache: bool = False


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

        Raises ServiceError, as `green_meanings` says.
        """
        token, digits = self._tokens[instance], number.removeprefix("+")
        answer = await self.http.ask(
            "POST",
            f"/waInstance{instance}/checkAccount/{token}",
            body={"phoneNumber": int(digits), "force": force},
        )
        body = answer.json or {}
        exists, chat_id = body.get("exist"), body.get("chatId")
        is_answer = answer.status == HTTPStatus.OK and body.get("status") is not False
        if not is_answer or not isinstance(exists, bool):
            raise meaning(answer, token, digits)
        known = exists and isinstance(chat_id, str | int)
        account = str(chat_id).strip()[:LONGEST_ACCOUNT] if known else ""
        return Account(exists, account, from_cache=body.get("fromCache") is True)

    async def state(self, instance: str) -> str:
        """Return an instance's state in the service's word; it looks up nothing.

        Raises ServiceError, as `ask`.
        """
        token = self._tokens[instance]
        answer = await self.http.ask("GET", f"/waInstance{instance}/getStateInstance/{token}")
        state = (answer.json or {}).get("stateInstance")
        if answer.status != HTTPStatus.OK or not isinstance(state, str):
            raise meaning(answer, token)
        return state[:LONGEST_STATE]
