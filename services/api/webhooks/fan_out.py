"""From the update log to deliveries: which webhooks are told of which versions of which events."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from starlette.concurrency import run_in_threadpool

from services.api.errors import Refused
from services.api.filters.facts import EventFacts, facts_of
from services.api.filters.matching import matches
from services.api.history.entries import moment_of, place_of
from services.api.history.packing import DamagedPack
from services.api.history.reading import read_version
from services.api.saved_searches.saved_search import Alert, SavedSearch
from services.api.saved_searches.saved_search_store import SavedSearchStore
from services.api.updates.positions import BEGINNING, order_of
from services.api.updates.update_log import Update, UpdateLog
from services.api.view_store import ViewStore
from services.api.webhooks.alerts import causes_between, single_origin_since
from services.api.webhooks.delivery import Delivery, message_id
from services.api.webhooks.delivery_store import DeliveryStore, Made
from services.api.webhooks.messages import ALERT, CHANGED, event_message
from services.api.webhooks.webhook import Webhook
from services.api.webhooks.webhook_store import WebhookStore
from services.contracts.event import Event
from services.runtime.clock import Clock
from services.runtime.leases import Lease

log = structlog.get_logger()

UPDATES_AT_A_TIME = 50
CLOCKS_APART = timedelta(minutes=1)
"""How far the clocks of broker and api may be apart: a version of so long before a webhook was made still counts."""


@dataclass(frozen=True)
class Step:
    """One update: an event in its new version and in the one before."""

    event: Event
    at: datetime
    """When the new version was first to be had."""
    previous: Event | None
    previous_version: int


@dataclass(frozen=True)
class Subscription:
    """A webhook with the search that it uses."""

    webhook: Webhook
    search: SavedSearch


class FanOut:
    """Makes deliveries."""

    def __init__(
        self,
        *,
        store: ViewStore,
        updates: UpdateLog,
        searches: SavedSearchStore,
        webhooks: WebhookStore,
        deliveries: DeliveryStore,
        clock: Clock,
    ) -> None:
        self._store = store
        self._updates = updates
        self._searches = searches
        self._webhooks = webhooks
        self._deliveries = deliveries
        self._clock = clock

    async def step(self, lease: Lease) -> int:
        """Make the deliveries of the next part of the log, and note it, at one moment; how many updates it had.

        Raises:
            Fenced: another replica delivers by now.
            TransientError: Redis does not answer.
        """
        cursor = await self._deliveries.cursor()
        updates = await self._updates.read(cursor, UPDATES_AT_A_TIME)
        if not updates:
            return 0
        subscriptions = await self._subscriptions()
        if subscriptions:
            await self._warn_of_what_is_gone(cursor)
        position = updates[-1].position
        made = await self._made(updates, subscriptions, position) if subscriptions else Made(position)
        await self._deliveries.make(lease, made)
        return len(updates)

    async def wait_for_news(self, seconds: float) -> None:
        """Until the log has more than deliveries were made of, or so many seconds. Raises TransientError."""
        await self._updates.read(await self._deliveries.cursor(), 1, block_ms=int(1000 * seconds))

    async def _warn_of_what_is_gone(self, cursor: str) -> None:
        floor = await self._updates.floor()
        if cursor != BEGINNING and order_of(cursor) < order_of(floor):
            log.warning(
                "the update log does not reach back to where webhooks were, some changes may not be sent",
                read_up_to=cursor,
                log_begins_at=floor,
            )

    async def _subscriptions(self) -> list[Subscription]:
        searches = {search.name: search for search in await self._searches.all()}
        return [
            Subscription(webhook, searches[webhook.saved])
            for webhook in await self._webhooks.all()
            if webhook.is_active and webhook.saved in searches
        ]

    async def _made(self, updates: Iterable[Update], subscriptions: list[Subscription], position: str) -> Made:
        since = min(each.webhook.created_at for each in subscriptions) - CLOCKS_APART
        new = [update for update in updates if moment_of(order_of(update.position)[0]) >= since]
        steps = [step for update in new if (step := await self._step_of(update)) is not None]
        deliveries = await run_in_threadpool(_deliveries_of, steps, subscriptions, self._clock.now())
        waits = [each for each in subscriptions if Alert.SINGLE_ORIGIN_6H in each.search.alerts]
        if not waits:
            return Made(position, deliveries)
        times = [step.event.updated_at.timestamp() for step in steps]
        clock = max([await self._deliveries.clock(), *times])
        ends = {step.event.event_id: single_origin_since(step.event) for step in steps}
        waiting = {event_id: end.timestamp() for event_id, end in ends.items() if end is not None}
        over = [*await self._deliveries.over(clock), *(one for one, end in waiting.items() if end <= clock)]
        alerted, settled, alerts = await self._single_origins(dict.fromkeys(over), waits)
        settled += [event_id for event_id, end in ends.items() if end is None]
        return Made(position, [*deliveries, *alerts], clock, waiting, alerted, settled)

    async def _step_of(self, update: Update) -> Step | None:
        """The versions that an update tells of; None where they are gone: the view was rebuilt since."""
        history, event_id = self._store.history, update.event_id
        entries = await history.versions(event_id)
        place = place_of(entries, update.version)
        before = place_of(entries, update.previous_version)
        try:
            if place is None:
                return None
            now = await _event(await read_version(history, event_id, entries, place))
            previous = None
            if before is not None:
                previous = await _event(await read_version(history, event_id, entries, before))
        except (DamagedPack, Refused) as error:  # it is damaged, or was dropped while it was read
            log.error("a version cannot be read, webhooks are not told of it", event=event_id, reason=str(error))  # noqa: TRY400
            return None
        return Step(now, entries[place].at, previous, update.previous_version)

    async def _single_origins(
        self, event_ids: Iterable[str], waits: list[Subscription]
    ) -> tuple[list[str], list[str], list[Delivery]]:
        """Of events whose six hours are over: those told of, those that have a second origin, the deliveries."""
        alerted, settled, deliveries = [], [], []
        for event_id in event_ids:
            stored = await self._store.event(event_id)
            event = None if stored is None else await _event(stored.document)
            if event is None or single_origin_since(event) is None:
                settled.append(event_id)
                continue
            alerted.append(event_id)
            facts, now = facts_of(event), self._clock.now()
            for each in waits:
                if matches(each.search.filter, facts):
                    step = Step(event, now, event, event.version)
                    name = message_id(each.webhook.name, each.webhook.created_at, event_id, Alert.SINGLE_ORIGIN_6H)
                    deliveries.append(_delivery(each, step, name, now, {Alert.SINGLE_ORIGIN_6H}))
        return alerted, settled, deliveries


async def _event(document: bytes) -> Event:
    # In a thread: an event of a megabyte takes a while, and in the role `all` requests wait for it.
    return await run_in_threadpool(Event.model_validate_json, document)


def _deliveries_of(steps: Iterable[Step], subscriptions: list[Subscription], now: datetime) -> list[Delivery]:
    return [delivery for step in steps for delivery in _of_step(step, subscriptions, now)]


def _of_step(step: Step, subscriptions: list[Subscription], now: datetime) -> Iterator[Delivery]:
    causes = causes_between(step.previous, step.event)
    # Who was told of an event has to learn that it is another one now, though nothing of it is left to match.
    seen = step.previous if step.event.merged_into is not None and step.previous is not None else step.event
    facts: EventFacts | None = None
    for each in subscriptions:
        if step.at < each.webhook.created_at - CLOCKS_APART:
            continue
        asked = [cause for cause in causes if cause.alert in each.search.alerts]
        if each.search.alerts and not asked:
            continue
        facts = facts or facts_of(seen)
        if not matches(each.search.filter, facts):
            continue
        about = (each.webhook.name, each.webhook.created_at, step.event.event_id)
        if not each.search.alerts:
            yield _delivery(each, step, message_id(*about, step.event.version), now, ())
        for cause in asked:
            yield _delivery(each, step, message_id(*about, cause.alert, *cause.what), now, (cause.alert,))


def _delivery(subscription: Subscription, step: Step, name: str, now: datetime, alerts: Iterable[Alert]) -> Delivery:
    names = sorted(alerts)
    saved = subscription.search.name
    return Delivery(
        message_id=name,
        type=ALERT if names else CHANGED,
        event_id=step.event.event_id,
        created_at=now,
        next_try_at=now,
        webhook=subscription.webhook.name,
        body=event_message(
            name, step.event, at=step.at, previous_version=step.previous_version, saved=saved, alerts=names
        ),
    )
