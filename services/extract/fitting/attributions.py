"""Fits what attributions are told by, and writes the two small files we ship.

    python -m services.extract.fitting.attributions LABELLED.jsonl.gz services/extract/data
    python -m services.extract.fitting.attributions LABELLED.jsonl.gz --check

Rows are those of `newsweave evaluate claims`, with cues. What is written are counts of words and weights of named
features, no text. `--check` writes nothing: it measures on each fifth of the rows what the other four teach.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from services.extract.attributions.endings import other_ends
from services.extract.attributions.scoring import Key, Model, Rates, Weights, count_rates, expit
from services.extract.evaluation.attributions import MIN_OVERLAP, ClaimScores, overlap
from services.extract.extraction import extract
from services.extract.fitting.cases import Annotated, Case, area, bare_article, cases, read_articles
from services.extract.fitting.logistic import fit
from services.extract.syntax.spacy_parser import load_parser

FOLDS = 5
FEWEST_CANDIDATES = 40
FEWEST_ENDINGS = 20
PLAUSIBLE = 0.2
"""Candidates less likely than this never come to have their end chosen."""
KEEP_LEMMAS_FROM = 8
"""Lemmas without a hit are kept one by one from so many times on, and else counted together."""
WORTH_A_PARSE = 0.2
NEGLIGIBLE = 0.02
"""Ends that gain or lose no more are as good as the parse's."""
LINE = 110
FORM_PRIOR, FORM_WEIGHT = 0.08, 6
NOTE = (
    "How often a lemma in a syntactic frame introduced somebody's content in annotated news: part of speech, lemma "
    "(empty: all that never did), frame, times seen, times with content. Frames: services/extract/attributions/"
    "verb_frames.py, candidates.py. forms: words whose sentences are worth a parse. "
    "Made by services/extract/fitting/attributions.py."
)
WEIGHTS_NOTE = (
    "Weights of logistic models over named features: whether a candidate introduces somebody's content "
    "(services/extract/attributions/features.py), and whether the content ends elsewhere than the parse has it "
    "(endings.py). Made by services/extract/fitting/attributions.py."
)


@dataclass
class Tally:
    """How often each lemma in a frame, and each form of a word, was seen, and with content."""

    seen: Counter[Key] = field(default_factory=Counter)
    hits: Counter[Key] = field(default_factory=Counter)
    forms: Counter[str] = field(default_factory=Counter)
    form_hits: Counter[str] = field(default_factory=Counter)


@dataclass
class Fold:
    """Some articles with their counts."""

    articles: Sequence[Annotated]
    tally: Tally


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rows", type=Path, help="gzip'd JSON Lines with text and attributions")
    parser.add_argument("out", type=Path, nargs="?", help="the folder to write to")
    parser.add_argument("--check", action="store_true", help="measure on each fifth of the rows, write nothing")
    arguments = parser.parse_args()
    articles = read_articles(arguments.rows, load_parser())
    parts = [articles[number::FOLDS] for number in range(FOLDS)]
    folds = [Fold(part, tally(part)) for part in parts]
    if arguments.check:
        sys.stdout.write(json.dumps(check(folds), indent=2) + "\n")
        return
    if arguments.out is None:
        parser.error("name a folder to write to, or --check")
    model = fit_model(folds)
    (arguments.out / "attribution_lexicon.json").write_text(lexicon_text(model.rates), encoding="utf-8")
    (arguments.out / "attribution_weights.json").write_text(weights_text(model), encoding="utf-8")


def check(folds: Sequence[Fold]) -> dict[str, Any]:
    """Scores over all rows, each read with a model of the other folds."""
    scores = ClaimScores()
    for fold in folds:
        model = fit_model([other for other in folds if other is not fold])
        for article in fold.articles:
            scores.add(extract(bare_article(article.text), model=model).claims, article.labels)
    return scores.as_dict()


def fit_model(folds: Sequence[Fold]) -> Model:
    """Counts over all folds; weights from features whose counts come from the other folds, as they do in use."""
    cases_with_rates = []
    for fold in folds:
        rates = rates_of([other.tally for other in folds if other is not fold])
        cases_with_rates += [(case, rates) for article in fold.articles for case in cases(article, rates)]
    rows = [dict(_features(case, rates)) for case, rates in cases_with_rates]
    counted = [number for number, (case, _) in enumerate(cases_with_rates) if case.counts]
    candidates = fit(
        [rows[number] for number in counted],
        [cases_with_rates[number][0].right for number in counted],
        fewest=FEWEST_CANDIDATES,
    )
    plausible = [
        pair
        for pair, row in zip(cases_with_rates, rows, strict=True)
        if pair[0].label is not None and expit(candidates.odds(row.items())) >= PLAUSIBLE
    ]
    return Model(rates_of([fold.tally for fold in folds]), candidates, _fit_endings(plausible))


