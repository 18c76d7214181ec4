"""Fetches from the web: safe against servers that mean harm, and polite to the others."""

import asyncio
import re
import ssl
import time
from collections.abc import AsyncIterator, Collection, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from importlib.metadata import PackageNotFoundError, version
from typing import Protocol
from urllib.parse import urlencode

import httpcore
import structlog

from services.ingest import metrics
from services.ingest.fetching.ended import FetchEnded
from services.ingest.fetching.exchange import Request, exchange
from services.ingest.fetching.fetched import NO_VALIDATORS, Fetched, Outcome, Validators
from services.ingest.fetching.heads import PERMANENT_REDIRECTS, SAME_METHOD_REDIRECTS, Head, usable
from services.ingest.fetching.hosts import HostTurns
from services.ingest.fetching.settings import FetchSettings
from services.runtime.clock import Clock
from services.runtime.outbound.network import CheckedBackend, Resolver, SystemResolver
from services.runtime.outbound.refused import RefusedAddress, one_line
from services.runtime.outbound.web_address import WebAddress

log = structlog.get_logger()

PRODUCT = "Newsweave"
"""By this name a robots.txt calls us."""
KEEPALIVE_SECONDS = 5.0
"""How long a connection is kept for the next request: a page right after its robots.txt."""
MAX_IDLE_CONNECTIONS = 16
"""Idle ones. httpcore looks at all of them at each request, and at all again for each: with 256 a fetch took 9 ms."""
SUCCESSES = frozenset((Outcome.FETCHED, Outcome.UNCHANGED, Outcome.EMPTY, Outcome.ACCEPTED))
"""Outcomes that are logged only when debugging."""

_PASSWORD = re.compile(r"//[^/?#]*@")


class RequestPolicy(Protocol):
    """Decides on each request of one fetch. Both methods may raise FetchEnded, which ends the fetch."""

    async def before(self, address: WebAddress) -> float:
        """Called before each request, also after redirects. Returns the pause in seconds that the host wants."""
        ...

    def after(self, address: WebAddress, head: Head) -> None:
        """Called with the head of each answer, before its body is read."""
        ...


@dataclass
class _FetchState:
    """How far one fetch has come."""

    url: str
    seconds_left: float
    seen: set[str] = field(default_factory=set)
    head: Head | None = None
    address: WebAddress | None = None
    moved_to: str | None = None
    is_permanent: bool = True

    def go_on(self, status: int, target: WebAddress) -> None:
        """Follow a redirect."""
        self.is_permanent = self.is_permanent and status in PERMANENT_REDIRECTS
        if self.is_permanent:
            self.moved_to = str(target)


