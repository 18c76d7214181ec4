"""Answers with their ETags, so that what is unchanged is not sent again. Bounded; safe to share between threads."""

import threading
from collections import OrderedDict
from collections.abc import Mapping
from http import HTTPStatus

from services.client.exchange import Answer, Query, Request

MOST_ANSWERS = 4_096
"""Kept at once: an answer takes memory although its body is empty."""
_Key = tuple[str, str, Query, tuple[tuple[str, str], ...]]


class KeptAnswers:
    """The answers that were read last."""

    def __init__(self, most_bytes: int) -> None:
        """`most_bytes`: of all bodies together; 0 keeps none."""
        self._most_bytes = most_bytes
        self._bytes = 0
        self._answers: OrderedDict[_Key, Answer] = OrderedDict()
        self._lock = threading.Lock()

    def find(self, request: Request) -> Answer | None:
        """The answer that is kept for a request."""
        key = _key(request)
        with self._lock:
            kept = self._answers.get(key)
            if kept is not None:
                self._answers.move_to_end(key)
            return kept

    def keep(self, request: Request, answer: Answer) -> None:
        """Keep an answer with an ETag that can be sent back."""
        etag = answer.headers.get("etag", "")
        if (
            request.method == "GET"
            and answer.status == HTTPStatus.OK
            and etag.isascii()
            and etag.isprintable()
            and etag
        ):
            with self._lock:
                self._keep(_key(request), answer)

    def _keep(self, key: _Key, answer: Answer) -> None:
        before = self._answers.pop(key, None)
        self._bytes -= len(before.body) if before else 0
        if len(answer.body) > self._most_bytes:
            return
        self._answers[key] = answer
        self._bytes += len(answer.body)
        while self._bytes > self._most_bytes or len(self._answers) > MOST_ANSWERS:
            _, oldest = self._answers.popitem(last=False)
            self._bytes -= len(oldest.body)


def conditions(kept: Answer | None) -> Mapping[str, str]:
    """Headers that ask for an answer only if it is another one than the kept one."""
    return {} if kept is None else {"If-None-Match": kept.headers["etag"]}


def with_body(answer: Answer, kept: Answer | None) -> Answer:
    """The answer; for "not modified" the one that the request named as kept, which may be kept no longer."""
    if answer.status != HTTPStatus.NOT_MODIFIED or kept is None:
        return answer
    return Answer(kept.status, {**kept.headers, **answer.headers}, kept.body)


def _key(request: Request) -> _Key:
    return request.service, request.path, request.query, tuple(sorted(request.headers.items()))
