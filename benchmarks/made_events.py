"""Made-up events of about the size of real ones: two articles in the mean, two dozen claims an article, ten names.

The words of claims are drawn as words of a language are: some hundred are everywhere, most are rare. Event number n is
the same in every run.
"""

import random
from datetime import UTC, datetime, timedelta
from functools import cache

from services.contracts.article import Publisher
from services.contracts.base import Span
from services.contracts.claim import ClaimKind, Commitment, Speaker, SpeakerKind
from services.contracts.event import (
    ArticleRole,
    Counts,
    EntityVariant,
    Event,
    EventArticle,
    EventEntity,
    Membership,
)
from services.contracts.event_claims import MergedClaim, Support

FIRST_DAY = datetime(2026, 1, 1, tzinfo=UTC)
MINUTES_BETWEEN = 2
"""Between the last articles of one event and the next."""
CLAIMS, CLAIMS_MORE = 24, 6
"""Of the first article unless said otherwise, and what each further one adds."""
MOST_ARTICLES = 12
WORDS, PEOPLE, PLACES, OUTLETS = 30_000, 4_000, 800, 300
_COMMON = (
    "the", "of", "in", "to", "and", "a", "that", "on", "for", "was", "at", "by", "from", "with", "after", "which",
    "their", "people", "police", "government", "minister", "court", "city", "year", "week", "percent", "million",
    "report", "officials", "water", "road", "fire", "company", "school", "party", "vote", "election", "bank", "price",
)  # fmt: skip
_SYLLABLES = (
    "ba", "cor", "den", "el", "far", "gor", "hal", "in", "jor", "kel", "lin", "mar", "nor", "ol", "per", "rey",
    "sel", "tor", "ul", "ven", "wick", "yor", "zan", "bri", "stav", "mont",
)  # fmt: skip
_KINDS = tuple(ClaimKind)
_DENIED = 0.03
"""Share of the claims that deny."""
_SAID = 0.6
"""Share of the claims that somebody is named for."""
_REPRINTED = 0.3
"""Share of the articles after the first that repeat it."""

_Names = tuple[str, ...]


@cache
def vocabulary() -> tuple[str, ...]:
    """All words, the most frequent first."""
    chance = random.Random(11)
    words = dict.fromkeys(_COMMON)
    while len(words) < WORDS:
        words["".join(chance.choices(_SYLLABLES, k=chance.randint(2, 3))) + chance.choice(("", "s", "ed", "ing"))] = (
            None
        )
    return tuple(words)


@cache
def people() -> tuple[str, ...]:
    """Names of people."""
    chance = random.Random(12)
    return tuple(f"{_name(chance, 2)} {_name(chance, 3)}" for _ in range(PEOPLE))


@cache
def places() -> tuple[str, ...]:
    """Names of places."""
    chance = random.Random(13)
    return tuple(f"{_name(chance, 2)}{chance.choice(('', ' Bay', ' Ford', 'mouth'))}" for _ in range(PLACES))


def made_event(number: int, version: int = 1, *, minutes: int = 0, claims_of_first: int = CLAIMS) -> Event:
    """Event `number`, its articles published `minutes` later than at first, with so many claims of the first one."""
    chance = random.Random(f"event {number}")
    last = FIRST_DAY + timedelta(minutes=MINUTES_BETWEEN * number + minutes)
    count = min(1 + int(chance.expovariate(1.0)), MOST_ARTICLES)
    articles = tuple(
        _article(chance, number, at, last - timedelta(minutes=20 * (count - 1 - at))) for at in range(count)
    )
    cast = tuple(_drawn(chance, people()) for _ in range(4))
    spots = tuple(_drawn(chance, places()) for _ in range(4))
    claims = tuple(
        _claim(chance, f"clm_{number:014}{at:04}", at, (cast, spots), articles)
        for at in range(claims_of_first + CLAIMS_MORE * (count - 1))
    )
    origins = len({article.origin_id for article in articles})
    return Event(
        event_id=f"evt_{number:020}",
        version=version,
        headline=f"{cast[0].split()[1]} {_sentence(chance, 6)} in {spots[0]}",
        language="en",
        first_published_at=articles[0].published_at,
        last_published_at=last,
        updated_at=last,
        counts=Counts(articles=count, publishers=count, origins=origins),
        articles=articles,
        entities=tuple(_entity(name, "person", articles) for name in cast)
        + tuple(_entity(name, "place", articles) for name in spots),
        claims=claims,
    )


def _entity(name: str, kind: str, articles: tuple[EventArticle, ...]) -> EventEntity:
    ids = tuple(article.article_id for article in articles)
    forms = dict.fromkeys((name, name.rsplit(maxsplit=1)[-1] if kind == "person" else name))
    return EventEntity(
        name=name, type=kind, variants=tuple(EntityVariant(surface=form, article_ids=ids) for form in forms)
    )


def _article(chance: random.Random, event: int, at: int, published: datetime) -> EventArticle:
    outlet = int(OUTLETS * chance.random() ** 2)
    reprint = at > 0 and chance.random() < _REPRINTED
    return EventArticle(
        article_id=f"art_{event:016}{at:04}",
        revision=1,
        url=f"https://outlet{outlet}.example/{event}/{at}",
        publisher=Publisher(name=f"Outlet {outlet}", domain=f"outlet{outlet}.example", family=f"Group {outlet % 40}"),
        title=_sentence(chance, 9).capitalize(),
        published_at=published,
        origin_id=f"org_{event:016}{0 if reprint else at:04}",
        role=ArticleRole.REPRINT if reprint else ArticleRole.MEMBER if at else ArticleRole.FOUNDER,
        membership=Membership(score=0.8 if at else None, threshold=0.5, model="made up"),
    )


def _claim(
    chance: random.Random, claim: str, at: int, named: tuple[_Names, _Names], articles: tuple[EventArticle, ...]
) -> MergedClaim:
    cast, spots = named
    speaker = chance.choice(cast) if chance.random() < _SAID else None
    text = f"{chance.choice(cast).split()[1]} {_sentence(chance, 14)} in {chance.choice(spots)}"
    start = 150 * at
    said = None if speaker is None else Speaker(
        surface=speaker, span=Span(start=start, end=start + len(speaker)), canonical=speaker, kind=SpeakerKind.PERSON
    )  # fmt: skip
    first = chance.randrange(len(articles))
    reporting = articles[first : first + 2]
    supports = tuple(
        Support(
            article_id=article.article_id,
            publisher=article.publisher,
            origin_id=article.origin_id,
            claim_id=f"{claim}{number:02}",
            span=Span(start=start, end=start + len(text)),
            text=text,
            speaker=said,
            published_at=article.published_at,
        )
        for number, article in enumerate(reporting)
    )
    return MergedClaim(
        claim_id=claim,
        kind=chance.choice(_KINDS),
        text=text,
        speaker=said,
        cue=None if speaker is None else "said",
        commitment=Commitment.DENIES if chance.random() < _DENIED else Commitment.ASSERTS,
        supports=supports,
        origins=len({support.origin_id for support in supports}),
        first_reported_at=supports[0].published_at,
    )


def _sentence(chance: random.Random, words: int) -> str:
    return " ".join(_drawn(chance, vocabulary()) for _ in range(words))


def _drawn(chance: random.Random, among: tuple[str, ...]) -> str:
    """One of them, the first ones far more often."""
    return among[int(len(among) * chance.random() ** 4)]


def _name(chance: random.Random, syllables: int) -> str:
    return "".join(chance.choices(_SYLLABLES, k=syllables)).capitalize()
