"""`newsweave evaluate merging` of judged events: their views, scored."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from services.dedupe.embedding.port import Embedder
from services.local.commands.options import progress_console, result_console
from services.local.errors import UserError
from services.local.evaluation.judged_events import JudgedEvent, Place, read_judged_event
from services.local.evaluation.matching import Matching
from services.local.evaluation.merging import MergingScores, PairCounts, Verdict
from services.local.offline import Row, read_lines, read_rows
from services.local.offline_view import view_rows
from services.local.progress import progress
from services.runtime.clock import SystemClock


def evaluate_views(judged: str, articles: str | None, embedder: Embedder, *, as_json: bool, show: bool) -> None:
    """Build the view of each judged event, and print how it compares with what readers say."""
    events = list(read_judged(judged))
    rows = articles_by_id(events, articles_of(judged, articles))
    both = [MergingScores(matching) for matching in Matching]
    shown: list[dict[str, Any]] = []
    with progress(progress_console(), "Merging", total=len(events)) as bar:
        for event in events:
            view = view_rows(event.event, [rows[article_id] for article_id in event.articles], embedder)
            for scores in both:
                scores.add(event, view)
            shown += _shown(event, view, both[0], rows)
            bar.advance()
    if as_json:
        told = {scores.matching.value: scores.as_dict() for scores in both}
        print(json.dumps(told | ({"shown": shown} if show else {}), indent=2, ensure_ascii=False))
        return
    _print(both, shown if show else ())


def is_judged_event(fields: Mapping[str, Any]) -> bool:
    """Whether a row judges an event, rather than a pair of sentences."""
    return {"claims", "groups", "articles"} <= fields.keys()


def articles_of(judged: str, articles: str | None) -> list[str]:
    """The files with the articles: the one named, else events-*.jsonl.gz beside the judged events."""
    if articles is not None:
        return [articles]
    beside = sorted(map(str, Path(judged).parent.glob("events-*.jsonl.gz")))
    if not beside:
        raise UserError(f"no events-*.jsonl.gz lies beside {judged}: name the file with the articles after it")
    return beside


def read_judged(source: str) -> Iterator[JudgedEvent]:
    """The judged events of a file. Raises UserError where a row is none."""
    for number, line in read_lines(source):
        try:
            yield read_judged_event(orjson.loads(line))
        except orjson.JSONDecodeError as error:
            raise UserError(f"{source}:{number}: not JSON ({error.msg})") from error
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise UserError(
                f"{source}:{number}: no judged event with articles, claims and groups ({error!r})"
            ) from error


def articles_by_id(events: Sequence[JudgedEvent], sources: Sequence[str]) -> dict[str, Row]:
    """The articles of the events, by id. Raises UserError if one is in none of the files."""
    wanted = {article_id for event in events for article_id in event.articles}
    rows: dict[str, Row] = {}
    for source in sources:
        for row in read_rows(source, SystemClock().now(), _stop, wanted):
            if row.submission.text is None:
                raise UserError(f"{source}:{row.line}: html: give text; offsets into a page would mean nothing")
            rows.setdefault(str(row.identity), row)
    absent = sorted(wanted - rows.keys())
    if absent:
        raise UserError(f"{len(absent)} judged articles are in none of {', '.join(sources)}: {', '.join(absent[:5])}")
    return rows


def _shown(
    event: JudgedEvent, view: Mapping[str, Any], scores: MergingScores, rows: Mapping[str, Row]
) -> Iterator[dict[str, Any]]:
    """The wrong and missed pairs of an event with their words, and its contradictions, told and judged."""
    for one in scores.pairs:
        if one.event == event.event and one.verdict is not Verdict.RIGHT:
            yield {
                "event": one.event,
                "verdict": one.verdict.value,
                "where": "across" if one.across else "within",
                "unclaimed": one.unclaimed,
                "claims": {key: _words(event.claims[key], rows) for key in one.pair},
            }
    for contradiction in event.contradictions:
        sides = [[_words(place, rows) for place in side] for side in contradiction.sides]
        yield {"event": event.event, "verdict": "judged", "kind": contradiction.kind, "sides": sides}
    for told in view["contradictions"]:
        sides = [[passage["text"] for passage in side] for side in told["sides"]]
        yield {"event": event.event, "verdict": "told", "kind": told["kind"], "sides": sides}


def _words(place: Place, rows: Mapping[str, Row]) -> str:
    return place.range.of(rows[place.article].submission.text or "")


def _stop(message: str) -> None:
    raise UserError(message)


@dataclass(frozen=True)
class _Line:
    name: str
    counts: PairCounts

    def __str__(self) -> str:
        told = self.counts.as_dict()
        shares = f"precision {told['precision']:.3f}, recall {told['recall']:.3f}, F1 {told['f1']:.3f}"
        counts = f"{self.counts.right:,} right, {self.counts.wrong:,} wrong, {self.counts.missed:,} missed"
        return f"{self.name:<24}{shares}  ({counts})"


def _print(both: Sequence[MergingScores], shown: Sequence[Mapping[str, Any]]) -> None:
    covered, alike, in_pieces = both
    groups, contradictions = covered.groups, covered.contradictions
    joined = f"{groups.joined:,} joined, {groups.torn:,} torn, {groups.polluted:,} polluted"
    found = f"{contradictions.found:,} of {contradictions.judged:,} found"
    lines = [
        f"{'events':<24}{covered.events:,} with {covered.judged_claims:,} judged claims",
        f"{'  in no claim of today':<24}{covered.unclaimed:,}",
        str(_Line("pairs", covered.counts())),
        str(_Line("  across articles", covered.counts(across=True))),
        str(_Line("  within an article", covered.counts(across=False))),
        str(_Line("pairs, spans alike", alike.counts())),
        str(_Line("pairs, in pieces", in_pieces.counts())),
        f"{'  with no claim today':<24}{covered.as_dict()['pairs']['unclaimed']:,} of those missed",
        f"{'  in one claim today':<24}{covered.one_claim:,}: nothing was merged there",
        f"{'  with unjudged claims':<24}{covered.unjudged:,} claims merged with judged ones count neither way",
        f"{'groups across articles':<24}{groups.groups:,}: {joined}",
        f"{'contradictions':<24}{found}; {contradictions.right:,} of {contradictions.told:,} told are right",
        *(f"  {name:<22}{count:,}" for name, count in sorted(contradictions.kinds.items())),
    ]
    for item in shown:
        told = item.get("where") or item.get("kind")
        sides = item["claims"].items() if "claims" in item else enumerate(map(" / ".join, item["sides"]), start=1)
        lines += ["", f"{item['verdict']}  {told}  {item['event']}{'  (no claim)' if item.get('unclaimed') else ''}"]
        lines += [f"  {name}: {' '.join(text.split())}" for name, text in sides]
    for line in lines:
        result_console().print(line, highlight=False, markup=False, soft_wrap=True)
