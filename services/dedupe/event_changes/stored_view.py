"""Stores of a view what shows what is new in the next one: the same changes follow from it as from the whole view.

It is written part by part, so that one more article costs what it changed: a field for each article and claim, one for
the figures, one for the contradictions, one for the rest. Pure.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

from pydantic import TypeAdapter

from services.contracts.base import share_field_sets
from services.contracts.change_kinds import ChangeKind
from services.contracts.changed import ClaimWithoutReports, EventChange, first_reports
from services.contracts.event import Event, EventArticle, Origin
from services.contracts.event_claims import Contradiction, Figure, MergedClaim
from services.dedupe.event_changes.changed_parts import ChangedParts

P = TypeVar("P")
_HEAD = "head"
_FIGURES = "figures"
_CONTRADICTIONS = "contradictions"
_ARTICLE = "article:"
_CLAIM = "claim:"
_figures = TypeAdapter(tuple[Figure, ...])
_contradictions = TypeAdapter(tuple[Contradiction, ...])
_ALL_OF_HEAD = ("event_id", "version", "status", "merged_into", "headline", "updated_at", "counts", "lineage")


class StoredFigures:
    """The table of figures as it is stored; a row that is the same object as before is not reduced again.

    Attributes:
        figures: The rows.
    """

    def __init__(self, view: Event | None = None) -> None:
        """`view`: that was told last; None: none was."""
        self.figures: tuple[Figure, ...] = ()
        self._by_row: dict[int, tuple[Figure, Figure]] = {}
        """Each row, and what is stored of it, by the identity of the row."""
        self.replace_figures(() if view is None else view.figures)

    def replace_figures(self, figures: Sequence[Figure]) -> bool:
        """Take the rows of the next view; return whether other ones are stored of them than before."""
        before, known = self.figures, self._by_row
        self._by_row = {
            id(row): known[id(row)] if id(row) in known else (row, _strip_figure_for_storage(row)) for row in figures
        }
        self.figures = tuple(stored for _, stored in self._by_row.values())
        return self.figures != before


def build_stored_view(event: Event) -> Event:
    """The view without all that no change depends on."""
    return Event(
        **{name: getattr(event, name) for name in _ALL_OF_HEAD},
        articles=event.articles,
        origins=_build_origins(event.articles),
        claims=tuple(map(_strip_claim_for_storage, event.claims)),
        figures=tuple(map(_strip_figure_for_storage, event.figures)),
        contradictions=_strip_contradictions_for_storage(event.contradictions),
    )


def build_stored_fields(
    previous_view: Event | None,
    current_view: Event,
    changes: Iterable[EventChange],
    parts: ChangedParts | None = None,
    stored_figures: StoredFigures | None = None,
) -> tuple[dict[str, bytes], frozenset[str]]:
    """What to write for the next time, and which fields to remove.

    Args:
        previous_view: The view that was told last; None: there is none, and no field either.
        current_view: The view now.
        changes: What `changes_between` tells of the two.
        parts: What is another object in the later view, where somebody knows it already.
        stored_figures: What was stored of figures the last time, where it is kept.
    """
    parts = ChangedParts.between(previous_view, current_view) if parts is None else parts
    articles, claims, gone = _list_changed_ids(previous_view, parts, changes)
    gone |= {_CLAIM + one for one in claims - {claim.claim_id for claim in parts.claims.new}}
    fields = {_HEAD: _serialise_scalars(current_view)}
    fields |= {
        _ARTICLE + one.article_id: _serialise_part(one) for one in parts.articles.new if one.article_id in articles
    }
    fields |= {
        _CLAIM + one.claim_id: _serialise_part(_strip_claim_for_storage(one))
        for one in parts.claims.new
        if one.claim_id in claims
    }
    stored_figures = StoredFigures(previous_view) if stored_figures is None else stored_figures
    if stored_figures.replace_figures(current_view.figures) or previous_view is None:
        fields[_FIGURES] = _figures.dump_json(stored_figures.figures)
    if previous_view is None or _differ(
        previous_view.contradictions, current_view.contradictions, _strip_contradictions_for_storage
    ):
        fields[_CONTRADICTIONS] = _contradictions.dump_json(
            _strip_contradictions_for_storage(current_view.contradictions)
        )
    return fields, frozenset(gone - fields.keys())


def _list_changed_ids(
    previous_view: Event | None, parts: ChangedParts, changes: Iterable[EventChange]
) -> tuple[set[str], set[str], set[str]]:
    """The ids of articles and of claims that changes concern, and the fields that go by them."""
    articles: set[str] = set()
    claims: set[str] = set()
    gone: set[str] = set()
    for change in changes:
        match change.kind:
            case ChangeKind.MERGED if previous_view is not None:
                gone |= {_ARTICLE + one.article_id for one in previous_view.articles}
                gone |= {_CLAIM + one.claim_id for one in previous_view.claims}
            case ChangeKind.ORIGIN_RENAMED:
                articles |= {one.article_id for one in parts.articles.new if one.origin_id == change.origin_id}
                claims |= {one.claim_id for one in parts.claims.new if change.origin_id in first_reports(one)}
            case ChangeKind.ARTICLE_LEFT:
                gone.add(f"{_ARTICLE}{change.article_id}")
            case _ if change.article is not None:
                articles.add(change.article.article_id)
            case _ if change.figure is None and change.contradiction is None:
                claims.update(change.claim_ids)
                gone |= {_CLAIM + one for one in (change.previous_claim_id,) if one is not None}
    return articles, claims, gone


def restore_view(stored_fields: Mapping[str, bytes]) -> Event | None:
    """The view that was kept; None without fields.

    Raises:
        pydantic.ValidationError: The fields were not written by `build_stored_fields`.
    """
    if not stored_fields:
        return None
    head = Event.model_validate_json(stored_fields[_HEAD])
    articles = [
        EventArticle.model_validate_json(part) for key, part in stored_fields.items() if key.startswith(_ARTICLE)
    ]
    claims = [MergedClaim.model_validate_json(part) for key, part in stored_fields.items() if key.startswith(_CLAIM)]
    return head.model_copy(
        update={
            "articles": tuple(sorted(articles, key=lambda one: one.article_id)),
            "origins": _build_origins(articles),
            "claims": tuple(sorted(claims, key=lambda one: one.claim_id)),
            "figures": _figures.validate_json(stored_fields[_FIGURES]),
            "contradictions": _contradictions.validate_json(stored_fields[_CONTRADICTIONS]),
        }
    )


def _serialise_scalars(event: Event) -> bytes:
    return _serialise_part(Event(**{name: getattr(event, name) for name in _ALL_OF_HEAD}))


def _serialise_part(part: Event | EventArticle | MergedClaim) -> bytes:
    return part.__pydantic_serializer__.to_json(part)


def _strip_claim_for_storage(claim: MergedClaim) -> MergedClaim:
    reports = tuple(first_reports(claim).values())
    told = {name: getattr(claim, name) for name in ClaimWithoutReports.model_fields}
    return MergedClaim.model_construct(**told, supports=reports, origins=len(reports))


def _strip_figure_for_storage(figure: Figure) -> Figure:
    nobody = {"claim_ids": (), "article_ids": (), "sources": (), "origins": 1, "first_reported_at": None}
    stored = figure.model_copy(update={"values": tuple(value.model_copy(update=nobody) for value in figure.values)})
    share_field_sets(stored)
    return stored


def _differ(parts: Sequence[P], other_parts: Sequence[P], reduce: Callable[[Sequence[P]], Sequence[P]]) -> bool:
    """Whether parts are others, reduced; those that are the same objects are not looked into."""
    if len(parts) != len(other_parts):
        return True
    changed = [(one, other) for one, other in zip(parts, other_parts, strict=True) if one is not other]
    return reduce([one for one, _ in changed]) != reduce([other for _, other in changed])


def _strip_contradictions_for_storage(contradictions: Sequence[Contradiction]) -> tuple[Contradiction, ...]:
    return tuple(one.model_copy(update={"positions": ()}) for one in contradictions)


def _build_origins(articles: Iterable[EventArticle]) -> tuple[Origin, ...]:
    found: dict[str, list[str]] = {}
    for article in articles:
        found.setdefault(article.origin_id, []).append(article.article_id)
    return tuple(Origin(origin_id=key, article_ids=tuple(ids)) for key, ids in found.items())
