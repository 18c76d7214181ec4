"""Who contradicts what a summary says: nobody stands accused in it whose denial a report has."""

from collections.abc import Iterator, Mapping, Sequence

from services.contracts.base import Span
from services.contracts.event import SummarySentence
from services.contracts.event_claims import Contradiction, ContradictionKind, Passage, Position
from services.dedupe.merging.claims.report import Report
from services.dedupe.merging.standing_sentences import find_standing_sentence


def list_answers(
    sentence: SummarySentence,
    others: Sequence[SummarySentence],
    contradictions: Sequence[Contradiction],
    reports_by_article: Mapping[str, Sequence[Report]],
) -> Iterator[tuple[Report, Span]]:
    """List sentences that say the contrary of one of the summary, the best reported first.

    None where another sentence of the summary, of `others`, says so already.
    """
    for contradiction in contradictions:
        if contradiction.kind is not ContradictionKind.POLARITY:
            continue
        said = {position.says for position in contradiction.positions if _is_in(position, sentence)}
        if len(said) != 1:
            continue
        contrary = [position for position in contradiction.positions if position.says not in said]
        if any(_is_in(position, other) for position in contrary for other in others):
            continue
        for position in sorted(contrary, key=lambda position: -len(position.passages)):
            yield from _list_standing(position, reports_by_article)


def _is_in(position: Position, sentence: SummarySentence) -> bool:
    return any(
        passage.article_id == sentence.article_id and sentence.span.holds(passage.span) for passage in position.passages
    )


def _list_standing(
    position: Position, reports_by_article: Mapping[str, Sequence[Report]]
) -> Iterator[tuple[Report, Span]]:
    for passage in position.passages:
        report = _find_report(passage, reports_by_article)
        span = None if report is None else find_standing_sentence(report)
        if report is not None and span is not None:
            yield report, span


def _find_report(passage: Passage, reports_by_article: Mapping[str, Sequence[Report]]) -> Report | None:
    """The report whose claim the words are of."""
    reports = reports_by_article.get(passage.article_id, ())
    return next((report for report in reports if report.claim.span.holds(passage.span)), None)
