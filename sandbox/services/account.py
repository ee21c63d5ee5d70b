"""A customer's account at a pretend service: API key, balance, lists accepted and refused."""

import random
import re
from collections.abc import Sequence
from decimal import Decimal
from http import HTTPStatus

from aiohttp import web

from sandbox.http.forms import Upload, form_of
from sandbox.services.amounts import Amounts
from sandbox.services.tasks import DETAILS, Pace, Post, Task

MB = 1024 * 1024
_E164 = re.compile(r"\+[1-9]\d{6,14}")
_ID_LETTERS = "0123456789abcdefghijklmnopqrstuv"
_ID = re.compile(f"d4[{_ID_LETTERS}]{{18}}")


class ServiceError(Exception):
    """A request that the service refuses, free of charge."""

    def __init__(self, status: int, error: str, message: str) -> None:
        super().__init__(message)
        self.status = int(status)
        self.body = {"error": error, "message": message}


class Account:
    """The account of a service's one customer. Tests may change public attributes at any time."""

    def __init__(self, seed: int, types: Sequence[str], *, details: bool) -> None:
        chance = random.Random(f"service {seed}")
        self.api_key = "".join(chance.choices(_ID_LETTERS, k=32))
        self.user_id = "".join(chance.choices(_ID_LETTERS, k=20))
        self.pace = Pace()
        self.price = 0.001
        """Per number, of checks that have no price of their own in `amounts`."""
        self.balance = 1000.0
        self.balance_in_words = False
        """Whether the balance is told as its other amounts are, as text."""
        self.balance_status = int(HTTPStatus.OK)
        """Status of GET /v1/balance: 200, or 404, 405, 502 where it doesn't exist."""
        self.created_status = int(HTTPStatus.OK)
        """Status of an accepted create request: 200 or 202."""
        self.minimums = dict.fromkeys([*types, *([DETAILS] if details else [])], 1)
        """The known task types, each with the fewest compliant numbers of a list."""
        self.unfit: set[str] = set()
        """Numbers that the service's own cleaning drops: they aren't compliant."""
        self.amounts = {DETAILS: Amounts(estimated=False, told_in=frozenset())}
        """What lists of a task type cost, and what is told of it; see `amounts_of`."""
        self.max_bytes = 100 * MB
        self.url_seconds = 900.0
        """Lifetime of a result URL."""
        self.known: dict[str, str] = {}
        """Fixed answers by number; they override drawn ones."""
        self.tasks: list[Task] = []
        """Every accepted list, in order."""
        self.posts: list[Post] = []
        """Every create request, including refused and lost ones."""
        self._chance, self._seed = chance, seed

    def admit(self, request: web.Request) -> None:
        """Check the API key."""
        if request.headers.get("X-API-Key") != self.api_key:
            raise ServiceError(401, "unauthorized", "invalid API key")

    def check_user(self, user_id: object) -> None:
        """Check the user id, which "WhatsApp details" wants beside the key."""
        if user_id != self.user_id:
            raise ServiceError(400, "invalid_user", "user_id is wrong")

    async def read(self, request: web.Request, post: Post) -> None:
        """Parse a create request into `post`, as strictly as the real service.

        Raises:
            ServiceError: the service refuses it.
        """
        self.admit(request)
        if request.content_type != "multipart/form-data":
            raise ServiceError(400, "invalid_request", "multipart/form-data expected")
        fields = await form_of(request)
        form = dict(fields)
        file, details = form.get("file"), request.path.startswith("/wa/")
        wanted = {"file", "user_id"} if details else {"file", "task_type"}
        if form.keys() != wanted or len(fields) != len(wanted) or not isinstance(file, Upload):
            raise ServiceError(400, "invalid_request", f"fields {sorted(wanted)} expected")
        if details:
            self.check_user(form["user_id"])
        data = file.data
        post.file_name = file.name
        post.task_type = DETAILS if details else str(form["task_type"])
        if len(data) > self.max_bytes:
            raise ServiceError(413, "file_too_large", f"more than {self.max_bytes} bytes")
        text = data.decode("utf-8", "replace")
        post.numbers = text.removesuffix("\n").split("\n") if text else []
        self._check(post)

    def take(self, post: Post, now: float) -> Task:
        """Accept the list and charge for it."""
        task = Task(
            task_id="d4" + "".join(self._chance.choices(_ID_LETTERS, k=18)),
            task_type=post.task_type,
            numbers=post.numbers,
            file_name=post.file_name,
            created=now,
            updated=now,
            user_id=self.user_id,
            seed=self._seed,
            pace=self.pace,
            known=self.known,
        )
        self.tasks.append(task)
        self.balance = round(self.balance - float(self.cost_of(post)), 6)
        post.task_id, post.charged = task.task_id, True
        return task

    def amounts_of(self, task_type: str) -> Amounts:
        """Return what lists of a task type cost."""
        return self.amounts.setdefault(task_type, Amounts())

    def cost_of(self, some: Post | Task) -> Decimal:
        """Return what a list costs."""
        own = self.amounts_of(some.task_type).price
        return Decimal(str(self.price if own is None else own)) * len(some.numbers)

    def find(self, task_id: str, *, details: bool) -> Task:
        """Look up a task.

        Raises:
            ServiceError: there is none (404), or this is no id of the service's (400).
        """
        if not _ID.fullmatch(task_id):
            raise ServiceError(400, "invalid_request", "Invalid task ID")
        for task in self.tasks:
            if task.task_id == task_id and task.details == details:
                return task
        raise ServiceError(404, "task_not_found", "no such task")

    def _check(self, post: Post) -> None:
        if post.task_type not in self.minimums or (
            post.task_type == DETAILS and not post.path.startswith("/wa/")
        ):
            raise ServiceError(400, "invalid_task_type", f"unknown task_type {post.task_type}")
        if any(not _E164.fullmatch(number) for number in post.numbers):
            raise ServiceError(400, "invalid_file", "one E.164 number per line expected")
        count = sum(number not in self.unfit for number in post.numbers)
        minimum = self.minimums[post.task_type]
        if count < max(minimum, 1):
            message = (
                f"only {count} compliant numbers remain for {post.task_type}, "
                f"which is less than the minimum {minimum}"
            )
            raise ServiceError(400, "invalid_batch_size", message)
        if self.cost_of(post) > self.balance:
            raise ServiceError(402, "insufficient_balance", "balance is too low")
