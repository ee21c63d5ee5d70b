"""Work that its caller can't leave half done."""

import asyncio
import gc
from collections.abc import Callable

import pytest

from bot.telegram.send_queue import QueuedCall
from runtime.finishing import finished
from storage.engines.base import LostLeaseError


async def _calm() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


async def test_a_cancelled_caller_waits_until_the_work_has_ended() -> None:
    """Protects what the caller closes afterwards."""
    gate, ended = asyncio.Event(), list[str]()

    async def work() -> None:
        await gate.wait()
        ended.append("work")

    async def call() -> None:
        try:
            await finished(work(), lambda: ended.append("given up"))
        finally:
            ended.append("caller")

    caller = asyncio.create_task(call())
    await _calm()
    caller.cancel()
    await _calm()
    assert ended == ["given up"]
    gate.set()
    with pytest.raises(asyncio.CancelledError):
        await caller
    assert ended == ["given up", "work", "caller"]


@pytest.mark.parametrize("times", [1, 2])
async def test_a_fault_after_cancelling_is_not_reported_as_one_of_ours(
    caplog: pytest.LogCaptureFixture, times: int
) -> None:
    """Protects the log of a replica that was struck off: each of its last writes fails."""
    await _cancelled_in_the_middle_of_what_fails(times)
    await _calm()
    assert _reported(caplog) == ""


async def _cancelled_in_the_middle_of_what_fails(times: int) -> None:
    gate = asyncio.Event()

    async def work() -> None:
        await gate.wait()
        raise LostLeaseError("lease lost")

    caller = asyncio.create_task(finished(work()))
    await _calm()
    for _ in range(times):  # a stop that takes too long cancels again
        caller.cancel()
        await _calm()
    gate.set()
    await asyncio.wait([caller])
    assert caller.cancelled()


async def test_a_call_that_nobody_waits_for_fails_in_silence(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Protects the log: what a person cancelled is still sent, and may fail."""

    def fail() -> None:
        async def never(_: object) -> None: ...

        QueuedCall(None, never, (0, 0)).done.set_exception(LostLeaseError("lease lost"))

    await _after(fail)
    assert _reported(caplog) == ""


async def _after(work: Callable[[], None]) -> None:
    work()
    await _calm()


def _reported(caplog: pytest.LogCaptureFixture) -> str:
    gc.collect()  # asyncio reports an error that nobody took when its future is collected
    return caplog.text
