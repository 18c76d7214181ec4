"""What receivers do, and what comes of it."""

import asyncio
import base64
import hmac
import json
from collections.abc import AsyncIterator
from datetime import timedelta
from ipaddress import ip_address
from itertools import pairwise
from typing import Any

import pytest
from redis.asyncio import Redis
from structlog.testing import capture_logs

from services.api.webhooks import connections, deliverer
from services.api.webhooks.deliverer import PLACES, PLACES_OF_ONE
from services.api.webhooks.delivery import SCHEDULE_SECONDS, DeliveryOutcome
from services.api.webhooks.webhook import WebhookStatus
from services.contracts.article import Publisher
from services.contracts.event import EventStatus
from services.runtime.errors import Fenced
from services.runtime.outbound.addresses import Address
from tests.support.polling import eventually_async
from tests.unit.api.examples import disputed, event, member
from tests.unit.api.view import project_events
from tests.unit.api.webhooks.rig import (
    SECRET,
    Answer,
    WebhookRig,
    break_off,
    hang,
    open_webhook_rig,
    receiving,
    status,
    talk_nonsense,
)


@pytest.fixture
async def rig(redis: Redis) -> AsyncIterator[WebhookRig]:
    async with open_webhook_rig(redis) as opened:
        yield opened


async def test_a_change_is_sent_once_signed_and_in_the_form_of_cloudevents(rig: WebhookRig) -> None:
    async with receiving(status(204)) as receiver:
        await rig.subscribe(receiver.url, has=("contradiction",))
        await project_events(rig.redis, [disputed(), event("evt_b")])
        await rig.turns()
        (received,) = receiver.received
    assert received.headers["content-type"] == "application/cloudevents+json"
    name, at = received.headers["webhook-id"], received.headers["webhook-timestamp"]
    assert int(at) == int(rig.clock.now().timestamp())
    # By the specification's own words, beside the library.
    key = base64.b64decode(SECRET.removeprefix("whsec_"))
    signature = hmac.digest(key, f"{name}.{at}.{received.body}".encode(), "sha256")
    assert received.headers["webhook-signature"] == f"v1,{base64.b64encode(signature).decode()}"
    message = json.loads(received.body)
    assert message["specversion"] == "1.0"
    assert message["id"] == received.headers["webhook-id"]
    assert (message["type"], message["subject"]) == ("newsweave.event.changed.v1", "evt_d")
    assert message["data"]["event"]["headline"] == "Ferry capsizes off Port Eldrin"
    assert message["data"]["version"] == 4
    assert message["data"]["previous_version"] == 0
    (delivery,) = await rig.listed()
    assert (delivery.outcome, delivery.tries, delivery.last_status) == (DeliveryOutcome.DELIVERED, 1, 204)
    assert delivery.next_try_at is None


async def test_each_version_is_sent_in_order_and_none_twice(rig: WebhookRig) -> None:
    async with receiving(status(200)) as receiver:
        await rig.subscribe(receiver.url)
        for version in (1, 2, 3):
            await project_events(rig.redis, [event(version=version)])
            await rig.turns()
        await rig.turns()
    told = [json.loads(each.body)["data"] for each in receiver.received]
    assert [(data["previous_version"], data["version"]) for data in told] == [(0, 1), (1, 2), (2, 3)]
    assert len(set(receiver.ids)) == 3


