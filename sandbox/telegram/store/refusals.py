"""How pretend Telegram says no."""

from http import HTTPStatus

from sandbox.telegram.store.chats import Json

_PREFIX = {
    HTTPStatus.BAD_REQUEST: "Bad Request: ",
    HTTPStatus.FORBIDDEN: "Forbidden: ",
    HTTPStatus.NOT_FOUND: "Not Found: ",
    HTTPStatus.CONFLICT: "Conflict: ",
}


class RefusedError(Exception):
    """A call that Telegram refuses: what it says, the HTTP status, and ResponseParameters."""

    def __init__(
        self,
        description: str,
        code: int = HTTPStatus.BAD_REQUEST,
        parameters: Json | None = None,
    ) -> None:
        prefix = _PREFIX.get(HTTPStatus(code), "")
        plain = description in {"Not Found", "Request Entity Too Large"}
        said = description if plain or description.startswith(prefix) else prefix + description
        super().__init__(said)
        self.description = said
        self.code = int(code)
        self.parameters = parameters

    def to_json(self) -> Json:
        """Write the body of the answer."""
        body: Json = {"ok": False, "error_code": self.code, "description": self.description}
        return body | ({"parameters": self.parameters} if self.parameters else {})


def forbidden(description: str) -> RefusedError:
    """Make a 403."""
    return RefusedError(description, HTTPStatus.FORBIDDEN)


def flooded(seconds: int) -> RefusedError:
    """Make a 429 that asks to wait so many seconds."""
    return RefusedError(
        f"Too Many Requests: retry after {seconds}",
        HTTPStatus.TOO_MANY_REQUESTS,
        {"retry_after": seconds},
    )
