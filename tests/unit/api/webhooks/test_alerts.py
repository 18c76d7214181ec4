"""What becomes known of an event, and who is told of just that."""

import json
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from redis.asyncio import Redis

from services.api.saved_searches.saved_search import Alert
from services.api.webhooks.alerts import causes_between, single_origin_since
from services.contracts.article import ArticleStatus
from services.contracts.claim import Commitment
from services.contracts.event import Counts, Event, EventStatus
from services.contracts.event_claims import FigureVerdict
from tests.unit.api.examples import NOON, disputed, event, pointing_denial
from tests.unit.api.view import project_events
from tests.unit.api.webhooks.rig import WebhookRig, open_webhook_rig, receiving, status

ALL = tuple(Alert)


def alerts_between(before: Event | None, now: Event) -> set[Alert]:
    return {cause.alert for cause in causes_between(before, now)}


def told(whole: Event, **changed: Any) -> Event:
    """The event with these fields, in its next version."""
    return whole.model_copy(update={"version": whole.version + 1} | changed)


def agreeing() -> Event:
    """An event that nobody disputes."""
    whole = disputed()
    figures = tuple(figure.model_copy(update={"verdict": FigureVerdict.AGREE}) for figure in whole.figures)
    return whole.model_copy(update={"figures": figures, "contradictions": ()})


def denying(whole: Event) -> Event:
    first, *others = whole.claims
    return told(whole, claims=(first.model_copy(update={"commitment": Commitment.DENIES}), *others))


def corrected(whole: Event, revision: int) -> Event:
    first, *others = whole.articles
    article = first.model_copy(update={"status": ArticleStatus.CORRECTED, "revision": revision})
    return told(whole, articles=(article, *others))


def origins(whole: Event, count: int) -> Event:
    return told(whole, counts=Counts(articles=3, publishers=3, origins=count))


def test_only_the_first_denial_is_one() -> None:
    denied = denying(agreeing())
    assert alerts_between(agreeing(), denied) == {Alert.FIRST_DENIAL}
    assert alerts_between(denied, denying(denied)) == frozenset()
    assert alerts_between(None, denied) == {Alert.FIRST_DENIAL}


def test_a_denial_that_only_points_is_the_first_one_too() -> None:
    pointing = told(agreeing(), denials=(pointing_denial(),))
    assert alerts_between(agreeing(), pointing) == {Alert.FIRST_DENIAL}
    assert alerts_between(pointing, denying(pointing)) == frozenset()


def test_the_second_origin_is_told_and_the_third_is_not() -> None:
    lone = origins(agreeing(), 1)
    assert alerts_between(lone, origins(lone, 2)) == {Alert.SECOND_ORIGIN}
    assert alerts_between(lone, origins(lone, 3)) == {Alert.SECOND_ORIGIN}
    assert alerts_between(origins(lone, 2), origins(lone, 3)) == frozenset()
    assert alerts_between(None, origins(lone, 2)) == frozenset()


def test_a_toll_that_conflicts_anew_is_told() -> None:
    assert alerts_between(agreeing(), told(disputed())) == {Alert.FIGURE_CONFLICT}
    assert alerts_between(disputed(), told(disputed())) == frozenset()


def test_each_correction_is_told() -> None:
    first = corrected(agreeing(), 2)
    assert alerts_between(agreeing(), first) == {Alert.CORRECTION}
    assert alerts_between(first, told(first)) == frozenset()
    assert alerts_between(first, corrected(first, 3)) == {Alert.CORRECTION}


def test_the_hours_of_a_single_origin_count_from_its_first_article() -> None:
    lone = origins(agreeing(), 1)
    assert single_origin_since(lone) == NOON + timedelta(hours=6)
    assert single_origin_since(origins(lone, 2)) is None
    assert single_origin_since(told(lone, first_published_at=None)) is None
    assert single_origin_since(told(lone, status=EventStatus.MERGED)) is None


@pytest.fixture
async def rig(redis: Redis) -> AsyncIterator[WebhookRig]:
    async with open_webhook_rig(redis) as opened:
        yield opened


