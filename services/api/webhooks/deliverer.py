"""The deliverer: of all replicas one makes deliveries of what changes, and sends them until they are taken.

A crash loses none: how far the update log was read is noted in the same script as what was made of it, and how a try
ended only after it. So a delivery may be sent twice, under the same id; `webhook-id` tells a receiver so.
"""

import asyncio
import random
from collections import Counter
from collections.abc import Callable
from datetime import timedelta

import structlog

from services.api import metrics
from services.api.webhooks.delivery import Delivery, DeliveryOutcome, after
from services.api.webhooks.delivery_store import DeliveryStore
from services.api.webhooks.fan_out import FanOut
from services.api.webhooks.sender import Sender
from services.api.webhooks.unnoted import Unnoted
from services.api.webhooks.webhook import Webhook, WebhookStatus
from services.api.webhooks.webhook_store import WebhookStore
from services.runtime.clock import Clock
from services.runtime.errors import Fenced, TransientError
from services.runtime.leases import Lease

log = structlog.get_logger()

PLACES = 128
"""Deliveries that are sent at a time: more than there are webhooks, so that those that hang never hold them all."""
PLACES_OF_ONE = 4
"""Of one webhook: one that hangs leaves places for the others."""
PLACES_OF_FAILING = 1
"""Of one whose last try failed."""
PAUSE_SECONDS = 0.5
"""Until the update log and what is due are looked at again."""
PAUSE_WITHOUT_LEASE_SECONDS = 2.0
EXPIRE_EVERY = timedelta(hours=1)


