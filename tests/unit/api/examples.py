"""Small events and articles for the tests of the api service."""

from datetime import UTC, datetime, timedelta

from services.contracts.article import Article, ArticleInput, InputKind, Publisher, content_hash
from services.contracts.base import Span
from services.contracts.claim import Claim, ClaimKind, ExtractedArticle, Speaker, SpeakerKind
from services.contracts.event import (
    ArticleRole,
    Counts,
    EntityVariant,
    Event,
    EventArticle,
    EventEntity,
    EventStatus,
    Membership,
    NearestEvent,
    SummarySentence,
)
from services.contracts.event_claims import (
    Contradiction,
    ContradictionKind,
    Figure,
    FigureValue,
    FigureVerdict,
    MergedClaim,
    Passage,
    SourceDenial,
    Support,
)
from services.contracts.quantity import Bound, Quantity

NOON = datetime(2026, 3, 3, 12, 0, tzinfo=UTC)
GAZETTE = Publisher(name="Corrow Gazette", domain="corrowgazette.example")
POST = Publisher(name="The Harbour Post", domain="harbourpost.example")


def member(
    article_id: str,
    *,
    publisher: Publisher = GAZETTE,
    origin_id: str = "org_1",
    role: ArticleRole = ArticleRole.FOUNDER,
    url: str | None = "https://corrowgazette.example/ferry",
    title: str | None = "Ferry capsizes",
) -> EventArticle:
    """One article of an event."""
    return EventArticle(
        article_id=article_id,
        revision=1,
        url=url,
        publisher=publisher,
        title=title,
        published_at=NOON,
        origin_id=origin_id,
        role=role,
        membership=Membership(
            score=None if role is ArticleRole.FOUNDER else 0.83,
            threshold=0.5,
            signals={} if role is ArticleRole.FOUNDER else {"title_tfidf": 0.61},
            runner_up=None if role is ArticleRole.FOUNDER else "evt_other",
            runner_up_score=None if role is ArticleRole.FOUNDER else 0.12,
            model="m1",
        ),
    )


def event(
    event_id: str = "evt_a",
    version: int = 1,
    *,
    articles: tuple[EventArticle, ...] | None = None,
    minutes: int = 0,
    status: EventStatus = EventStatus.OPEN,
    merged_into: str | None = None,
    headline: str = "Ferry capsizes off Port Eldrin",
) -> Event:
    """An event with one article, changed `minutes` after noon."""
    members = (member(f"art_of_{event_id}"),) if articles is None else articles
    return Event(
        event_id=event_id,
        version=version,
        status=status,
        merged_into=merged_into,
        headline=headline,
        language="en",
        first_published_at=NOON,
        last_published_at=NOON + timedelta(minutes=minutes),
        updated_at=NOON + timedelta(minutes=minutes),
        counts=Counts(articles=len(members), publishers=len(members), origins=len(members)),
        articles=members,
    )


TEXT = 'Nine people died, the port said. "The door was open," Marta Selwick said.'
NEAREST = NearestEvent(
    event_id="evt_near",
    affinity=0.12,
    threshold=0.5,
    article_id="art_near",
    pair_probability=0.4,
    against="places",
    reason="the two open with other places (Port Eldrin; Sorrel Vale)",
)
CLAIMS = ("Nine people died, the port said.", '"The door was open," Marta Selwick said.')


def extracted(
    article_id: str = "art_a",
    revision: int = 1,
    *,
    fetched_minutes: int = 0,
    text: str = TEXT,
    claims: tuple[str, ...] = CLAIMS,
    title: str | None = "Ferry capsizes",
    url: str | None = "https://corrowgazette.example/ferry",
) -> ExtractedArticle:
    """An article in which each of `claims` is a claim."""
    return ExtractedArticle(
        article=Article(
            article_id=article_id,
            revision=revision,
            url=url,
            publisher=GAZETTE,
            title=title,
            text=text,
            language="en",
            published_at=NOON,
            fetched_at=NOON + timedelta(minutes=fetched_minutes),
            content_hash=content_hash(title, text),
            input=ArticleInput(kind=InputKind.PUSH),
        ),
        claims=tuple(_claim(number, text, words) for number, words in enumerate(claims)),
        extractor="x1",
    )


def span(words: str, text: str = TEXT) -> Span:
    """Where the words stand first."""
    start = text.index(words)
    return Span(start=start, end=start + len(words))