async def test_what_changed_before_a_webhook_was_made_is_not_sent(rig: WebhookRig) -> None:
    await project_events(rig.redis, [event()])
    rig.clock.forward(minutes=10)
    async with receiving(status(200)) as receiver:
        await rig.subscribe(receiver.url)
        await rig.turns()
    assert receiver.received == []


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (status(500), "status 500"),
        (status(404), "status 404"),
        (status(302, Location="http://127.0.0.1:1/"), "status 302: redirects are not followed"),
        (status(307, Location="/elsewhere"), "status 307: redirects are not followed"),
        (hang, "no answer within 0.5 s"),
        (break_off, "RemoteProtocolError"),
        (talk_nonsense, "RemoteProtocolError"),
    ],
)
async def test_whatever_is_not_a_2xx_is_tried_again_ten_times_over_three_days(
    redis: Redis, answer: Answer, error: str
) -> None:
    # Only who hangs is waited for: the others have all the time that a busy machine needs.
    seconds = 0.5 if answer is hang else 30
    async with receiving(answer) as receiver, open_webhook_rig(redis, webhook_timeout_seconds=seconds) as rig:
        await rig.subscribe(receiver.url)
        await project_events(rig.redis, [event()])
        began = rig.clock.now()
        tried_at = []
        await rig.turns()
        while (delivery := (await rig.listed())[0]).outcome is DeliveryOutcome.PENDING:
            assert delivery.next_try_at is not None
            tried_at.append(rig.clock.now())
            rig.clock.moment = delivery.next_try_at - timedelta(seconds=1)
            await rig.turns()
            assert len(receiver.received) == len(tried_at)  # not a second too early
            rig.clock.moment = delivery.next_try_at
            await rig.turns()
        tried_at.append(rig.clock.now())
    pauses = [(later - earlier).total_seconds() for earlier, later in pairwise(tried_at)]
    assert pauses == pytest.approx(SCHEDULE_SECONDS[1:])
    assert timedelta(hours=75) < tried_at[-1] - began < timedelta(hours=76)
    assert (delivery.outcome, delivery.tries) == (DeliveryOutcome.DEAD, 10)
    assert error in str(delivery.last_error)
    assert len(set(receiver.ids)) == 1
    assert await rig.deliveries.members("desk", only_dead=True, before=None, after=None, most=9) == [
        f"{delivery.created_at.isoformat(timespec='microseconds').replace('+00:00', 'Z')} {delivery.message_id}"
    ]


async def test_a_redirect_is_not_followed(rig: WebhookRig) -> None:
    async with receiving(status(200)) as target, receiving(status(302, Location=target.url)) as receiver:
        await rig.subscribe(receiver.url)
        await project_events(rig.redis, [event()])
        await rig.turns()
    assert (len(receiver.received), len(target.received)) == (1, 0)


async def test_410_disables_a_webhook_and_enabling_it_sends_what_waits(rig: WebhookRig) -> None:
    async with receiving(status(500)) as receiver:
        await rig.subscribe(receiver.url)
        await project_events(rig.redis, [event("evt_a")])
        await rig.turns()
        receiver.answer = status(410)
        await project_events(rig.redis, [event("evt_b")])
        await rig.turns()
        (webhook,) = await rig.webhooks.all()
        assert (webhook.status, webhook.reason) == (
            WebhookStatus.DISABLED,
            "status 410: the receiver wants nothing any more",
        )
        await project_events(rig.redis, [event("evt_c")])
        rig.clock.forward(days=1)
        await rig.turns()
        assert len(receiver.received) == 2
        receiver.answer = status(200)
        await rig.webhooks.set_status(webhook, WebhookStatus.ACTIVE)
        await rig.turns()
    assert len(receiver.received) == 4
    assert {delivery.event_id for delivery in await rig.listed()} == {"evt_a", "evt_b"}
    assert {delivery.outcome for delivery in await rig.listed()} == {DeliveryOutcome.DELIVERED}


async def test_a_receiver_is_not_tried_before_it_asks_for(rig: WebhookRig) -> None:
    async with receiving(status(503, Retry_After="600")) as receiver:
        await rig.subscribe(receiver.url)
        await project_events(rig.redis, [event()])
        await rig.turns()
        (delivery,) = await rig.listed()
    assert delivery.next_try_at == rig.clock.now() + timedelta(seconds=600)


