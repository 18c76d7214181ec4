"""What changed about an event since a reader saw it, in plain words. Pure."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from services.api.pages import phrases
from services.api.pages.characters import clipped, shown
from services.api.pages.links import article_page
from services.api.pages.numbers import count
from services.api.pages.references import References
from services.api.pages.stances import stance, with_stance
from services.api.summaries import event_page as page_of
from services.api.summaries import event_url
from services.api.visits.net_changes import Kept, NetChanges, net_changes
from services.api.visits.reading import ChangesSince
from services.contracts.change_kinds import ChangeKind
from services.contracts.changed import EventChange
from services.contracts.claim import ClaimKind
from services.language.case import begin_sentence

MOST_LINES = 5
"""Of one kind of change."""
MOST_WORDS = 200
"""Characters of one line."""
MOST_COUNTED = 4
"""Kinds of changes that the sentence counts."""


@dataclass(frozen=True)
class ChangeLine:
    """One thing that changed."""

    words: str
    who: str | None = None
    """Who says or reports it."""
    link: str | None = None


@dataclass(frozen=True)
class ChangeGroup:
    """Changes of one kind."""

    title: str
    lines: tuple[ChangeLine, ...]
    more: int
    """Changes of the kind that have no line beside those that have one."""


@dataclass(frozen=True)
class SinceView:
    """All of it."""

    since: str
    """Since when, such as "version 3 of 3 March 2026, 12:00 UTC"."""
    sentence: str
    """How much changed: "2 more articles, 1 more claim"; empty: nothing."""
    groups: tuple[ChangeGroup, ...]
    note: str | None
    """What is not known, in a sentence."""
    all_url: str
    """All changes, as JSON."""
    new_claims: frozenset[str]


def since_view(told: ChangesSince, on_page: Collection[str]) -> SinceView:
    """What changed.

    Args:
        told: The changes.
        on_page: Ids of the claims that the page has; a claim that it has not is linked in the list of all claims.
    """
    net = net_changes(told.changes)
    groups = _groups(net, _ClaimLinks(told.event_id, on_page))
    since = _since(told.version, told.since)
    start = told.version if told.version is not None else _iso(told.since)
    return SinceView(
        since=since,
        sentence=sentence_of(groups),
        groups=groups,
        note=_note(told),
        all_url=f"{event_url(told.event_id)}/changes?since={quote(str(start), safe='')}",
        new_claims=frozenset(str(claim_id) for claim_id in net.claims),
    )


def news_words(told: ChangesSince, shown_version: int, current_version: int) -> str:
    """What waits to be shown on the page of an event; empty: nothing.

    Args:
        told: The changes since the version that the reader has seen.
        shown_version: The version on the page, which may be newer: then the reader was away.
        current_version: The version that the page would have now.
    """
    served = [change for change in told.changes if change.version <= current_version]
    sentence = sentence_of(_groups(net_changes(served), _ClaimLinks(told.event_id, ())))
    if current_version > shown_version:
        return f"This page has changed: {sentence}" if sentence else "This page has changed"
    return f"Since your last visit: {sentence}" if sentence else ""


def sentence_of(groups: Sequence[ChangeGroup]) -> str:
    """How much changed, the weightiest kinds first."""
    parts = [group.title[0].lower() + group.title[1:] for group in groups[:MOST_COUNTED]]
    return ", ".join([*parts, *(["and more"] if len(groups) > MOST_COUNTED else [])])


def _since(version: int | None, at: datetime | None) -> str:
    told_at = phrases.at(at) if at else None
    if version is None:
        return told_at or ""
    return f"version {version} of {told_at}" if told_at else f"version {version}"


def _iso(moment: datetime | None) -> str:
    return moment.isoformat().replace("+00:00", "Z") if moment else ""


def _note(told: ChangesSince) -> str | None:
    if told.more:
        return "There are more changes than are counted here."
    return None if told.whole else "Some changes since then are no longer kept."


@dataclass(frozen=True)
class _ClaimLinks:
    event_id: str
    on_page: Collection[str]

    def of(self, change: EventChange) -> str | None:
        claim_id = next(iter(change.claim_ids), None)
        if claim_id is None:
            return None
        on_page = claim_id in self.on_page
        return f"#{quote(claim_id, safe='')}" if on_page else f"{page_of(self.event_id)}/claims"


def _groups(net: NetChanges, claims: _ClaimLinks) -> tuple[ChangeGroup, ...]:
    """The kinds that there are, the weightiest first."""
    turns = [
        _turns(changes, one, many)
        for kind, (one, many) in _TURNS.items()
        if (changes := [change for change in net.turns.values() if change.kind == kind])
    ]
    counted: Iterable[tuple[Kept, str, str, Callable[[EventChange], ChangeLine]]] = (
        (net.opened, "new disagreement", "new disagreements", _contradiction),
        (net.denials, "denial", "denials", lambda change: _claim(change, claims)),
        (net.figures, "new or updated figure", "new or updated figures", lambda change: _figure(change, claims)),
        (net.claims, "more claim", "more claims", lambda change: _claim(change, claims)),
        (net.articles, "more article", "more articles", _article),
        (
            net.confirmed,
            "claim with a further independent origin",
            "claims with a further independent origin",
            lambda change: _claim(change, claims),
        ),
        (net.closed, "disagreement resolved", "disagreements resolved", _contradiction),
        (net.corrected, "article revised by its publisher", "articles revised by their publishers", _article),
        (net.withdrawn, "article withdrawn by its publisher", "articles withdrawn by their publishers", _article),
        (net.claims_gone, "claim withdrawn", "claims withdrawn", _gone_claim),
        (net.articles_gone, "article that left", "articles that left", _article),
    )
    return (*turns, *(_group(kept, one, many, line) for kept, one, many, line in counted if kept))


def _group(kept: Kept, one: str, many: str, line: Callable[[EventChange], ChangeLine]) -> ChangeGroup:
    changes = list(kept.values())
    lines = tuple(made for change in changes[:MOST_LINES] if (made := line(change)).words)
    return ChangeGroup(count(len(changes), one, many), lines, len(changes) - len(lines) if lines else 0)


_TURNS: dict[str, tuple[str, str]] = {
    ChangeKind.MERGED: ("Merged into another event",) * 2,
    ChangeKind.ABSORBED: ("Another event was merged into this one", "Other events were merged into this one"),
    ChangeKind.SPLIT: ("Divided: a part is an event of its own", "Divided: parts are events of their own"),
    ChangeKind.MOVED: ("Articles moved between this and another event", "Articles moved between this and other events"),
    ChangeKind.CLOSED: ("Closed: no more reports can join",) * 2,
    ChangeKind.HEADLINE_CHANGED: ("Another headline",) * 2,
}
"""What is said of one change of a kind, and of several."""


def _turns(changes: Sequence[EventChange], one: str, many: str) -> ChangeGroup:
    lines = tuple(map(_turn, changes[:MOST_LINES]))
    return ChangeGroup(one if len(changes) == 1 else many, lines, len(changes) - len(lines))


def _turn(change: EventChange) -> ChangeLine:
    link = page_of(change.other_event_id) if change.other_event_id else None
    words = change.headline if change.kind == ChangeKind.HEADLINE_CHANGED else _without_ids(change.reason or "")
    return ChangeLine(_words(words) or ("The other event" if link else ""), link=link)


def _without_ids(reason: str) -> str:
    words = "".join(piece.text for piece in References().pieces(reason))
    return begin_sentence(words)


def _claim(change: EventChange, links: _ClaimLinks) -> ChangeLine:
    who = None
    if change.claim and change.claim.speaker:
        who = phrases.speaker(change.claim.speaker)
    elif change.support:
        who = phrases.named_outlet(change.support.publisher)
    return ChangeLine(_words(_said(change)), who, links.of(change))


def _said(change: EventChange) -> str:
    said = change.claim or change.support
    if said is None:
        return ""
    kind = change.claim.kind if change.claim else ClaimKind.STATEMENT
    return with_stance(stance(said.commitment, kind, said.text, said.cue), said.text)


def _gone_claim(change: EventChange) -> ChangeLine:
    return ChangeLine(_words(_said(change)))


def _article(change: EventChange) -> ChangeLine:
    if change.article is None:
        return ChangeLine("")
    who = phrases.named_outlet(change.article.publisher)
    return ChangeLine(phrases.title(change.article.title), who, article_page(change.article.article_id))


def _figure(change: EventChange, links: _ClaimLinks) -> ChangeLine:
    figure = change.figure
    if figure is None:
        return ChangeLine("")
    value = f"{shown(figure.counted)}: {shown(figure.value.surface)}" if figure.value else figure.explanation
    who = shown(figure.value.source) if figure.value else None
    return ChangeLine(_words(value or figure.counted), who, links.of(change))


def _contradiction(change: EventChange) -> ChangeLine:
    return ChangeLine(_words(change.contradiction.explanation if change.contradiction else ""), link="#differ")


def _words(text: str | None) -> str:
    return clipped(shown(text), MOST_WORDS)