def citing(*article_ids: str, event_id: str = "evt_c", text: str = TEXT, revision: int = 1) -> Event:
    """An event whose articles all have the text `TEXT` and report the same two claims, at the right spans."""
    articles = tuple(
        member(one, role=ArticleRole.REPRINT if at else ArticleRole.FOUNDER).model_copy(update={"revision": revision})
        for at, one in enumerate(article_ids)
    )
    selwick = Speaker(
        surface="Marta Selwick", span=span("Marta Selwick", text), canonical="Marta Selwick", kind=SpeakerKind.PERSON
    )
    nine = Quantity(
        value=9, low=9, high=9, bound=Bound.EXACT, counted="people", surface="Nine", span=span("Nine", text)
    )
    claims = tuple(
        MergedClaim(
            claim_id=claim_id,
            kind=ClaimKind.STATEMENT,
            text=words,
            speaker=speaker,
            quantities=quantities,
            supports=tuple(
                Support(
                    article_id=article.article_id,
                    publisher=article.publisher,
                    origin_id=article.origin_id,
                    claim_id=f"{claim_id}_{article.article_id}",
                    span=span(words, text),
                    text=words,
                    speaker=speaker,
                )
                for article in articles
            ),
            origins=1,
        )
        for claim_id, words, speaker, quantities in (
            ("clm_dead", CLAIMS[0], None, (nine,)),
            ("clm_door", CLAIMS[1], selwick, ()),
        )
    )
    sentence = SummarySentence(text=CLAIMS[0], article_id=article_ids[0], span=span(CLAIMS[0], text))
    return event(event_id, articles=articles).model_copy(update={"claims": claims, "summary": (sentence,)})


def _claim(number: int, text: str, words: str) -> Claim:
    return Claim(
        claim_id=f"clm_{number}",
        kind=ClaimKind.STATEMENT,
        text=words,
        span=span(words, text),
        extractor="x1",
    )


def disputed() -> Event:
    """An event of two outlets and three articles, with a reprint, that disagree about one figure."""
    articles = (
        member("art_1", publisher=GAZETTE, origin_id="org_1"),
        member("art_2", publisher=POST, origin_id="org_2", role=ArticleRole.MEMBER, title="Nine dead, port says"),
        member("art_3", publisher=Publisher(name="Northgate Daily"), origin_id="org_1", role=ArticleRole.REPRINT),
    )
    fourteen = _merged("clm_14", "At least 14 people were killed.", (articles[0], articles[2]), origins=1)
    nine = _merged("clm_9", "Nine bodies were brought ashore.", (articles[1],), origins=1)
    door = _merged("clm_door", "The door was open, the minister said.", articles, origins=2)
    return event("evt_d", 4, articles=articles).model_copy(
        update={
            "counts": Counts(articles=3, publishers=3, origins=2),
            "summary": (SummarySentence(text="A ferry capsized.", article_id="art_2", span=Span(start=0, end=17)),),
            "claims": (fourteen, nine, door),
            "contradictions": (
                Contradiction(
                    kind=ContradictionKind.FIGURE, sides=("clm_14", "clm_9"), explanation="At least 14 against 9"
                ),
            ),
            "figures": (
                Figure(
                    counted="people killed",
                    values=(
                        _value("At least 14", 14, Bound.AT_LEAST, ("clm_14",), ("art_1", "art_3")),
                        _value("Nine", 9, Bound.EXACT, ("clm_9",), ("art_2",)),
                    ),
                    verdict=FigureVerdict.CONFLICTING,
                ),
            ),
            "entities": (
                EventEntity(
                    name="Ilya Marchenkov",
                    type="person",
                    variants=(
                        EntityVariant(surface="Ilya Marchenkov", article_ids=("art_1", "art_3")),
                        EntityVariant(surface="Ilia Marchenkov", article_ids=("art_2",)),
                    ),
                ),
            ),
        }
    )


def pointing_denial() -> SourceDenial:
    """A denial that is no claim, since it only points at what others say."""
    passage = Passage(article_id="art_1", span=Span(start=0, end=27), text="The port denied the report.")
    return SourceDenial(source="The port", passages=(passage,), origins=1)


def _merged(claim_id: str, text: str, articles: tuple[EventArticle, ...], *, origins: int) -> MergedClaim:
    return MergedClaim(
        claim_id=claim_id,
        kind=ClaimKind.STATEMENT,
        text=text,
        speaker=Speaker(
            surface="Marchenkov",
            span=Span(start=0, end=10),
            canonical="Ilya Marchenkov",
            kind=SpeakerKind.PERSON,
            role="Transport Minister",
        ),
        supports=tuple(
            Support(
                article_id=article.article_id,
                publisher=article.publisher,
                origin_id=article.origin_id,
                claim_id=f"{claim_id}_{article.article_id}",
                span=Span(start=0, end=len(text)),
                text=text,
                published_at=article.published_at,
            )
            for article in articles
        ),
        origins=origins,
        first_reported_at=NOON,
    )


def _value(
    surface: str, value: float, bound: Bound, claim_ids: tuple[str, ...], article_ids: tuple[str, ...]
) -> FigureValue:
    return FigureValue(
        surface=surface,
        value=value,
        low=value,
        high=None if bound is Bound.AT_LEAST else value,
        bound=bound,
        source="officials",
        claim_ids=claim_ids,
        article_ids=article_ids,
        origins=1,
        first_reported_at=NOON,
    )
