"""The Python client over the whole stack with the samples: every method, blocking and not."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator
from typing import Any

import pytest

from newsweave.client import (
    AsyncListing,
    AsyncNewsweave,
    InvalidRequestError,
    Newsweave,
    NotFoundError,
    Request,
)
from services.api.search.models import ListedEvent
from services.contracts.event import Event
from tests.support.pipeline import Pipeline, running_pipeline, sample_rows

DRAFT = "At least 14 people died when a ferry capsized off Port Eldrin, the coastguard said."


@pytest.fixture(scope="module")
def pipeline(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pipeline]:
    with running_pipeline(tmp_path_factory.mktemp("stack")) as running:
        running.submit(sample_rows())
        running.settle()
        yield running


@pytest.fixture
def client(pipeline: Pipeline) -> Iterator[Newsweave]:
    with Newsweave(pipeline.urls["api"], ingest_url=pipeline.urls["ingest"]) as ours:
        yield ours


@pytest.fixture
async def async_client(pipeline: Pipeline) -> AsyncIterator[AsyncNewsweave]:
    async with AsyncNewsweave(pipeline.urls["api"], ingest_url=pipeline.urls["ingest"]) as ours:
        yield ours


def ferry(client: Newsweave) -> ListedEvent:
    return next(iter(client.search(q="ferry").events))


def whole(client: Newsweave, listed: ListedEvent) -> Event:
    assert listed.event_id is not None
    return client.event(listed.event_id)


def test_lists_are_walked_and_filtered(client: Newsweave) -> None:
    events = list(client.events())
    assert len(events) == len({event.event_id for event in events}) > 1
    assert [event.event_id for event in client.events(limit=2)] == [event.event_id for event in events[:2]]
    wide = {event.event_id for event in client.events(min_origins=2, language=["en"])}
    narrow = {event.event_id for event in client.events(not_min_origins=2)}
    assert wide
    assert wide.isdisjoint(narrow)
    found = client.search(q="ferry", facets=["publisher", "has"], limit=1)
    assert found.total >= 1
    assert found.facets["publisher"]
    assert found.events[0].highlights is not None
    claims = list(client.claims(commitment="denies", limit=3))
    assert {claim.commitment.value for claim in claims} == {"denies"}


def test_an_event_is_had_whole_as_it_was_and_in_all_its_parts(client: Newsweave) -> None:
    event = whole(client, ferry(client))
    assert client.event(event.event_id) == event  # unchanged: not sent again
    assert client.event(event.event_id, version=event.version) == event
    assert client.event(event.event_id, as_of=event.updated_at.replace(year=2099)) == event
    articles, claims = list(client.event_articles(event.event_id)), list(client.event_claims(event.event_id))
    assert (len(articles), len(claims)) == (event.counts.articles, len(event.claims) + event.omitted.claims)
    changes = client.changes(event.event_id, kind=["article_joined", "event_founded"])
    assert {change.kind for change in changes} == {"article_joined", "event_founded"}
    assert changes.part is not None
    assert changes.part.whole
    assert list(client.changes(event.event_id, since=event.version)) == []


def test_an_article_tells_why_it_is_in_its_event_and_how_it_got_there(client: Newsweave) -> None:
    event = whole(client, ferry(client))
    article_id = event.articles[1].article_id
    assert client.article(article_id).event_id == event.event_id
    assert client.membership(article_id).event_id == event.event_id
    assert {stage.stage.value for stage in client.trace(article_id).stages} >= {"extracted", "joined", "in_event"}


def test_every_span_of_every_sample_event_is_verified_on_this_side_and_by_the_service(client: Newsweave) -> None:
    checked = 0
    for listed in client.events():
        event = whole(client, listed)
        cited: Iterable[Any] = [*event.summary, *(support for claim in event.claims for support in claim.supports)]
        for quote in cited:
            found = client.verify(quote)
            assert found.verified, found
            checked += 1
        assert client.verification(event.event_id).verified
    assert checked > 100
    claim = next(client.claims(q="ferry"))
    assert client.verify(claim).verified
    assert client.receipt(event.event_id, event.claims[0].claim_id).verified
    bent = event.summary[0].model_copy(update={"text": "What nobody wrote."})
    assert not client.verify(bent).words_match


def test_what_somebody_said_is_had_by_name(client: Newsweave) -> None:
    name = next(claim.speaker.canonical for claim in client.claims(kind="quotation") if claim.speaker is not None)
    found = client.speaker(name)
    assert found.events[0].statements[0].reports
    entity = client.entity("Port Eldrin")
    assert (entity.name, entity.total > 0) == ("Port Eldrin", True)
    domain = next(article.publisher.domain for article in whole(client, ferry(client)).articles)
    assert domain is not None
    assert client.outlet(domain).events


def test_a_draft_is_matched_and_checked(client: Newsweave) -> None:
    event = ferry(client)
    match = client.match(DRAFT, title="Ferry capsizes off Port Eldrin")
    assert match.best is not None
    assert (match.matched, match.best.event.event_id) == (True, event.event_id)
    assert [found.matched for found in client.match_all([{"text": DRAFT, "title": "Ferry capsizes"}]).matches] == [True]
    assert client.check(DRAFT, event_id=event.event_id).claims


def test_what_is_wrong_is_said(client: Newsweave) -> None:
    with pytest.raises(NotFoundError, match="no event evt_0"):
        client.event("evt_0")
    with pytest.raises(InvalidRequestError, match="did you mean updated"):
        list(client.events(sort="updatd"))
    with pytest.raises(InvalidRequestError) as caught:
        client.submit([{"text": "An article."}, {"url": "https://a.example/1"}])
    assert [fault["line"] for fault in caught.value.faults] == [2]


def test_a_submission_that_is_sent_again_with_its_key_is_the_same(client: Newsweave) -> None:
    rows = [
        {"text": "A kite festival was held in Sorrel Vale on Sunday.", "url": "https://kites.example/1"},
        {"text": ""},
    ]
    first = client.submit(rows, idempotency_key="kites-1", skip_bad=True)
    assert [row.status for row in first.articles] == ["accepted", "refused"]
    assert client.submit(rows, idempotency_key="kites-1", skip_bad=True) == first
    assert client.submit(rows[:1]).articles[0].article_id == first.articles[0].article_id


def test_limits_and_anything_else_can_be_asked(client: Newsweave) -> None:
    limits = client.limits()
    assert (limits.keys_required, limits.page_size.most) == (False, 100)
    assert client.request(Request("GET", "/v1/saved-searches")) == {"searches": []}


async def listed(items: AsyncListing[Any, Any]) -> list[Any]:
    return [item async for item in items]


async def test_the_client_that_does_not_block_gives_the_same(
    pipeline: Pipeline, client: Newsweave, async_client: AsyncNewsweave
) -> None:
    event = whole(client, ferry(client))
    event_id, article_id = event.event_id, event.articles[0].article_id
    pairs: list[tuple[Callable[[], Any], Callable[[], Awaitable[Any]]]] = [
        (lambda: list(client.events()), lambda: listed(async_client.events())),
        (lambda: list(client.claims(q="ferry")), lambda: listed(async_client.claims(q="ferry"))),
        (lambda: list(client.event_articles(event_id)), lambda: listed(async_client.event_articles(event_id))),
        (lambda: list(client.event_claims(event_id)), lambda: listed(async_client.event_claims(event_id))),
        (lambda: list(client.changes(event_id)), lambda: listed(async_client.changes(event_id))),
        (lambda: client.search(q="ferry"), lambda: async_client.search(q="ferry")),
        (lambda: client.event(event_id), lambda: async_client.event(event_id)),
        (lambda: client.article(article_id), lambda: async_client.article(article_id)),
        (lambda: client.membership(article_id), lambda: async_client.membership(article_id)),
        (lambda: client.trace(article_id), lambda: async_client.trace(article_id)),
        (lambda: client.verification(event_id), lambda: async_client.verification(event_id)),
        (lambda: client.verify(event.summary[0]), lambda: async_client.verify(event.summary[0])),
        (lambda: client.speaker("Ilya Marchenkov"), lambda: async_client.speaker("Ilya Marchenkov")),
        (lambda: client.outlet("harbourpost.example"), lambda: async_client.outlet("harbourpost.example")),
        (lambda: client.entity("Port Eldrin"), lambda: async_client.entity("Port Eldrin")),
        (lambda: client.match(DRAFT), lambda: async_client.match(DRAFT)),
        (lambda: client.check(DRAFT, event_id=event_id), lambda: async_client.check(DRAFT, event_id=event_id)),
        (client.position, async_client.position),
    ]
    for blocking, awaited in pairs:
        assert await awaited() == await asyncio.to_thread(blocking)


async def test_an_update_is_told_while_articles_come_in(pipeline: Pipeline, async_client: AsyncNewsweave) -> None:
    row = {
        "url": "https://tides.example/lighthouse",
        "title": "Lighthouse on Gull Rock goes dark",
        "text": "The lighthouse on Gull Rock went dark on Sunday night. Keeper Orla Venn said the lamp had failed.",
        "published_at": "2026-03-29T08:00:00Z",
    }

    before = await async_client.position()
    async with asyncio.timeout(60), async_client.stream(after=before, q="lighthouse") as stream:
        waiting = asyncio.create_task(anext(stream))
        await async_client.submit([row])
        update = await waiting
    assert update.event.headline == row["title"]
    assert update.position == stream.position
