"""Views of one event at random, small and consistent: what they name is in them."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from services.contracts.article import ArticleStatus, Publisher
from services.contracts.base import Span
from services.contracts.claim import ClaimKind, Commitment
from services.contracts.event import (
    ArticleRole,
    Counts,
    Event,
    EventArticle,
    EventStatus,
    LineageEntry,
    Membership,
    NearestEvent,
    Origin,
)
from services.contracts.event_claims import (
    Contradiction,
    ContradictionKind,
    Figure,
    FigureValue,
    FigureVerdict,
    MergedClaim,
    Passage,
    Position,
    Support,
)
from services.contracts.quantity import Bound

NOON = datetime(2026, 3, 3, 12, 0, tzinfo=UTC)
ARTICLES = tuple("abcdeg")
OUTLETS = ("Corrow Gazette", "The Harbour Post", "Northgate Daily", None)
NEAREST = NearestEvent(event_id="evt_near", affinity=0.1, threshold=0.4, against="places", reason="elsewhere")


@st.composite
def streams(draw: st.DrawFn) -> list[Event]:
    """Views of one event, each of a later version; the last may end it."""
    events = [draw(views(version=version)) for version in range(1, 1 + draw(st.integers(1, 3)))]
    end = draw(st.sampled_from(EventStatus))
    last = events[-1]
    if end is EventStatus.CLOSED:
        events[-1] = last.model_copy(update={"status": end})
    if end is EventStatus.MERGED:
        merge = LineageEntry(kind="merge", event_id="evt_other", reason="Taken up.")
        events.append(
            Event(
                event_id=last.event_id,
                version=last.version + 1,
                status=EventStatus.MERGED,
                merged_into="evt_other",
                headline="Merged into evt_other",
                updated_at=NOON,
                counts=Counts(articles=0, publishers=0, origins=0),
                lineage=(*last.lineage, merge),
            )
        )
    return events


@st.composite
def views(draw: st.DrawFn, *, version: int = 1) -> Event:
    """One view. Ids of origins and claims come from the first of them, so that earlier articles rename them."""
    names = sorted(draw(st.sets(st.sampled_from(ARTICLES), min_size=1)))
    texts: dict[int, list[str]] = {}
    for name in names:
        texts.setdefault(draw(st.integers(0, 2)), []).append(name)
    origin_of = {name: f"org_{members[0]}" for members in texts.values() for name in members}
    articles = tuple(draw(_article(name, origin_of[name])) for name in names)
    claims = _claims(draw, articles)
    return Event(
        event_id="evt_1",
        version=version,
        headline=f"Ferry {draw(st.sampled_from(names))}",
        updated_at=NOON + timedelta(minutes=version),
        counts=Counts(
            articles=len(articles),
            publishers=len({one.publisher.key for one in articles if one.publisher.key}),
            origins=len(texts),
        ),
        articles=articles,
        origins=tuple(
            Origin(origin_id=f"org_{members[0]}", article_ids=tuple(f"art_{name}" for name in members))
            for members in texts.values()
        ),
        claims=claims,
        contradictions=tuple(draw(st.lists(_contradiction(claims), max_size=3))) if len(claims) > 1 else (),
        figures=tuple(draw(st.lists(_figure(claims), max_size=3))) if claims else (),
        lineage=tuple(
            LineageEntry(kind=kind, event_id=f"evt_{kind}", reason="Because.")
            for kind in draw(st.lists(st.sampled_from(("merge", "split", "move")), max_size=version))
        ),
    )


@st.composite
def _article(draw: st.DrawFn, name: str, origin_id: str) -> EventArticle:
    revision, status = draw(st.sampled_from([(1, "usable"), (1, "usable"), (2, "corrected"), (3, "withdrawn")]))
    return EventArticle(
        article_id=f"art_{name}",
        revision=revision,
        url=f"https://{name}.example/ferry",
        publisher=Publisher(name=OUTLETS[ARTICLES.index(name) % len(OUTLETS)]),
        title=f"Ferry {name}",
        published_at=NOON + timedelta(minutes=ARTICLES.index(name)) if name != "g" else None,
        status=ArticleStatus(status),
        origin_id=origin_id,
        role=draw(st.sampled_from(ArticleRole)),
        membership=Membership(
            threshold=0.4,
            model="m1",
            score=draw(st.sampled_from((None, 0.5))),
            signals={"lead": 0.5},
            runner_up="evt_near",
            runner_up_score=0.1,
            nearest=NEAREST,
        ),
    )


def _claims(draw: st.DrawFn, articles: Sequence[EventArticle]) -> tuple[MergedClaim, ...]:
    groups: dict[int, list[Support]] = {}
    for article in articles:
        for number in draw(st.sets(st.integers(0, 3), max_size=3)):
            groups.setdefault(number, []).append(draw(_support(article, number)))
    return tuple(
        MergedClaim(
            claim_id=supports[0].claim_id,
            kind=ClaimKind.STATEMENT,
            text=draw(st.sampled_from(supports)).text,
            variants=tuple(sorted({one.text for one in supports[1:]})),
            supports=tuple(supports),
            origins=len({one.origin_id for one in supports}),
            first_reported_at=min((one.published_at for one in supports if one.published_at), default=None),
        )
        for supports in groups.values()
    )


@st.composite
def _support(draw: st.DrawFn, article: EventArticle, number: int) -> Support:
    text = f"The ferry {draw(st.sampled_from(('sank', 'capsized')))} {number}."
    return Support(
        article_id=article.article_id,
        publisher=article.publisher,
        origin_id=article.origin_id,
        claim_id=f"clm_{article.article_id}_{number}",
        span=Span(start=number * 40, end=number * 40 + len(text)),
        text=text,
        commitment=draw(st.sampled_from((Commitment.ASSERTS, Commitment.ASSERTS, Commitment.DENIES))),
        published_at=article.published_at,
    )


@st.composite
def _contradiction(draw: st.DrawFn, claims: Sequence[MergedClaim]) -> Contradiction:
    sides = draw(st.lists(st.sampled_from(claims), min_size=2, max_size=3, unique_by=lambda claim: claim.claim_id))
    return Contradiction(
        kind=draw(st.sampled_from((ContradictionKind.FIGURE, ContradictionKind.POLARITY))),
        sides=tuple(one.claim_id for one in sides),
        positions=tuple(
            Position(
                claim_id=one.claim_id,
                says="so",
                passages=tuple(
                    Passage(article_id=each.article_id, span=each.span, text=each.text) for each in one.supports
                ),
            )
            for one in sides
        ),
        explanation="They differ.",
    )


@st.composite
def _figure(draw: st.DrawFn, claims: Sequence[MergedClaim]) -> Figure:
    numbers = draw(st.lists(st.integers(1, 4), min_size=1, max_size=3, unique=True))
    values = []
    for number in numbers:
        claim = draw(st.sampled_from(claims))
        values.append(
            FigureValue(
                surface=str(number),
                value=number,
                low=number,
                high=number,
                bound=Bound.EXACT,
                claim_ids=(claim.claim_id,),
                article_ids=tuple(sorted({one.article_id for one in claim.supports})),
                origins=claim.origins,
            )
        )
    return Figure(
        counted=draw(st.sampled_from(("people killed", "boats"))),
        values=tuple(values),
        verdict=draw(st.sampled_from(FigureVerdict)),
        explanation="Because." if len(values) > 1 else "",
    )
