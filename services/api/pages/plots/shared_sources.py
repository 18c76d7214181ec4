"""The sources that several texts of an event rely on, though they are written by themselves. Pure."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from services.api.filters.words import fold_name
from services.api.pages.characters import shown
from services.api.pages.phrases import named_outlet
from services.contracts.article import UNNAMED_AGENCY, Publisher
from services.contracts.claim import Speaker, SpeakerKind
from services.contracts.event import Event
from services.contracts.event_claims import MergedClaim
from services.language.agencies import find_agency


@dataclass(frozen=True)
class SharedSource:
    """One source."""

    name: str
    claims: int
    """Claims that are from it."""
    origins: frozenset[str]
    """Texts that have them."""


def shared_sources(event: Event) -> list[SharedSource]:
    """The sources of several texts: of most texts first, then of most claims.

    Those that all reports of a claim go back to, whom texts name as the speakers of their claims, and outlets and
    agencies by way of which texts have their claims, each its own or several one.
    """
    origin_of = {article.article_id: article.origin_id for article in event.articles}
    named = [*_roots(event.claims), *_speakers(event.claims), *_relays(event)]
    keys = _keys({name for name, _, _ in named})
    names: dict[str, str] = {}
    claims: dict[str, set[str]] = {}
    origins: dict[str, set[str]] = {}
    for name, claim_id, article_ids in named:
        key = keys[name]
        names.setdefault(key, name)
        claims.setdefault(key, set()).add(claim_id)
        origins.setdefault(key, set()).update(
            origin_of[article_id] for article_id in article_ids if article_id in origin_of
        )
    sources = (SharedSource(names[key], len(claims[key]), frozenset(own)) for key, own in origins.items())
    shared = (source for source in sources if len(source.origins) > 1)
    return sorted(shared, key=lambda source: (-len(source.origins), -source.claims, source.name))


def _keys(names: Collection[str]) -> Mapping[str, str]:
    """By name, what it has in common with other forms of it: no article, and its initials where another is these."""
    folded = {name: fold_name(name).removeprefix("the ") for name in names}
    acronyms = {folded[name] for name in names if name.isupper()}
    initials = {name: "".join(word[0] for word in plain.split()) for name, plain in folded.items()}
    return {name: initials[name] if initials[name] in acronyms else folded[name] for name in names}


_Named = tuple[str, str, frozenset[str]]
"""A source, a claim that is from it, and the articles that have the claim from it."""


def _roots(claims: Sequence[MergedClaim]) -> Iterator[_Named]:
    """What all reports of a claim go back to; "officials" of two claims need not be the same."""
    for claim in claims:
        source = claim.ultimate_source
        if source is not None and source.kind is not SpeakerKind.UNNAMED and (name := shown(source.name)):
            yield name, claim.claim_id, frozenset(support.article_id for support in claim.supports)


def _speakers(claims: Sequence[MergedClaim]) -> Iterator[_Named]:
    """Who is named as having said a claim, by the one name that the event has for them.

    In a claim of several articles without a source that all go back to, whom each article names, where that is a name
    of the event: "Reyl" can be any Reyl.
    """
    names = {claim.speaker.canonical for claim in claims if claim.speaker is not None and _is_named(claim.speaker)}
    for claim in claims:
        if claim.ultimate_source is not None:
            continue
        articles = {support.article_id for support in claim.supports}
        for support in claim.supports:
            speaker = claim.speaker if len(articles) == 1 else support.speaker
            if speaker is None or support.speaker is None or not _is_named(speaker):
                continue
            name = shown(speaker.canonical)
            if name and speaker.canonical in names and not _is_outlet(name, support.publisher):
                yield name, claim.claim_id, frozenset((support.article_id,))


def _is_named(speaker: Speaker) -> bool:
    """Whether it has a name: a person's of one word, and "the company", could be anybody's."""
    if speaker.kind is SpeakerKind.PERSON:
        return " " in speaker.canonical
    return speaker.kind is SpeakerKind.ORGANISATION and any(map(str.isupper, speaker.canonical))


def _relays(event: Event) -> Iterator[_Named]:
    """Outlets and agencies by way of which texts have their claims."""
    for claim in event.claims:
        for support in claim.supports:
            for link in support.attribution:
                name = shown(link.name)
                if name and name != UNNAMED_AGENCY and not _is_outlet(name, support.publisher):
                    yield name, claim.claim_id, frozenset((support.article_id,))


def credited_agencies(event: Event) -> Mapping[str, tuple[str, ...]]:
    """By text, the agencies by way of which it has claims, or that it names as having reported them."""
    origin_of = {article.article_id: article.origin_id for article in event.articles}
    credited: dict[str, dict[str, str]] = {}
    for claim in event.claims:
        for support in claim.supports:
            names = [link.name for link in support.attribution]
            names += [support.speaker.canonical] if support.speaker is not None else []
            for name in names:
                agency, origin_id = find_agency(name), origin_of.get(support.article_id)
                if agency is not None and origin_id is not None and not _is_outlet(shown(name), support.publisher):
                    credited.setdefault(origin_id, {}).setdefault(agency, shown(name))
    return {origin_id: tuple(names.values()) for origin_id, names in credited.items()}


def _is_outlet(name: str, publisher: Publisher) -> bool:
    """Whether it is the outlet itself: "CNN" is how "CNN (Web News)" calls itself."""
    outlet = fold_name(named_outlet(publisher) or "")
    return f"{outlet} ".startswith(f"{fold_name(name)} ")
