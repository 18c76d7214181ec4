"""One call, over as many requests as it takes: waits as long as the service asks, within bounds. Does no I/O itself.

A conversation is a generator of steps. Whoever runs it sends each request or waits each pause, and sends back what came
of it: so the same rules serve clients that block and clients that do not.
"""

from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from typing import TypeAlias, TypeVar

from services.client.exchange import Answer, Call, Request, Service, Unanswered
from services.client.kept_answers import KeptAnswers, conditions, with_body
from services.client.pace import Pace
from services.client.problems import error_of, no_answer_error, retry_after

T = TypeVar("T")
_COME_BACK = frozenset((HTTPStatus.CONFLICT, HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE))
"""With `Retry-After`: the same request may succeed then."""
_LEAST_PAUSE_SECONDS = 0.1


@dataclass(frozen=True)
class Pause:
    """Wait before the next step."""

    seconds: float


Conversation: TypeAlias = Generator[Request | Pause, Answer | Unanswered | None, T]
"""Steps; for a request what came of it is sent in, for a pause None. Returns what the call is about."""


@dataclass
class Manners:
    """How this client behaves towards the services, and what it has learnt of them."""

    addresses: Mapping[Service, str]
    patience_seconds: float
    """Longest time to wait for one call altogether, where the service asks to wait."""
    kept: KeptAnswers
    clock: Callable[[], float]
    """Seconds, only ever growing."""
    paces: Mapping[Service, Pace] = field(default_factory=lambda: {service: Pace() for service in Service})

    def converse(self, call: Call[T]) -> Conversation[T]:
        """Steps of a call.

        Raises:
            UnavailableError: Nothing answers, or not for now, and not within the patience either.
            RefusedError: Any other answer than success.
            UnreadableAnswerError: The answer cannot be read.
        """
        request, patience = call.request, self.patience_seconds
        pace = self.paces[request.service]
        while True:
            wait = pace.wait_seconds(self.clock())
            if 0 < wait <= patience:
                patience -= wait
                yield Pause(wait)
            kept = self.kept.find(request)
            outcome = yield replace(request, headers={**request.headers, **conditions(kept)})
            answer = self._answered(request, outcome)
            pace.note(answer, self.clock())
            asked = _asked_pause(answer)
            if asked is None or asked > patience:
                return self._read(call, with_body(answer, kept))
            patience -= asked
            yield Pause(asked)

    def _answered(self, request: Request, outcome: Answer | Unanswered | None) -> Answer:
        if isinstance(outcome, Answer):
            return outcome
        missing = outcome or Unanswered("no answer was given")
        raise no_answer_error(missing, self.addresses[request.service])

    def _read(self, call: Call[T], answer: Answer) -> T:
        if not answer.is_success:
            raise error_of(call.request, answer, self.addresses[call.request.service])
        self.kept.keep(call.request, answer)
        return call.read(answer)


def _asked_pause(answer: Answer) -> float | None:
    """How long the service asks to be left alone; None: it does not."""
    seconds = retry_after(answer) if answer.status in _COME_BACK else None
    return None if seconds is None else max(seconds, _LEAST_PAUSE_SECONDS)