class Deliverer:
    """Makes and sends deliveries for as long as it has the lease."""

    def __init__(
        self,
        *,
        fan_out: FanOut,
        webhooks: WebhookStore,
        deliveries: DeliveryStore,
        sender: Sender,
        clock: Clock,
        random: Callable[[], float] = random.random,
    ) -> None:
        """Set up. `random` gives numbers in [0, 1): for the jitter of pauses."""
        self._fan_out = fan_out
        self._webhooks = webhooks
        self._deliveries = deliveries
        self._sender = sender
        self._clock = clock
        self._random = random
        self._in_hand: dict[str, asyncio.Task[None]] = {}
        self._of_webhook: Counter[str] = Counter()
        self._served: Counter[str] = Counter()
        """By webhook, the turn in which it was served last."""
        self._turns = 0
        self._failing: set[str] = set()
        """Webhooks whose last try failed."""
        self._some_wait = False
        """Whether there is something due for which there was no place."""
        self._news: asyncio.Task[None] | None = None
        self._unnoted = Unnoted(clock)
        self._expire_at = clock.now()

    async def run(self, stopping: asyncio.Event) -> None:
        """Deliver until `stopping` is set; tries in hand are then given up, which loses nothing."""
        while not stopping.is_set():
            try:
                lease = await self._deliveries.leases.take()
                if lease is not None:
                    await self._deliveries.leases.hold(lease, self._deliver(lease, stopping))
                    await self._deliveries.leases.give_back(lease)
                    continue
            except Fenced as error:
                log.warning("another replica delivers", reason=str(error))
            except TransientError as error:
                log.warning("webhooks wait for the store", reason=str(error))
            except Exception:
                log.exception("webhooks: an error of ours")
            await _pause(stopping, PAUSE_WITHOUT_LEASE_SECONDS)

    async def _deliver(self, lease: Lease, stopping: asyncio.Event) -> None:
        stopped = asyncio.create_task(stopping.wait())
        try:
            while not stopping.is_set():
                read, begun = await self.turn(lease)
                if not read and not begun:
                    await self._wait(stopped)
        finally:
            stopped.cancel()
            await self.give_up()

    async def _wait(self, stopped: asyncio.Task[bool]) -> None:
        """Until the update log has more, or a place is free for what waits; not for long, since more becomes due."""
        if self._news is None:
            self._news = asyncio.create_task(self._fan_out.wait_for_news(PAUSE_SECONDS))
        awaited = {stopped, self._news, *(self._in_hand.values() if self._some_wait else ())}
        await asyncio.wait(awaited, timeout=PAUSE_SECONDS, return_when=asyncio.FIRST_COMPLETED)
        if self._news.done():
            news, self._news = self._news, None
            news.result()

    async def turn(self, lease: Lease) -> tuple[int, int]:
        """Make deliveries of a part of the log, and begin to send what is due: how many updates, how many tries.

        Raises:
            Fenced: another replica delivers by now.
            TransientError: Redis does not answer.
        """
        read = await self._fan_out.step(lease)
        webhooks = await self._webhooks.all()
        self._forget_all_but({webhook.name for webhook in webhooks})
        await self._expire(webhooks)
        return read, await self._begin_due(lease, {webhook.name: webhook for webhook in webhooks if webhook.is_active})

    def _forget_all_but(self, webhooks: set[str]) -> None:
        """Forget what is known of webhooks that are no more: another of the same name starts anew."""
        self._failing &= webhooks
        for name in self._served.keys() - webhooks:
            del self._served[name]

    async def give_up(self) -> None:
        """End the tries in hand: they are made again."""
        tasks = [*self._in_hand.values(), *([self._news] if self._news else [])]
        self._news = None
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def settle(self) -> None:
        """Wait for the tries in hand. Raises what they raise."""
        await asyncio.gather(*self._in_hand.values())

    async def _begin_due(self, lease: Lease, webhooks: dict[str, Webhook]) -> int:
        # A try that ends while this is read may still be listed as due; it must not be made again.
        in_hand = frozenset(self._in_hand)
        due = await self._deliveries.due(webhooks, self._clock.now(), 2 * PLACES_OF_ONE)
        chosen = self._choose({name: [each for each in ids if each not in in_hand] for name, ids in due.items()})
        kept = {delivery.message_id: delivery for delivery in await self._deliveries.deliveries(list(chosen))}
        lost: dict[str, list[str]] = {}
        for message_id, name in chosen.items():
            if message_id in kept:
                self._begin(lease, webhooks[name], kept[message_id])
            else:
                lost.setdefault(name, []).append(message_id)
        await self._deliveries.forget_due(lease, lost)
        return len(chosen)

    def _choose(self, due: dict[str, list[str]]) -> dict[str, str]:
        """Ids to begin with, and the webhook of each: those webhooks first that have the fewest in hand.

        Of several with as many, whoever was served longest ago: so none waits for as long as others hang.
        """
        waiting = {name: [each for each in ids if not self._unnoted.waits(each)] for name, ids in due.items()}
        places, chosen = self._of_webhook.copy(), dict[str, str]()
        while len(self._in_hand) + len(chosen) < PLACES:
            names = [name for name, ids in waiting.items() if ids and places[name] < self._most_places(name)]
            if not names:
                break
            name = min(names, key=lambda name: (places[name], self._served[name]))
            chosen[waiting[name].pop(0)] = name
            places[name] += 1
            self._turns += 1
            self._served[name] = self._turns
        self._some_wait = any(waiting.values())
        return chosen

    def _most_places(self, webhook: str) -> int:
        return PLACES_OF_FAILING if webhook in self._failing else PLACES_OF_ONE

    def _begin(self, lease: Lease, webhook: Webhook, delivery: Delivery) -> None:
        task = asyncio.create_task(self._try(lease, webhook, delivery))
        self._in_hand[delivery.message_id] = task
        self._of_webhook[webhook.name] += 1
        task.add_done_callback(lambda _: self._end(webhook, delivery))

    def _end(self, webhook: Webhook, delivery: Delivery) -> None:
        self._in_hand.pop(delivery.message_id, None)
        self._of_webhook[webhook.name] -= 1
        if not self._of_webhook[webhook.name]:
            del self._of_webhook[webhook.name]

    async def _try(self, lease: Lease, webhook: Webhook, delivery: Delivery) -> None:
        """Send once, and note how it ended. What cannot be noted stays due, and is sent again after a pause."""
        try:
            await self._send(lease, webhook, delivery)
        except (Fenced, TransientError) as error:
            self._unnoted.add(delivery.message_id)
            log.warning("delivery not noted, it is sent again", delivery=delivery.message_id, reason=str(error))
        except Exception:
            self._unnoted.add(delivery.message_id)
            log.exception("delivery not noted: an error of ours", delivery=delivery.message_id)
        else:
            self._unnoted.drop(delivery.message_id)

    async def _send(self, lease: Lease, webhook: Webhook, delivery: Delivery) -> None:
        attempt = await self._sender.send(webhook, delivery)
        (self._failing.discard if attempt.is_taken else self._failing.add)(webhook.name)
        noted = after(delivery, attempt, self._random)
        if attempt.is_gone and await self._webhooks.set_status(webhook, WebhookStatus.DISABLED, attempt.error):
            log.warning("webhook disabled", webhook=webhook.name, reason=attempt.error)
        await self._deliveries.note(lease, noted)
        outcome = "failed" if noted.outcome is DeliveryOutcome.PENDING else noted.outcome.value
        metrics.WEBHOOK_TRIES.labels(outcome).inc()
        if noted.outcome is DeliveryOutcome.DEAD:
            log.warning("delivery given up", webhook=webhook.name, delivery=noted.message_id, reason=attempt.error)

    async def _expire(self, webhooks: list[Webhook]) -> None:
        now = self._clock.now()
        if now >= self._expire_at:
            self._expire_at = now + EXPIRE_EVERY
            await self._deliveries.expire([webhook.name for webhook in webhooks], now)


async def _pause(stopping: asyncio.Event, seconds: float) -> None:
    try:
        async with asyncio.timeout(seconds):
            await stopping.wait()
    except TimeoutError:
        pass
