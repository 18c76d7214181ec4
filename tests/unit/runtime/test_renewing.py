"""Work under a lease that is renewed meanwhile."""

import asyncio

import pytest
from structlog.testing import capture_logs

from services.runtime.errors import TransientError
from services.runtime.leases import renewing


async def test_renewals_that_are_not_answered_count_only_when_the_lease_is_about_to_end() -> None:
    is_done = asyncio.Event()
    answers = iter([TransientError("the store does not answer"), None, None])

    async def work() -> str:
        await is_done.wait()
        return "done"

    async def renew() -> None:
        answer = next(answers, None)
        if answer is not None:
            raise answer
        is_done.set()

    with capture_logs() as logs:
        assert await asyncio.wait_for(renewing(work(), renew, name="lease of tests", lease_seconds=3), 20) == "done"
    assert [line["lease"] for line in logs] == ["lease of tests"]


async def test_work_is_given_up_when_no_renewal_is_answered_before_the_lease_ends() -> None:
    is_given_up = asyncio.Event()
    asked = 0

    async def work() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            is_given_up.set()

    async def renew() -> None:
        nonlocal asked
        asked += 1
        raise TransientError("the store does not answer")

    with pytest.raises(TransientError):
        await asyncio.wait_for(renewing(work(), renew, name="lease of tests", lease_seconds=0.3), 10)
    assert asked <= 2
    await asyncio.wait_for(is_given_up.wait(), 10)