async def test_a_receiver_that_hangs_holds_up_no_other(redis: Redis) -> None:
    async with (
        receiving(hang) as slow,
        receiving(status(200)) as fast,
        open_webhook_rig(redis, webhook_timeout_seconds=60) as rig,
    ):
        await rig.subscribe(slow.url, name="a-slow")
        await rig.subscribe(fast.url, name="b-fast")
        await project_events(rig.redis, [event(f"evt_{number}") for number in range(20)])

        async def fast_has_all() -> bool:
            await rig.deliverer.turn(await rig.held())
            return len(fast.received) == 20

        await eventually_async(fast_has_all, seconds=10)
        assert len(slow.received) == PLACES_OF_ONE
        await rig.deliverer.give_up()


async def test_more_hanging_receivers_than_there_are_places_for_starve_no_webhook(redis: Redis) -> None:
    async with (
        receiving(hang) as slow,
        receiving(status(200)) as fast,
        open_webhook_rig(redis, webhook_timeout_seconds=1) as rig,
    ):
        for number in range(PLACES // PLACES_OF_ONE + 1):
            await rig.subscribe(slow.url, name=f"a-slow-{number}")
        await project_events(rig.redis, [event(f"evt_{number}") for number in range(20)])
        await rig.deliverer.turn(await rig.held())
        await rig.subscribe(fast.url, name="b-fast")
        await project_events(rig.redis, [event("evt_new")])

        async def fast_has_it() -> bool:
            await rig.deliverer.turn(await rig.held())
            return len(fast.received) == 1

        # Twenty deliveries of each webhook that hangs would be before it otherwise.
        await eventually_async(fast_has_it, seconds=30)
        waited = len(slow.received)
        await rig.deliverer.give_up()
    assert waited <= 2 * PLACES


async def test_what_cannot_be_noted_is_sent_again_after_a_pause(redis: Redis, rig: WebhookRig) -> None:
    async def fill_the_store(writer: asyncio.StreamWriter) -> None:
        await redis.config_set("maxmemory", "1")
        await status(200)(writer)

    try:
        async with receiving(fill_the_store) as receiver:
            await rig.subscribe(receiver.url)
            await project_events(rig.redis, [event()])
            await rig.turns()
            sent = []
            for seconds in (0, 4.9, 0.2, 9.7, 0.4):
                rig.clock.forward(seconds=seconds)
                for _ in range(3):
                    await rig.deliverer.turn(await rig.held())
                    await rig.deliverer.settle()
                sent.append(len(receiver.received))
            receiver.answer = status(200)
            await redis.config_set("maxmemory", "0")
            rig.clock.forward(minutes=1)
            await rig.turns()
    finally:
        await redis.config_set("maxmemory", "0")
    assert sent == [1, 1, 2, 2, 3]
    assert len(receiver.received) == 4
    assert [delivery.outcome for delivery in await rig.listed()] == [DeliveryOutcome.DELIVERED]


async def test_deliveries_that_are_no_longer_kept_hold_up_no_other(rig: WebhookRig) -> None:
    async with receiving(status(500)) as receiver:
        await rig.subscribe(receiver.url)
        await project_events(rig.redis, [event(f"evt_{number}") for number in range(12)])
        await rig.turns()
        await rig.redis.delete(*[f"reading:webhook-delivery:{each.message_id}" for each in await rig.listed()])
        receiver.received.clear()
        receiver.answer = status(200)
        rig.clock.forward(minutes=10)
        await project_events(rig.redis, [event("evt_new")])
        await rig.turns()
    assert [json.loads(each.body)["subject"] for each in receiver.received] == ["evt_new"]
    assert await rig.redis.zcard("reading:webhook-due:desk") == 0


async def test_what_a_disabled_webhook_had_due_is_forgotten_when_its_time_is_over(rig: WebhookRig) -> None:
    async with receiving(status(500)) as receiver:
        webhook = await rig.subscribe(receiver.url)
        await project_events(rig.redis, [event()])
        await rig.turns()
        await rig.webhooks.set_status(webhook, WebhookStatus.DISABLED)
        assert await rig.redis.zcard("reading:webhook-due:desk") == 1
        rig.clock.forward(days=31)
        await rig.turns()
    assert await rig.redis.zcard("reading:webhook-due:desk") == 0


async def test_a_crash_between_sending_and_noting_sends_again_under_the_same_id(
    rig: WebhookRig, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with receiving(status(200)) as receiver:
        await rig.subscribe(receiver.url)
        await project_events(rig.redis, [event()])
        # The deliverer dies when it wants to note what came of it.
        with monkeypatch.context() as dying:
            dying.setattr(rig.deliveries, "note", _die)
            with pytest.raises(_Killed):
                await rig.turns()
        assert len(receiver.received) == 1
        await rig.turns(rig.new_deliverer())
    assert len(receiver.received) == 2
    assert len(set(receiver.ids)) == 1
    assert [delivery.outcome for delivery in await rig.listed()] == [DeliveryOutcome.DELIVERED]


async def test_a_crash_between_reading_and_noting_makes_the_same_deliveries_again(
    rig: WebhookRig, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with receiving(status(200)) as receiver:
        await rig.subscribe(receiver.url)
        await project_events(rig.redis, [event("evt_a"), event("evt_b")])
        with monkeypatch.context() as dying:
            dying.setattr(rig.deliveries, "make", _die)
            with pytest.raises(_Killed):
                await rig.turns()
        await rig.turns(rig.new_deliverer())
        await rig.redis.delete("reading:webhooks-cursor")  # a store that lost where it was
        await rig.turns(rig.new_deliverer())
    assert len(receiver.received) == len(set(receiver.ids)) == 2


async def test_a_deliverer_that_lost_its_lease_writes_nothing(rig: WebhookRig) -> None:
    async with receiving(status(200)) as receiver:
        await rig.subscribe(receiver.url)
        lease = await rig.held()
        await rig.deliveries.leases.give_back(lease)
        assert await rig.deliveries.leases.take() is not None
        await project_events(rig.redis, [event()])
        with pytest.raises(Fenced):
            await rig.deliverer.turn(lease)
    assert await rig.listed() == []
    assert receiver.received == []


async def test_a_webhook_that_was_deleted_is_sent_nothing_more(rig: WebhookRig) -> None:
    async with receiving(status(500)) as receiver:
        await rig.subscribe(receiver.url)
        await project_events(rig.redis, [event()])
        await rig.turns()
        await rig.webhooks.remove("desk")
        await rig.deliveries.forget("desk")
        rig.clock.forward(hours=1)
        await rig.subscribe(receiver.url)
        await rig.turns()
    assert len(receiver.received) == 1


async def test_an_event_that_was_merged_is_told_to_who_was_told_of_it(rig: WebhookRig) -> None:
    async with receiving(status(200)) as receiver:
        await rig.subscribe(receiver.url, has=("contradiction",))
        await project_events(rig.redis, [disputed()])
        await rig.turns()
        merged = event("evt_d", disputed().version + 1, status=EventStatus.MERGED, merged_into="evt_b")
        await project_events(rig.redis, [merged])
        await rig.turns()
    data = json.loads(receiver.received[-1].body)["data"]
    assert (data["event"]["status"], data["merged_into"]) == ("merged", "evt_b")


async def test_lists_forget_what_is_no_longer_kept(rig: WebhookRig) -> None:
    async with receiving(status(200)) as receiver:
        await rig.subscribe(receiver.url)
        await project_events(rig.redis, [event()])
        await rig.turns()
        rig.clock.forward(days=31)
        await rig.turns()
    assert await rig.listed() == []


@pytest.mark.parametrize("url", ["http://127.0.0.1:1/", "http://localhost/", "http://10.0.0.1/", "http://[::1]/"])
async def test_nothing_is_sent_inside(redis: Redis, url: str) -> None:
    async with open_webhook_rig(redis, webhook_allowed_hosts="", webhook_allowed_ports="*") as rig:
        await rig.subscribe(url)
        await project_events(redis, [event()])
        await rig.turns()
        (delivery,) = await rig.listed()
    assert delivery.last_status is None
    assert "the address may not be asked" in str(delivery.last_error)


async def test_which_internal_address_a_name_has_is_logged_and_not_listed(redis: Redis) -> None:
    async def resolve(host: str) -> list[Address]:
        assert host == "desk.example"
        return [ip_address("10.1.2.3")]

    async with open_webhook_rig(redis, resolver=resolve, webhook_allowed_ports="*") as rig:
        await rig.subscribe("http://desk.example/")
        await project_events(redis, [event()])
        with capture_logs() as logs:
            await rig.turns()
        (delivery,) = await rig.listed()
    assert delivery.last_error == "the address may not be asked: desk.example is at an internal address"
    assert "10.1.2.3" in next(line["reason"] for line in logs if line["event"] == "webhook not sent")


async def test_what_was_trimmed_before_it_was_read_is_warned_of_once(rig: WebhookRig) -> None:
    async with receiving(status(200)) as receiver:
        await rig.subscribe(receiver.url)
        await project_events(rig.redis, [event("evt_a")])
        with capture_logs() as logs:
            await rig.turns()
        assert logs == []
        await project_events(rig.redis, [event("evt_b")])
        await project_events(rig.redis, [event("evt_c")])
        await rig.redis.xtrim("view:log", maxlen=1, approximate=False)
        with capture_logs() as logs:
            await rig.turns()
            await project_events(rig.redis, [event("evt_d")])
            await rig.turns()
    warnings = [line["event"] for line in logs if line["log_level"] == "warning"]
    assert warnings == ["the update log does not reach back to where webhooks were, some changes may not be sent"]


async def test_a_webhook_that_was_removed_has_no_status(rig: WebhookRig) -> None:
    webhook = await rig.subscribe("http://127.0.0.1/")
    await rig.webhooks.remove(webhook.name)
    assert await rig.webhooks.set_status(webhook, WebhookStatus.DISABLED) is None
    assert await rig.webhooks.all() == []


class _Killed(BaseException):
    """What a process that is killed runs into."""


async def _die(*_: object) -> None:
    raise _Killed


async def test_a_try_that_ends_while_what_is_due_is_read_is_not_made_again(
    rig: WebhookRig, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = rig.deliveries.due

    async def read_slowly(*asked: Any) -> dict[str, list[str]]:
        due = await read(*asked)
        await rig.deliverer.settle()
        return due

    async with receiving(status(204)) as receiver:
        await rig.subscribe(receiver.url)
        await project_events(rig.redis, [event()])
        await rig.deliverer.turn(await rig.held())
        monkeypatch.setattr(rig.deliveries, "due", read_slowly)
        await rig.turns()
        assert len(receiver.received) == 1


async def test_a_connection_is_used_again(rig: WebhookRig) -> None:
    async with receiving(status(200)) as receiver:
        await rig.subscribe(receiver.url)
        for number in range(5):
            await project_events(rig.redis, [event(f"evt_{number}")])
            await rig.turns()
        assert (len(receiver.received), receiver.connections) == (5, 1)


def body_of(text: str) -> Answer:
    """Answers with 200 and this beginning of what follows, and says no more."""

    async def answer(writer: asyncio.StreamWriter) -> None:
        writer.write(f"HTTP/1.1 200 X\r\n{text}".encode())
        await writer.drain()
        await asyncio.Event().wait()

    return answer


@pytest.mark.parametrize(
    "text",
    [
        "Content-Length: 10\r\n\r\nabc",
        "Content-Length: 99999999999999999999\r\n\r\nabc",
        "Content-Length: 17000\r\n\r\nabc",
        "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n",
        "\r\nabc",
    ],
)
async def test_a_body_that_does_not_end_takes_nothing_back(redis: Redis, text: str) -> None:
    async with (
        receiving(body_of(text)) as receiver,
        open_webhook_rig(redis, webhook_timeout_seconds=0.5) as rig,
    ):
        await rig.subscribe(receiver.url)
        await project_events(rig.redis, [event()])
        await rig.turns()
        (delivery,) = await rig.listed()
    assert (delivery.outcome, delivery.last_status) == (DeliveryOutcome.DELIVERED, 200)


async def test_a_receiver_that_fails_has_one_place_until_it_answers_again(redis: Redis) -> None:
    async with (
        receiving(status(503)) as receiver,
        open_webhook_rig(redis, webhook_timeout_seconds=60) as rig,
    ):
        await rig.subscribe(receiver.url)
        await project_events(rig.redis, [event("evt_first")])
        await rig.turns()
        receiver.answer = hang
        await project_events(rig.redis, [event(f"evt_{number}") for number in range(10)])

        async def has_one_more() -> bool:
            await rig.deliverer.turn(await rig.held())
            return len(receiver.received) == 2

        await eventually_async(has_one_more)
        for _ in range(3):
            await rig.deliverer.turn(await rig.held())
        assert len(receiver.received) == 2
        await rig.deliverer.give_up()


async def test_a_webhook_has_all_places_though_a_deleted_one_of_its_name_failed(redis: Redis) -> None:
    async with (
        receiving(status(503)) as receiver,
        open_webhook_rig(redis, webhook_timeout_seconds=60) as rig,
    ):
        await rig.subscribe(receiver.url)
        await project_events(rig.redis, [event("evt_first")])
        await rig.turns()
        await rig.webhooks.remove("desk")
        await rig.deliveries.forget("desk")
        await rig.turns()
        receiver.answer = hang
        await rig.subscribe(receiver.url)
        await project_events(rig.redis, [event(f"evt_{number}") for number in range(10)])

        async def has_several() -> bool:
            await rig.deliverer.turn(await rig.held())
            return len(receiver.received) == 1 + PLACES_OF_ONE

        await eventually_async(has_several)
        await rig.deliverer.give_up()


async def test_what_is_new_is_sent_at_once_and_not_after_a_pause(
    rig: WebhookRig, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deliverer, "PAUSE_SECONDS", 4)
    stopping = asyncio.Event()
    async with receiving(status(200)) as receiver:
        await rig.subscribe(receiver.url)
        running = asyncio.create_task(rig.deliverer.run(stopping))
        for number in range(3):
            await project_events(rig.redis, [event(f"evt_{number}")])

            async def has_come(number: int = number) -> bool:
                return len(receiver.received) == number + 1

            await eventually_async(has_come, seconds=3)
        stopping.set()
        await asyncio.wait_for(running, 6)


async def test_connections_are_kept_for_the_webhooks_that_were_sent_to_last(
    rig: WebhookRig, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "MOST_POOLS", 2)
    async with receiving(status(200)) as first, receiving(status(200)) as second, receiving(status(200)) as third:
        for number, receiver in enumerate((first, second, third)):
            await rig.subscribe(receiver.url, name=f"desk-{number}", publisher=(f"outlet{number}.example",))
        for number, at in enumerate((0, 1, 0, 2, 0, 1)):
            outlet = Publisher(name=f"Outlet {at}", domain=f"outlet{at}.example")
            article = member(f"art_{number}").model_copy(update={"publisher": outlet})
            await project_events(rig.redis, [event(f"evt_{number}", articles=(article,))])
            await rig.turns()
        assert [len(each.received) for each in (first, second, third)] == [3, 2, 1]
        # The second was not sent to for longest when the third came.
        assert [each.connections for each in (first, second, third)] == [1, 2, 1]


async def test_tries_at_the_same_time_are_never_cut_by_others_that_end(
    redis: Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "MOST_POOLS", 1)
    async with receiving(status(200)) as receiver, open_webhook_rig(redis) as rig:
        for number in range(12):
            await rig.subscribe(receiver.url, name=f"desk-{number}")
        await project_events(rig.redis, [event(f"evt_{number}") for number in range(5)])
        await rig.turns()
        assert len(receiver.received) == len(set(receiver.ids)) == 60
