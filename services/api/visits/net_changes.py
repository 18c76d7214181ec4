"""What changes of an event come to, all together: what came and went again is left out. Pure."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field

from services.contracts.change_kinds import ChangeKind
from services.contracts.changed import EventChange

Kept = dict[Hashable, EventChange]


@dataclass
class NetChanges:
    """By what a change is about, the latest change, in order of the first."""

    turns: Kept = field(default_factory=dict)
    """Merged, took in another event, parted, moved articles, closed, has another headline."""
    claims: Kept = field(default_factory=dict)
    """Claims that are new, by id."""
    claims_gone: Kept = field(default_factory=dict)
    """Claims that are there no more, and that no other claim has taken up."""
    articles: Kept = field(default_factory=dict)
    """Articles that are new."""
    articles_gone: Kept = field(default_factory=dict)
    """Articles that left."""
    corrected: Kept = field(default_factory=dict)
    """Articles that their publishers corrected or revised."""
    withdrawn: Kept = field(default_factory=dict)
    """Articles that their publishers withdrew."""
    confirmed: Kept = field(default_factory=dict)
    """Claims from before that further independent origins report, by id."""
    denials: Kept = field(default_factory=dict)
    """Denials, by the id of the claim that denies."""
    figures: Kept = field(default_factory=dict)
    """Rows of figures with a new value or verdict."""
    opened: Kept = field(default_factory=dict)
    """Contradictions that are new, by their sides."""
    closed: Kept = field(default_factory=dict)
    """Contradictions from before that are there no more."""


def net_changes(changes: Iterable[EventChange]) -> NetChanges:
    """What they come to; they are in order."""
    net = NetChanges()
    for change in changes:
        _APPLY.get(change.kind, _pass)(net, change)
    return net


def _pass(net: NetChanges, change: EventChange) -> None:
    """Of no interest to people by itself."""


def _turn(net: NetChanges, change: EventChange) -> None:
    net.turns[change.kind, change.other_event_id, change.reason] = change  # reasons name the articles that moved


def _claim_added(net: NetChanges, change: EventChange) -> None:
    for claim_id in change.claim_ids:
        if net.claims_gone.pop(claim_id, None) is None:
            net.claims[claim_id] = change


def _claim_withdrawn(net: NetChanges, change: EventChange) -> None:
    for claim_id in change.claim_ids:
        net.confirmed.pop(claim_id, None)
        net.denials.pop(claim_id, None)
        if net.claims.pop(claim_id, None) is None and change.now_in is None:
            net.claims_gone[claim_id] = change


def _claim_renamed(net: NetChanges, change: EventChange) -> None:
    for kept in (net.claims, net.confirmed, net.denials):
        if change.previous_claim_id in kept:
            kept[change.claim_ids[0]] = kept.pop(change.previous_claim_id)


def _claim_changed(net: NetChanges, change: EventChange) -> None:
    for claim_id in change.claim_ids:
        if claim_id in net.claims:
            net.claims[claim_id] = change


def _origin_gained(net: NetChanges, change: EventChange) -> None:
    for claim_id in change.claim_ids:
        if claim_id not in net.claims:
            net.confirmed[claim_id] = change


def _denial(net: NetChanges, change: EventChange) -> None:
    for claim_id in change.claim_ids:
        net.denials[claim_id] = change


def _article_joined(net: NetChanges, change: EventChange) -> None:
    if net.articles_gone.pop(change.article_id, None) is None:
        net.articles[change.article_id] = change


def _article_left(net: NetChanges, change: EventChange) -> None:
    if net.articles.pop(change.article_id, None) is None:
        net.articles_gone[change.article_id] = change


def _article_corrected(net: NetChanges, change: EventChange) -> None:
    if change.article_id not in net.articles:
        net.corrected[change.article_id] = change


def _article_withdrawn(net: NetChanges, change: EventChange) -> None:
    net.corrected.pop(change.article_id, None)
    net.withdrawn[change.article_id] = change


def _figure(net: NetChanges, change: EventChange) -> None:
    if change.figure is not None and change.figure.verdict is not None:
        net.figures[change.figure.counted, change.figure.unit, change.figure.number] = change


def _opened(net: NetChanges, change: EventChange) -> None:
    if change.contradiction is not None and net.closed.pop(frozenset(change.contradiction.sides), None) is None:
        net.opened[frozenset(change.contradiction.sides)] = change


def _contradiction_changed(net: NetChanges, change: EventChange) -> None:
    if change.contradiction is not None and net.opened.pop(frozenset(change.previous_sides), None) is not None:
        net.opened[frozenset(change.contradiction.sides)] = change


def _closed(net: NetChanges, change: EventChange) -> None:
    if change.contradiction is not None and net.opened.pop(frozenset(change.contradiction.sides), None) is None:
        net.closed[frozenset(change.contradiction.sides)] = change


_APPLY: Mapping[str, Callable[[NetChanges, EventChange], None]] = {
    ChangeKind.ARTICLE_JOINED: _article_joined,
    ChangeKind.ARTICLE_LEFT: _article_left,
    ChangeKind.ARTICLE_CORRECTED: _article_corrected,
    ChangeKind.ARTICLE_WITHDRAWN: _article_withdrawn,
    ChangeKind.CLAIM_ADDED: _claim_added,
    ChangeKind.CLAIM_CHANGED: _claim_changed,
    ChangeKind.CLAIM_RENAMED: _claim_renamed,
    ChangeKind.CLAIM_WITHDRAWN: _claim_withdrawn,
    ChangeKind.ORIGIN_GAINED: _origin_gained,
    ChangeKind.DENIAL: _denial,
    ChangeKind.FIGURE_ADDED: _figure,
    ChangeKind.FIGURE_SUPERSEDED: _figure,
    ChangeKind.FIGURE_CONFLICTING: _figure,
    ChangeKind.FIGURE_AGREED: _figure,
    ChangeKind.CONTRADICTION_OPENED: _opened,
    ChangeKind.CONTRADICTION_CHANGED: _contradiction_changed,
    ChangeKind.CONTRADICTION_CLOSED: _closed,
    ChangeKind.HEADLINE_CHANGED: _turn,
    ChangeKind.MERGED: _turn,
    ChangeKind.ABSORBED: _turn,
    ChangeKind.SPLIT: _turn,
    ChangeKind.MOVED: _turn,
    ChangeKind.CLOSED: _turn,
}
"""What each kind does. Others are of no interest to people by themselves: their words stand in these."""
