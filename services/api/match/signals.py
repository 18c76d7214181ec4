"""What speaks for an event being the one that a text is about, as numbers. Pure."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from services.api.match.profile import Profile
from services.api.match.shortlist import COMPARED_EVENTS, Candidate, days_between
from services.api.match.terms import TermCounts, Weights
from services.api.match.vectors import RoundedVector

SIGNALS = {
    "cosine": "cosine of the text's vector and that of the event's nearest article",
    "mean_cosine": "mean cosine of its three nearest articles",
    "margin": "how far that cosine is above the best of any other event",
    "cohesion": "how far that cosine is above the best between that article and the others of the event; 0: it has one",
    "several": "1 where the event has more than one article near the text",
    "words": "words shared with its most similar article, rare ones counting more",
    "local_words": "the same, where words that the other events have too count less",
    "mean_local_words": "mean of that over its three most similar articles",
    "names": "the same for names",
    "head_names": "share of the names in the text's opening that the event's articles have",
    "title_words": "share of the title's words that one article has",
    "places_differ": "1 where both openings name cities and regions, and none is the same",
    "days": "days between the text and the nearest publication, as log(1 + days)",
    "same_day": "1 where that is the same day",
    "next_day": "1 where it is the day before or after",
    "undated": "1 where one of the two has no day of publication",
    "size": "articles of the event near the text, as log(1 + number)",
    "untitled": "1 where the text has no title",
}
"""Names and meanings, in the order of the weights."""
LIKENESS = frozenset(
    ("cosine", "mean_cosine", "margin", "cohesion", "words", "local_words", "mean_local_words", "names", "head_names",
     "title_words", "same_day", "next_day")
)  # fmt: skip
"""Signals that for people can only speak for an event, the more of them the more."""
_MEAN_OF = 3


@dataclass(frozen=True)
class Compared:
    """An event compared with a text."""

    event_id: str
    nearest_article_id: str
    signals: Mapping[str, float]
    same_url: bool = False
    """Whether an article of it has the text's address."""


def compare(
    text: Profile,
    candidates: Sequence[Candidate],
    profiles: Mapping[str, Profile],
    vectors: Mapping[str, RoundedVector],
    terms: TermCounts,
) -> list[Compared]:
    """The first `COMPARED_EVENTS` candidates compared with the text, in order.

    Args:
        text: What is matched.
        candidates: Events near it, the nearest first; all of them say which words are rare here.
        profiles: By article id; articles without one count by their vectors alone.
        vectors: By article id.
        terms: The background by which words are rare.
    """
    weights, plain = Weights(terms), Weights(terms)
    for candidate in candidates:
        weights.add_event(_all_words(_profiles_of(candidate, profiles)))
    own = _Own(text, weights.total(text.words), plain.total(text.words), weights.total(text.names))
    cosines = [candidate.cosine for candidate in candidates]
    found = []
    for at, candidate in enumerate(candidates[:COMPARED_EVENTS]):
        listed = _profiles_of(candidate, profiles)
        others = [cosine for index, cosine in enumerate(cosines) if index != at]
        signals = _vector_signals(candidate, max(others, default=0.0), vectors)
        signals |= _word_signals(own, listed, weights, plain) | _time_signals(text, candidate)
        same_url = text.url is not None and any(profile.url == text.url for profile in listed)
        ordered = {name: float(signals[name]) for name in SIGNALS}
        found.append(Compared(candidate.event_id, candidate.articles[0].article_id, ordered, same_url))
    return found


@dataclass(frozen=True)
class _Own:
    """The text and what its words weigh."""

    profile: Profile
    local: float
    plain: float
    names: float


def _profiles_of(candidate: Candidate, profiles: Mapping[str, Profile]) -> list[Profile]:
    return [profiles[each.article_id] for each in candidate.articles if each.article_id in profiles]


def _all_words(profiles: Sequence[Profile]) -> frozenset[str]:
    return frozenset[str]().union(*(profile.words for profile in profiles))


def _vector_signals(candidate: Candidate, rival: float, vectors: Mapping[str, RoundedVector]) -> dict[str, float]:
    cosines = [each.cosine for each in candidate.articles]
    first, *rest = (vectors.get(each.article_id) for each in candidate.articles)
    inside = [first.cosine(other) for other in rest if first is not None and other is not None]
    return {
        "cosine": cosines[0],
        "mean_cosine": fmean(cosines[:_MEAN_OF]),
        "margin": cosines[0] - rival,
        "cohesion": cosines[0] - max(inside) if inside else 0.0,
        "several": bool(inside),
        "size": math.log1p(len(cosines)),
    }


def _word_signals(own: _Own, profiles: Sequence[Profile], weights: Weights, plain: Weights) -> dict[str, float]:
    text = own.profile
    local = sorted(
        (weights.cosine(text.words, each.words, (own.local, weights.total(each.words))) for each in profiles),
        reverse=True,
    )
    words = [plain.cosine(text.words, each.words, (own.plain, plain.total(each.words))) for each in profiles]
    names = [weights.cosine(text.names, each.names, (own.names, weights.total(each.names))) for each in profiles]
    titles = [plain.share(text.title, each.words) or 0.0 for each in profiles]
    return {
        "words": math.sqrt(max(words, default=0.0)),
        "local_words": max(local, default=0.0),
        "mean_local_words": fmean(local[:_MEAN_OF]) if local else 0.0,
        "names": max(names, default=0.0),
        "head_names": plain.share(text.head_names, _all_words(profiles)) or 0.0,
        "title_words": max(titles, default=0.0),
        "places_differ": _places_differ(text, profiles),
        "untitled": not text.title,
    }


def _places_differ(text: Profile, profiles: Sequence[Profile]) -> bool:
    """A country alone parts no two happenings: its name is in most reports from there."""
    here = {place for place in text.places if not place.endswith("//")}
    there = {place for profile in profiles for place in profile.places if not place.endswith("//")}
    return bool(here and there) and here.isdisjoint(there)


def _time_signals(text: Profile, candidate: Candidate) -> dict[str, float]:
    days = [days for each in candidate.articles if (days := days_between(each.day, text.day)) is not None]
    if not days:
        return {"days": 0.0, "same_day": False, "next_day": False, "undated": True}
    least = min(days)
    return {"days": math.log1p(least), "same_day": least == 0, "next_day": least == 1, "undated": False}