async def test_a_search_with_alerts_is_told_of_these_alone(rig: WebhookRig) -> None:
    async with receiving(status(200)) as receiver:
        await rig.subscribe(receiver.url, alerts=(Alert.FIRST_DENIAL, Alert.CORRECTION))
        steps = [agreeing(), told(agreeing()), denying(told(agreeing())), denying(denying(told(agreeing())))]
        for step in steps:
            await project_events(rig.redis, [step])
            await rig.turns()
    (message,) = [json.loads(each.body) for each in receiver.received]
    assert message["type"] == "newsweave.event.alert.v1"
    assert message["data"]["alerts"] == ["first_denial"]
    assert message["data"]["version"] == steps[2].version


async def test_a_view_that_is_rebuilt_tells_no_alert_again(rig: WebhookRig) -> None:
    denied = denying(agreeing())
    first = corrected(denied, 2)
    figures = disputed().figures
    last = told(first, figures=figures)
    async with receiving(status(200)) as receiver:
        await rig.subscribe(receiver.url, alerts=ALL)
        for step in (agreeing(), denied, first, last):
            await project_events(rig.redis, [step])
            await rig.turns()
        alerts = [json.loads(each.body)["data"]["alerts"] for each in receiver.received]
        await rig.redis.delete(*await rig.redis.keys("view:*"))
        # One batch brings the last version alone: all causes at once, and one that is new.
        await project_events(rig.redis, [corrected(last, 3)])
        await rig.turns()
    conflicts = [["figure_conflict"]] * len({figure.counted for figure in figures if figure.verdict == "conflicting"})
    assert alerts == [["first_denial"], ["correction"], *conflicts]
    assert len(receiver.received) == len(alerts) + 1
    assert json.loads(receiver.received[-1].body)["data"]["alerts"] == ["correction"]


async def test_several_versions_in_one_part_of_the_log_are_each_held_against_the_one_before(rig: WebhookRig) -> None:
    async with receiving(status(200)) as receiver:
        await rig.subscribe(receiver.url, alerts=(Alert.FIRST_DENIAL,))
        denied = denying(agreeing())
        for step in (agreeing(), denied, told(denied, claims=agreeing().claims)):
            await project_events(rig.redis, [step])
        await rig.turns()  # by now the event is no longer denied
    assert [json.loads(each.body)["data"]["version"] for each in receiver.received] == [denied.version]


async def test_an_event_that_still_has_one_origin_after_six_hours_of_news_is_told_once(rig: WebhookRig) -> None:
    async with receiving(status(200)) as receiver:
        await rig.subscribe(receiver.url, alerts=(Alert.SINGLE_ORIGIN_6H,))
        await project_events(rig.redis, [event("evt_lone")])
        await rig.turns()
        await project_events(rig.redis, [event("evt_b", minutes=359)])
        await rig.turns()
        assert receiver.received == []  # a minute is missing
        two = event("evt_c", minutes=361)
        await project_events(
            rig.redis, [two.model_copy(update={"counts": Counts(articles=2, publishers=2, origins=2)})]
        )
        await rig.turns()
        await project_events(rig.redis, [event("evt_lone", 2, minutes=400), event("evt_b", 2, minutes=400)])
        await rig.turns()
    messages = [json.loads(each.body) for each in receiver.received]
    # evt_b's first article is as old as that of evt_lone.
    assert sorted(message["subject"] for message in messages) == ["evt_b", "evt_lone"]
    assert {tuple(message["data"]["alerts"]) for message in messages} == {("single_origin_6h",)}


async def test_an_event_that_gained_a_second_origin_in_time_is_not_told(rig: WebhookRig) -> None:
    async with receiving(status(200)) as receiver:
        await rig.subscribe(receiver.url, alerts=(Alert.SINGLE_ORIGIN_6H,))
        await project_events(rig.redis, [event("evt_a")])
        await rig.turns()
        await project_events(rig.redis, [told(event("evt_a"), counts=Counts(articles=2, publishers=2, origins=2))])
        await rig.turns()
        late = event("evt_z", minutes=900).model_copy(update={"counts": Counts(articles=2, publishers=2, origins=2)})
        await project_events(rig.redis, [late])
        await rig.turns()
    assert receiver.received == []