class Fetcher:
    """Fetches one address at a time for whoever asks; see `open_fetcher`."""

    def __init__(
        self, pool: httpcore.AsyncConnectionPool, turns: HostTurns, settings: FetchSettings, clock: Clock
    ) -> None:
        self._pool = pool
        self._turns = turns
        self._settings = settings
        self._rules = settings.address_rules
        self._places = asyncio.Semaphore(settings.fetch_concurrency)
        self._clock = clock
        self._plain = Request(
            user_agent=user_agent(settings.fetch_contact),
            connect_timeout_seconds=settings.fetch_connect_timeout_seconds,
            read_timeout_seconds=settings.fetch_read_timeout_seconds,
            max_bytes=settings.fetch_max_bytes,
        )

    async def fetch(
        self,
        url: str,
        *,
        validators: Validators = NO_VALIDATORS,
        accept: Collection[str] = (),
        max_bytes: int | None = None,
        truncate: bool = False,
        policy: RequestPolicy | None = None,
    ) -> Fetched:
        """Fetch an address, with its redirects, when its host's turn comes.

        Args:
            url: the address.
            validators: of the last fetch, so that the server can say that nothing has changed.
            accept: media types that are taken, such as `text/html` or `text/*`; empty: any. An answer that names no
                type is taken.
            max_bytes: largest body, as sent and as unpacked. Default: `fetch_max_bytes`.
            truncate: take the first `max_bytes` of a larger body, instead of refusing it.
            policy: see `RequestPolicy`. Default: everything is allowed.

        Returns:
            How it ended. Nothing that a server does raises.
        """
        request = replace(self._plain, validators=validators, accept=accept, truncate=truncate)
        if max_bytes is not None:
            request = replace(request, max_bytes=max_bytes)
        return await self._carry_out(url, request, policy)

    async def post(self, url: str, form: Mapping[str, str]) -> Fetched:
        """Send a form to an address, when its host's turn comes. `accepted` is any 2xx; the answer's body is not kept.

        Redirects are followed that leave it a POST (307, 308). Nothing that a server does raises.
        """
        return await self._carry_out(url, replace(self._plain, form=urlencode(form).encode()), None)

    async def _carry_out(self, url: str, request: Request, policy: RequestPolicy | None) -> Fetched:
        state = _FetchState(url, self._settings.fetch_total_timeout_seconds)
        try:
            content = await self._follow(state, request, policy)
            fetched = self._arrived(state, content, request)
        except RefusedAddress as refused:
            fetched = self._stopped(state, FetchEnded(Outcome.REFUSED_ADDRESS, refused.reason))
        except FetchEnded as end:
            fetched = self._stopped(state, end)
        metrics.FETCHES.labels(fetched.outcome).inc()
        metrics.FETCH_SECONDS.observe(self._settings.fetch_total_timeout_seconds - state.seconds_left)
        say = log.debug if fetched.outcome in SUCCESSES else log.info
        say("fetch ended", url=one_line(_PASSWORD.sub("//", url)), outcome=fetched.outcome, reason=fetched.reason)
        return fetched

    async def _follow(self, state: _FetchState, request: Request, policy: RequestPolicy | None) -> bytes:
        """Go from address to address; the body of the last."""
        address = self._rules.read(state.url)
        for _ in range(self._settings.fetch_max_redirects + 1):
            state.seen.add(str(address))
            content = await self._ask(state, address, request, policy)
            head = state.head
            if head is None or head.location is None:
                return content
            if request.form is not None and head.status not in SAME_METHOD_REDIRECTS:
                raise FetchEnded(Outcome.BAD_RESPONSE, f"status {head.status} to a POST: it would become a GET")
            address = self._rules.read(head.location, base=address)
            if str(address) in state.seen:
                raise FetchEnded(Outcome.TOO_MANY_REDIRECTS, "the redirects go round in a circle")
            state.go_on(head.status, address)
        raise FetchEnded(Outcome.TOO_MANY_REDIRECTS, f"more than {self._settings.fetch_max_redirects} redirects")

    async def _ask(
        self, state: _FetchState, address: WebAddress, request: Request, policy: RequestPolicy | None
    ) -> bytes:
        def see_head(head: Head) -> None:
            state.head = head
            if policy:
                policy.after(address, head)

        pause = await policy.before(address) if policy else 0.0
        async with self._turns.turn(address.host, pause), self._places:
            state.address, state.head = address, None
            started = time.monotonic()
            try:
                return await exchange(self._pool, address, request, seconds=state.seconds_left, see_head=see_head)
            finally:
                state.seconds_left -= time.monotonic() - started

    def _arrived(self, state: _FetchState, content: bytes, request: Request) -> Fetched:
        """The end after a whole answer."""
        head, sent = state.head, request.validators
        assert head is not None  # there was an answer
        if request.form is not None and head.is_success:
            return self._ended(state, Outcome.ACCEPTED)
        outcome = head.failure or (Outcome.FETCHED if content else Outcome.EMPTY)
        if outcome is Outcome.UNCHANGED and usable(sent) == NO_VALIDATORS:
            raise FetchEnded(Outcome.BAD_RESPONSE, "304 although nothing was sent to compare with")
        fetched = self._ended(state, outcome)
        if outcome not in SUCCESSES:
            return replace(fetched, reason=f"status {head.status}")
        return replace(
            fetched,
            moved_to=state.moved_to,
            content=content,
            validators=sent if outcome is Outcome.UNCHANGED else head.validators,
        )

    def _stopped(self, state: _FetchState, end: FetchEnded) -> Fetched:
        """The end for a reason of ours."""
        return replace(self._ended(state, end.outcome), reason=end.reason)

    def _ended(self, state: _FetchState, outcome: Outcome) -> Fetched:
        head, now = state.head, self._clock.now()
        fetched = Fetched(outcome, state.url, now, final_url=str(state.address) if state.address else None)
        if head is None:
            return fetched
        return replace(
            fetched,
            status=head.status,
            headers=head.headers,
            content_type=head.content_type,
            charset=head.charset,
            retry_after_seconds=head.retry_after_seconds(now),
        )


def user_agent(contact: str) -> str:
    """How we call ourselves: name, version, and where to reach who runs us."""
    try:
        name = f"{PRODUCT}/{version('newsweave')}"
    except PackageNotFoundError:  # run from a folder, not installed
        name = PRODUCT
    return f"{name} (+{contact})" if contact else name


@asynccontextmanager
async def open_fetcher(
    settings: FetchSettings, clock: Clock, *, resolver: Resolver | None = None
) -> AsyncIterator[Fetcher]:
    """A fetcher, with its connections closed at the end.

    Args:
        settings: limits, and what may be reached.
        clock: tells when a fetch ended.
        resolver: finds addresses of names. Default: the system's.
    """
    if not settings.fetch_contact:
        log.warning("sites cannot reach you: set NEWSWEAVE_FETCH_CONTACT to an address of a page or of mail")
    system = SystemResolver()
    backend = CheckedBackend(settings.address_policy, resolver or system, httpcore.AnyIOBackend())
    pool = httpcore.AsyncConnectionPool(
        ssl_context=_ssl_context(settings),
        max_connections=settings.fetch_concurrency,
        max_keepalive_connections=MAX_IDLE_CONNECTIONS,
        keepalive_expiry=KEEPALIVE_SECONDS,
        http2=True,
        network_backend=backend,
    )
    turns = HostTurns(concurrency=settings.fetch_host_concurrency, delay_seconds=settings.fetch_host_delay_seconds)
    try:
        async with pool:
            yield Fetcher(pool, turns, settings, clock)
    finally:
        system.close()


def _ssl_context(settings: FetchSettings) -> ssl.SSLContext:
    context = httpcore.default_ssl_context()
    if settings.fetch_ca_file is not None:
        context.load_verify_locations(settings.fetch_ca_file)
    return context
