"""The error answers of pretend Telegram."""

from http import HTTPStatus

from sandbox.telegram.store.chats import Json

_PREFIX = {
    HTTPStatus.BAD_REQUEST: "Bad Request: ",
    HTTPStatus.FORBIDDEN: "Forbidden: ",
    HTTPStatus.NOT_FOUND: "Not Found: ",
    HTTPStatus.CONFLICT: "Conflict: ",
}


class RefusedError(Exception):
    """A refused call: description, HTTP status and ResponseParameters."""

    def __init__(
        self,
        description: str,
        code: int = HTTPStatus.BAD_REQUEST,
        parameters: Json | None = None,
    ) -> None:
        prefix = _PREFIX.get(HTTPStatus(code), "")
        plain = description in {"Not Found", "Logged out", "Request Entity Too Large"}
        if not plain and not description.startswith(prefix):
            description = prefix + description
        super().__init__(description)
        self.description = description
        self.code = int(code)
        self.parameters = parameters

    def to_json(self) -> Json:
        """Return the body of the answer."""
        body: Json = {"ok": False, "error_code": self.code, "description": self.description}
        return body | ({"parameters": self.parameters} if self.parameters else {})


def forbidden(description: str) -> RefusedError:
    """Return a 403."""
    return RefusedError(description, HTTPStatus.FORBIDDEN)


def flooded(seconds: int) -> RefusedError:
    """Return a 429 with `retry_after` seconds."""
    return RefusedError(
        f"Too Many Requests: retry after {seconds}",
        HTTPStatus.TOO_MANY_REQUESTS,
        {"retry_after": seconds},
    )
