"""`Idempotency-Key`: a request that is sent again gets the answer that it got the first time.

Source: draft-ietf-httpapi-idempotency-key-header-07 (The Idempotency-Key HTTP Header Field).

Articles are idempotent by themselves: the same content is the same revision and the same message. So nothing is lost
or doubled when a process dies between publishing and keeping the answer: the claim on the key runs out within seconds,
and the same request, sent again, is worked on again and comes to the same. What a key adds is the same *answer*, and
that two different requests are never taken for one.
"""

import asyncio
import hashlib
import re
import secrets
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from http import HTTPStatus
from typing import Protocol

import structlog
from pydantic import BaseModel, ConfigDict

from services.ingest.push.receiving import Refusal
from services.runtime.errors import TransientError
from services.runtime.problems import problem_response

log = structlog.get_logger()

HEADER = "Idempotency-Key"
REPLAYED = "Idempotency-Replayed"
"""Header of an answer that was given before."""
MAX_KEY_CHARS = 255
_BARE = rf"[!#-\[\]-~]{{1,{MAX_KEY_CHARS}}}"
KEY_PATTERN = rf"^(?:{_BARE}|\"{_BARE}\")$"
"""A string in quotes, as the draft has it, or the same without quotes, as many clients send it."""
RENEW_SECONDS = 5.0
"""Between two signs of life of a request in hand. A claim holds three times as long."""
CLAIM_SECONDS = 15


class Kept(BaseModel):
    """What is kept at a key: the request that it belongs to, and its answer, once there is one."""

    model_config = ConfigDict(frozen=True)

    fingerprint: str
    owner: str
    """Which try works on it."""
    request_id: str | None = None
    answer: str | None = None
    """The body of the answer. Only success is kept: what was refused may be corrected under the same key."""


class Answers(Protocol):
    """Keeps answers by key. Every method raises TransientError when the store does not answer."""

    async def claim(self, key: str, claim: Kept) -> Kept | None:
        """Claim the key for `CLAIM_SECONDS`, unless somebody has: then what is kept there."""
        ...

    async def renew(self, key: str) -> None:
        """Hold the claim for `CLAIM_SECONDS` more."""
        ...

    async def keep(self, key: str, answered: Kept) -> None:
        """Put the answer in the claim's place."""
        ...

    async def give_up(self, key: str, claim: Kept) -> None:
        """Free the key, if the claim still holds it."""
        ...


def idempotency_key(values: Sequence[str]) -> str | None:
    """The key that the values of all `Idempotency-Key` headers give, without quotes; None: none.

    Raises:
        Refusal: 400, there is more than one, or it is not a valid key.
    """
    if not values:
        return None
    if len(values) != 1 or not re.fullmatch(KEY_PATTERN, values[0].strip()):
        detail = f"Send one {HEADER} of at most {MAX_KEY_CHARS} visible ASCII characters, such as a UUID."
        raise Refusal(problem_response(HTTPStatus.BAD_REQUEST, detail=detail))
    return values[0].strip().strip('"')


def store_key(scope_id: str, key: str) -> str:
    """The name under which a client's key is kept: of fixed length, whatever the client made up."""
    return hashlib.sha256(f"{scope_id}\x1f{key}".encode()).hexdigest()


def fingerprint(body: bytes, *, json_lines: bool, skip: bool) -> str:
    """What makes two requests the same: the unpacked body, how it is read, and what is done about faults."""
    return hashlib.sha256(f"{json_lines}\x1f{skip}\x1f".encode() + hashlib.sha256(body).digest()).hexdigest()


class Attempt:
    """One try of a request with a key. `earlier`: the answer that it had before."""

    def __init__(self, answers: Answers, key: str, claim: Kept, earlier: Kept | None) -> None:
        self.earlier = earlier
        self._answers = answers
        self._key = key
        self._claim = claim
        self.answered = False

    async def keep(self, request_id: str, answer: str) -> None:
        """Keep the answer. What it says is true also where the store does not take it: it is given all the same."""
        self.answered = True
        try:
            answered = self._claim.model_copy(update={"request_id": request_id, "answer": answer})
            await self._answers.keep(self._key, answered)
        except TransientError as error:
            log.warning("answer not kept for its idempotency key", reason=str(error))


@asynccontextmanager
async def attempt(answers: Answers, key: str, request_fingerprint: str) -> AsyncIterator[Attempt]:
    """Have the key for this request as long as the block runs; without an answer kept it is free again afterwards.

    Raises:
        Refusal: 422, the key belongs to another request; 409, the same request is worked on right now.
        TransientError: the store does not answer.
    """
    claim = Kept(fingerprint=request_fingerprint, owner=secrets.token_hex(8))
    kept = await answers.claim(key, claim)
    if kept is not None and kept.fingerprint != request_fingerprint:
        detail = f"This {HEADER} was used for another request. Take a new one for a new body."
        raise Refusal(problem_response(HTTPStatus.UNPROCESSABLE_ENTITY, "The key belongs to another request", detail))
    if kept is not None and kept.answer is None:
        detail = f"The request with this {HEADER} is being worked on. Ask again for its answer."
        headers = {"Retry-After": "1"}
        raise Refusal(problem_response(HTTPStatus.CONFLICT, "In progress", detail, headers=headers))
    ours = Attempt(answers, key, claim, kept)
    if kept is not None:
        yield ours
        return
    renewing = asyncio.create_task(_renew(answers, key))
    try:
        yield ours
    finally:
        renewing.cancel()
        if not ours.answered:
            with suppress(TransientError):  # the claim runs out by itself
                await answers.give_up(key, claim)


async def _renew(answers: Answers, key: str) -> None:
    while True:
        await asyncio.sleep(RENEW_SECONDS)
        with suppress(TransientError):
            await answers.renew(key)
