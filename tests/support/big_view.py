"""A view of an event of any size, made up: reprints and own reports that agree, add and clash."""

import random
from datetime import UTC, datetime, timedelta
from typing import Any

from services.contracts.article import Publisher
from services.contracts.base import Span
from services.contracts.claim import ClaimKind, Speaker, SpeakerKind
from services.contracts.event import (
    ArticleRole,
    Counts,
    EntityVariant,
    Event,
    EventArticle,
    EventEntity,
    Membership,
    NearestEvent,
    Origin,
    SummarySentence,
    TimelineEntry,
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
    SourceStep,
    Support,
    UltimateSource,
)
from services.contracts.quantity import Bound, Quantity

NOON = datetime(2026, 3, 3, 12, 0, tzinfo=UTC)
SENTENCE = "the ferry left quay late while rescue crews from Port Eldrin searched cold water near harbour wall"
WORDS = SENTENCE.split()
NEAREST = NearestEvent(
    event_id="evt_2f90c1d4a8e67b35d010", affinity=0.2, threshold=0.38, against="places", reason="they open elsewhere"
)


class _Maker:
    def __init__(self, articles: int, claims: int, seed: int, words: int) -> None:
        self.random = random.Random(seed)
        self.words = words
        origins = max(1, articles * 2 // 5)
        self.articles = [
            self._article(at, at if at < origins else self.random.randrange(origins)) for at in range(articles)
        ]
        self.texts: dict[str, list[EventArticle]] = {}
        for one in self.articles:
            self.texts.setdefault(one.origin_id, []).append(one)
        self.claims = [self._claim(number, claims) for number in range(claims)]

    def sentence(self) -> str:
        return " ".join(self.random.choices(WORDS, k=self.words)) + "."

    def _article(self, at: int, origin: int) -> EventArticle:
        outlet = f"Outlet {self.random.randrange(400)}"
        return EventArticle(
            article_id=f"art_{at:020x}",
            revision=1,
            url=f"https://outlet{at}.example/2026/03/03/ferry-capsizes-off-port-eldrin-{at}",
            publisher=Publisher(name=outlet, domain=f"{outlet.lower().replace(' ', '')}.example"),
            title=f"Ferry capsizes off Port Eldrin: {self.random.choice(WORDS)} {at}",
            published_at=NOON + timedelta(minutes=at),
            origin_id=f"org_{origin:020x}",
            role=ArticleRole.FOUNDER if at == 0 else ArticleRole.MEMBER if at == origin else ArticleRole.REPRINT,
            membership=Membership(
                score=0.7 if at else None,
                threshold=0.38,
                signals={f"signal_{number}": 0.5 for number in range(12)} if at else {},
                runner_up="evt_2f90c1d4a8e67b35d010",
                runner_up_score=0.2,
                model="weights 8, all-MiniLM-L6-v2-int8@329bd79537d8",
                nearest=NEAREST,
            ),
        )

    def _claim(self, number: int, claims: int) -> MergedClaim:
        """The first claims are in many articles, the last in one text each."""
        wide = max(1, len(self.texts) // (number + 2)) if number < claims // 4 else 1
        texts = self.random.sample(sorted(self.texts), wide)
        text = self.sentence()
        told = [one for each in texts for one in self.texts[each][: 1 + self.random.randrange(6)]]
        told.sort(key=lambda one: one.article_id)
        supports = tuple(
            self._support(one, number, text if at == 0 else self.sentence()) for at, one in enumerate(told)
        )
        canonical = max(supports, key=lambda one: len(one.text))
        return MergedClaim(
            claim_id=supports[0].claim_id,
            kind=ClaimKind.STATEMENT,
            text=canonical.text,
            speaker=canonical.speaker,
            variants=tuple(
                sorted({one.text for one in supports} - {canonical.text}, key=lambda each: (-len(each), each))
            ),
            quantities=(
                Quantity(
                    value=number,
                    low=number,
                    high=number,
                    bound=Bound.EXACT,
                    counted="people",
                    surface="the",
                    span=Span(start=canonical.span.start, end=canonical.span.start + 3),
                ),
            ),
            supports=supports,
            origins=len({one.origin_id for one in supports}),
            ultimate_source=UltimateSource(
                name="coast guard",
                kind=SpeakerKind.ORGANISATION,
                chain=(
                    SourceStep(
                        name="coast guard",
                        kind=SpeakerKind.ORGANISATION,
                        article_ids=tuple(one.article_id for one in supports),
                    ),
                ),
            )
            if len(supports) > 1
            else None,
            first_reported_at=supports[0].published_at,
        )

    def _support(self, article: EventArticle, number: int, text: str) -> Support:
        start = number * 200
        speaker = Speaker(
            surface="Marta Selwick",
            span=Span(start=start, end=start + 13),
            canonical="Marta Selwick",
            kind=SpeakerKind.PERSON,
            role="harbour master",
        )
        return Support(
            article_id=article.article_id,
            publisher=article.publisher,
            origin_id=article.origin_id,
            claim_id=f"clm_{article.article_id[4:]}{number}",
            span=Span(start=start, end=start + len(text)),
            text=text,
            speaker=speaker,
            cue="said",
            published_at=article.published_at,
        )

    def contradiction(self, sides: int) -> Contradiction:
        chosen = self.random.sample(self.claims, min(sides, len(self.claims)))
        return Contradiction(
            kind=ContradictionKind.FIGURE,
            sides=tuple(sorted(one.claim_id for one in chosen)),
            positions=tuple(
                Position(
                    claim_id=one.claim_id,
                    says=str(at % 9),
                    passages=tuple(
                        Passage(article_id=each.article_id, span=each.span, text=each.text) for each in one.supports
                    ),
                )
                for at, one in enumerate(chosen)
            ),
            explanation="People killed: 9 (the port) against 14 (the ministry)",
        )

    def figure(self, number: int) -> Figure:
        chosen = self.random.sample(self.claims, min(1 + self.random.randrange(20), len(self.claims)))
        return Figure(
            counted=f"people counted {number}",
            values=tuple(
                FigureValue(
                    surface=f"{at} people",
                    value=at,
                    low=at,
                    high=at,
                    bound=Bound.EXACT,
                    source="the port",
                    claim_ids=(one.claim_id,),
                    article_ids=tuple(sorted({each.article_id for each in one.supports})),
                    origins=one.origins,
                    first_reported_at=one.first_reported_at,
                )
                for at, one in enumerate(chosen)
            ),
            verdict=self.random.choice(list(FigureVerdict)),
            explanation="9 people (the port) against 14 people (the ministry).",
        )


def big_view(articles: int = 2_000, claims: int = 1_500, *, seed: int = 1, words: int = 25, **more: Any) -> Event:
    """A consistent view with that many articles and merged claims."""
    maker = _Maker(articles, claims, seed, words)
    listed = maker.articles
    disputes = min(claims // 5, 300) if claims > 1 else 0
    known: dict[str, Any] = {
        "event_id": "evt_4be1d0a7c39f52e6810b",
        "version": 7,
        "headline": listed[0].title,
        "language": "en",
        "first_published_at": listed[0].published_at,
        "last_published_at": listed[-1].published_at,
        "updated_at": NOON + timedelta(minutes=articles),
        "counts": Counts(
            articles=articles, publishers=len({one.publisher.key for one in listed}), origins=len(maker.texts)
        ),
        "articles": tuple(listed),
        "origins": tuple(
            Origin(origin_id=key, article_ids=tuple(one.article_id for one in told))
            for key, told in maker.texts.items()
        ),
        "entities": tuple(_entity(number, maker) for number in range(min(200, articles))),
        "claims": tuple(maker.claims),
        "contradictions": tuple(maker.contradiction(2 + number % 40) for number in range(disputes)),
        "figures": tuple(maker.figure(number) for number in range(min(claims, 200))),
        "timeline": tuple(
            TimelineEntry(at=one.published_at, article_id=one.article_id, what=one.title)
            for one in listed
            if one.role is not ArticleRole.REPRINT and one.published_at and one.title
        ),
        "summary": tuple(
            SummarySentence(text=one.text, article_id=one.supports[0].article_id, span=one.supports[0].span)
            for one in maker.claims[:3]
        ),
        "nearest": NEAREST,
    }
    return Event(**known | more)


def _entity(number: int, maker: _Maker) -> EventEntity:
    half = len(maker.articles) // 2 or 1
    ids = tuple(one.article_id for one in maker.articles)
    return EventEntity(
        name=f"Marta Selwick {number}",
        type="person",
        variants=(
            EntityVariant(surface=f"Marta Selwick {number}", article_ids=ids[:half]),
            *(
                (EntityVariant(surface=f"Selwick {number}", article_ids=ids[half:], shown_in=ids[half:]),)
                if ids[half:]
                else ()
            ),
        ),
    )
