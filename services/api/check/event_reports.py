"""An event as a draft is compared with it: its claims with the articles' own wordings. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from services.api.check.comparison import Words
from services.api.check.proposition import Proposition, proposition_of, words_of
from services.api.match.terms import TermCounts
from services.contracts.claim import Claim
from services.contracts.event import Event
from services.contracts.event_claims import MergedClaim, Support

MOST_WORDINGS = 4
"""Of one claim that are compared: reprints add none."""
CONTEXT_SHARE = 0.3
"""Of the event's articles that have a word of its context."""


@dataclass(frozen=True)
class Report:
    """A claim of the event, and what its wordings say."""

    claim: MergedClaim
    propositions: tuple[Proposition, ...]


@dataclass(frozen=True)
class EventReports:
    """All that a draft is compared with."""

    event: Event
    reports: tuple[Report, ...]
    words: Words


def wanted_articles(event: Event) -> list[str]:
    """Ids of the articles whose claims are needed, sorted."""
    return sorted({support.article_id for claim in event.claims for support in _wordings(claim)})


def reports_of(event: Event, claims: Mapping[str, Claim], terms: TermCounts) -> EventReports:
    """An event, read for checking.

    Args:
        event: Its snapshot.
        claims: The articles' own claims by id; one that is not there is not compared.
        terms: How rare words are.
    """
    reports = tuple(
        Report(
            claim, tuple(proposition_of(claims[each.claim_id]) for each in _wordings(claim) if each.claim_id in claims)
        )
        for claim in event.claims
    )
    return EventReports(event, reports, Words(terms, _context(event), _days(event, reports)))


def _wordings(claim: MergedClaim) -> list[Support]:
    """Supports of different words, the earliest first."""
    found: dict[str, Support] = {}
    for support in claim.supports:
        found.setdefault(support.text, support)
    return list(found.values())[:MOST_WORDINGS]


def _context(event: Event) -> frozenset[str]:
    """Words of the headline, and those that half of the articles have in their claims or titles."""
    by_article = {article.article_id: set(words_of(article.title or "")) for article in event.articles}
    for claim in event.claims:
        for support in claim.supports:
            by_article.setdefault(support.article_id, set()).update(words_of(support.text))
    counts = Counter(word for words in by_article.values() for word in words)
    enough = max(2, CONTEXT_SHARE * len(by_article))
    return words_of(event.headline).union(word for word, count in counts.items() if count >= enough)


def _days(event: Event, reports: Iterable[Report]) -> frozenset[str]:
    named = (date.iso for report in reports for each in report.propositions for date in each.dates)
    published = (article.published_at.date().isoformat() for article in event.articles if article.published_at)
    return frozenset((*named, *published))