def _features(case: Case, rates: Rates) -> Iterable[tuple[str, float]]:
    return case.weighed.features(case.scene, rates)


def _fit_endings(plausible: Sequence[tuple[Case, Rates]]) -> Weights:
    """A case: another end than the parse's. It counts by what it would gain or lose, most where it decides a match."""
    rows, right, importance = [], [], []
    for case, rates in plausible:
        assert case.label is not None
        weighed = case.weighed
        given = overlap(area(weighed.content), case.label)
        for pieces, told in other_ends(case.scene, weighed.candidate, weighed.content, rates):
            other = overlap(area(pieces), case.label)
            gain = (other >= MIN_OVERLAP) - (given >= MIN_OVERLAP) + (other - given) / 2
            if abs(gain) > NEGLIGIBLE:
                rows.append(dict(told))
                right.append(gain > 0)
                importance.append(abs(gain))
    return fit(rows, right, importance=importance, fewest=FEWEST_ENDINGS)


def tally(articles: Iterable[Annotated]) -> Tally:
    """Counts over some articles."""
    counts = Tally()
    unknown = count_rates({})
    for article in articles:
        for case in cases(article, unknown):
            candidate = case.weighed.candidate
            form = case.scene.tree.words[candidate.head]
            counts.forms[form] += 1
            counts.form_hits[form] += case.right
            if case.counts:
                key = (candidate.part, candidate.lemma, candidate.frame)
                counts.seen[key] += 1
                counts.hits[key] += case.right
    return counts


def rates_of(tallies: Sequence[Tally]) -> Rates:
    """Rates from all counts together."""
    seen = sum((each.seen for each in tallies), Counter[Key]())
    hits = sum((each.hits for each in tallies), Counter[Key]())
    forms = sum((each.forms for each in tallies), Counter[str]())
    form_hits = sum((each.form_hits for each in tallies), Counter[str]())
    worth = [
        form
        for form, times in form_hits.items()
        if form.isalpha()
        and form.isascii()
        and (times + FORM_PRIOR * FORM_WEIGHT) / (forms[form] + FORM_WEIGHT) >= WORTH_A_PARSE
    ]
    return count_rates(_rows(seen, hits), worth)


def _rows(seen: Mapping[Key, int], hits: Mapping[Key, int]) -> dict[Key, tuple[int, int]]:
    telling = {(part, lemma) for (part, lemma, _), times in hits.items() if times}
    rows: dict[Key, tuple[int, int]] = {}
    rest: Counter[tuple[str, str]] = Counter()
    for (part, lemma, frame), times in sorted(seen.items()):
        if (part, lemma) in telling or times >= KEEP_LEMMAS_FROM:
            rows[part, lemma, frame] = (times, hits[part, lemma, frame])
        else:
            rest[part, frame] += times
    return rows | {(part, "", frame): (times, 0) for (part, frame), times in sorted(rest.items())}


def lexicon_text(rates: Rates) -> str:
    """The counts as JSON, one row a line."""
    rows = ",\n".join("  " + json.dumps([*key, *counts]) for key, counts in rates.counts.items())
    return f'{{\n "note": {json.dumps(NOTE)},\n "forms": {_wrapped(sorted(rates.forms))},\n "rows": [\n{rows}\n ]\n}}\n'


def _wrapped(words: Sequence[str]) -> str:
    lines = [""]
    for word in words:
        entry = json.dumps(word) + ", "
        if len(lines[-1]) + len(entry) > LINE:
            lines.append("")
        lines[-1] += entry
    return "[\n  " + "\n  ".join(line.rstrip() for line in lines).rstrip(",") + "\n ]"


def weights_text(model: Model) -> str:
    """The weights as JSON, one a line."""
    parts = {"candidates": model.candidates, "endings": model.endings}
    content = {name: {"intercept": part.intercept, "weights": dict(part.of)} for name, part in parts.items()}
    return json.dumps({"note": WEIGHTS_NOTE, **content}, indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    main()
