"""Articles that chance makes of few names, so that these meet: who is named, who speaks, through whom, near what."""

import random
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from services.contracts.article import Article
from services.contracts.base import Span
from services.contracts.claim import (
    ArticleName,
    AttributionLink,
    Claim,
    ExtractedArticle,
    NameForm,
    NameLink,
    Speaker,
    SpeakerKind,
)
from services.dedupe.merging.sources.attributed import AttributedArticle
from services.language.spelling import spelling_key
from tests.support.dedupe_articles import make_article, make_claim

PEOPLE = (
    "Ada Reyl", "A. Reyl", "Alan Reyl", "Reyl", "Ada", "Ilya Marchenkov", "Ilya Marchenkow", "Ilia Marchenkov",
    "Marchenkov", "I. Lukashenka", "Ilya Lukashenko", "Ilya Lukashenka", "Kim Jong Gyu", "Kim Jong Un", "Kim",
    "Kim Jong", "National Bridge", "Solven", "Nadia", "Nadia Solven", "Nadia Bo Solven",
)  # fmt: skip
ORGANISATIONS = (
    "National Bridge Service", "Northern Bank Society", "NBS", "NB", "Solven Foreign Ministry", "foreign ministry",
    "New Solven Army", "NSA", "Reyl", "Nadia Bo Solven", "Marven tourist board", "Solven tourist board",
    "tourist board",
)  # fmt: skip
PLACES = (
    ("Solven", "SO"),
    ("Solven", "MA"),
    ("Marven", "MA"),
    ("Port Eldrin", "SO/port eldrin"),
    ("Port-Eldrin", "MA/e"),
)
ROLES = (None, "Transport Minister", "transport minister", "Solven Foreign Minister", "the Mayor")
UNNAMED = (
    "the transport minister",
    "the mayor",
    "officials",
    "Solven officials",
    "Norwegian officials",
    "Eldrin's mayor",
)
LINKS = ("NBS", "the agency NBS", "National Bridge Service", "state media", "the daily of Ada Reyl")
TYPES = ("person", "person", "organisation", "unknown", "unknown", "unknown")


class Told(NamedTuple):
    """A claim as resolving sources sees it."""

    claim: Claim


def make_attributed_article(number: int, revision: int = 1) -> tuple[str, AttributedArticle]:
    """An article with its id; that of another revision names and quotes others."""
    chance = random.Random(f"{number} {revision}")
    listed = [_make_name(chance) for _ in range(chance.randint(1, 6))] if chance.random() < 0.9 else []
    said = [f"Claim {at} is told" for at in range(chance.randint(0, 4))]
    others = [form.surface for name in listed for form in name.forms]
    words = [
        *chance.sample(PEOPLE, 3),
        *others,
        "Solven",
        "Marven",
        "near",
        "and",
        "Port Eldrin",
        "of all that we know",
    ]
    text = ". ".join([*said, " ".join(chance.choices(words, k=30))])
    article = make_article(f"outlet{number}", text, revision=revision)
    speakers = [_make_speaker(chance, others) for _ in range(2)]
    claims = [Told(_make_claim(chance, article, sentence, speakers)) for sentence in said]
    return article.article_id, AttributedArticle(
        ExtractedArticle(article=article, names=tuple(listed), extractor="test"), claims
    )


def make_article_of_names(
    outlet: str, names: Sequence[tuple[str, str, str]], speaker: str | None = None, forms: Sequence[str] = ()
) -> tuple[str, AttributedArticle]:
    """An article that has names (name, type, key), the first with other `forms` too, and a claim of a speaker."""
    article = make_article(outlet, f"The bridge will close, said {speaker}.")
    listed = [_build_name(name, kind, key, {name: NameLink.SAME}) for name, kind, key in names]
    if forms:
        (name, kind, key), first = names[0], {names[0][0]: NameLink.SAME} | dict.fromkeys(forms, NameLink.PART)
        listed[0] = _build_name(name, kind, key, first)
    claim = make_claim(article, "The bridge will close", speaker=speaker)
    extracted = ExtractedArticle(article=article, names=tuple(listed), extractor="test")
    return article.article_id, AttributedArticle(extracted, [Told(claim)])


def _build_name(name: str, kind: str, key: str, forms: Mapping[str, NameLink]) -> ArticleName:
    written = tuple(
        NameForm(surface=surface, span=Span(start=0, end=1), mentions=1, link=link) for surface, link in forms.items()
    )
    return ArticleName(name=name, type=kind, key=key, forms=written)


def _make_name(chance: random.Random) -> ArticleName:
    kind = chance.choice(("person", "organisation", "place"))
    if kind == "place":
        name, key = chance.choice(PLACES)
        forms = {name: NameLink.SAME}
    else:
        name = chance.choice(PEOPLE if kind == "person" else ORGANISATIONS)
        key = spelling_key(tuple(name.split()))
        forms = {name: NameLink.SAME}
        if chance.random() < 0.3:
            forms[chance.choice(name.split())] = NameLink.PART
        if kind == "organisation" and chance.random() < 0.3:
            forms.setdefault(chance.choice(("NBS", "NSA", "NB")), NameLink.EXPLAINED)
        kind = chance.choice(TYPES)
    return _build_name(name, kind, key, forms)


def _make_speaker(chance: random.Random, named: list[str]) -> Speaker | None:
    kind = chance.choice((*SpeakerKind, None))
    if kind is None:
        return None
    names = {SpeakerKind.PERSON: PEOPLE, SpeakerKind.ORGANISATION: ORGANISATIONS, SpeakerKind.UNNAMED: UNNAMED}[kind]
    name = chance.choice(named if named and chance.random() < 0.5 else names)
    return Speaker(
        surface=name,
        span=Span(start=0, end=1),
        canonical=name,
        kind=kind,
        role=chance.choice(ROLES),
        organisation=chance.choice((None, None, "Marven", "New Solven Army")),
    )


def _make_claim(chance: random.Random, article: Article, text: str, speakers: list[Speaker | None]) -> Claim:
    links = tuple(
        AttributionLink(name=name, kind=SpeakerKind.ORGANISATION) for name in chance.sample(LINKS, chance.randint(0, 2))
    )
    claim = make_claim(article, text)
    return claim.model_copy(update={"speaker": chance.choice(speakers), "attribution": links})
