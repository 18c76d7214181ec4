"""Candidates of annotated articles, with whether each is an attribution: what counts and weights are fitted to."""

import gzip
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from services.contracts.article import Article, ArticleInput, ArticleStatus, InputKind
from services.extract.attributions.scene import Scene
from services.extract.attributions.scoring import Rates
from services.extract.attributions.weighing import Weighed, weigh
from services.extract.evaluation.attributions import MIN_OVERLAP, Labelled, overlap, read_labels
from services.extract.syntax.masking import mask
from services.extract.syntax.parsing import Parser
from services.extract.syntax.tree import Tree
from services.extract.text.document import read_document
from services.extract.text.quotations import find_quotations
from services.extract.text.sentences import split_sentences
from services.extract.text.sentencex_splitter import split_with_sentencex
from services.extract.vocabulary.lexicon import load_lexicon
from services.language.ranges import Range

MAX_TOKENS = 250
"""Of a sentence, as in extraction."""


@dataclass(frozen=True)
class Annotated:
    """An article with its annotations."""

    text: str
    scenes: tuple[Scene, ...]
    labels: tuple[Labelled, ...]
    cues: tuple[tuple[Range, ...], ...]
    """Of each label: pieces of its cue."""


@dataclass(frozen=True)
class Case:
    """A candidate as it stands in an article."""

    scene: Scene
    weighed: Weighed
    right: bool
    """Whether it introduces an annotated content that no other candidate has a better right to."""
    counts: bool
    """Whether it says anything of its lemma: not inside another's content, where it would go with the outer one."""
    label: Labelled | None
    """The attribution that it is the cue of."""


def read_articles(path: Path, parser: Parser) -> list[Annotated]:
    """Articles of rows {"text", "attributions": [{"cue", "content", "source": [{"spans": [[start, end]]}]}]}."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [_read(json.loads(line), parser) for line in lines]


def _read(row: Mapping[str, Any], parser: Parser) -> Annotated:
    document = read_document(row["text"])
    sentences = split_sentences(document, find_quotations(document), load_lexicon(), split_with_sentencex)
    masks = [mask(document.text, sentence.range, sentence.quotations) for sentence in sentences]
    parses = parser.parse([masked.text for masked in masks])
    scenes = (
        Scene(document.text, sentence, masked, Tree(parse))
        for sentence, masked, parse in zip(sentences, masks, parses, strict=True)
        if len(parse.words) <= MAX_TOKENS
    )
    labelled = [annotation for annotation in row["attributions"] if read_labels([annotation], row["text"])]
    cues = tuple(
        tuple(Range(*span) for part in annotation.get("cue") or () for span in part["spans"]) for annotation in labelled
    )
    return Annotated(row["text"], tuple(scenes), tuple(read_labels(labelled, row["text"])), cues)


def cases(article: Annotated, rates: Rates) -> list[Case]:
    """All candidates of an article, told from each other by its labels."""
    weighed_in_scenes = [(scene, weighed) for scene in article.scenes for weighed in weigh(scene, rates)]
    right = _right(article, [weighed for _, weighed in weighed_in_scenes])
    return [
        Case(scene, weighed, number in right, number in right or not _inside(article, weighed), label)
        for number, (scene, weighed) in enumerate(weighed_in_scenes)
        for label in [_label_of(article, weighed)]
    ]


def bare_article(text: str) -> Article:
    """An article with a text, and nothing else that extraction could read."""
    return Article(
        article_id="art_0000000000000000fits",
        revision=1,
        text=text,
        content_hash="0" * 20,
        fetched_at=datetime(2000, 1, 1, tzinfo=UTC),
        input=ArticleInput(kind=InputKind.PUSH),
        status=ArticleStatus.USABLE,
    )


def area(pieces: Sequence[Range]) -> Range:
    """From the first piece's start to the last one's end."""
    return Range(pieces[0].start, pieces[-1].end)


def _right(article: Annotated, weighed_candidates: Sequence[Weighed]) -> set[int]:
    """Numbers of those that match a label; of several that match one, those at its cue."""
    by_label: dict[int, list[int]] = {}
    for number, weighed in enumerate(weighed_candidates):
        shares = [overlap(area(weighed.content), label) for label in article.labels]
        if shares and max(shares) >= MIN_OVERLAP:
            by_label.setdefault(shares.index(max(shares)), []).append(number)
    chosen: set[int] = set()
    for label, numbers in by_label.items():
        at_cue = [number for number in numbers if _holds(article.cues[label], weighed_candidates[number].cue)]
        chosen.update(at_cue or numbers)
    return chosen


def _inside(article: Annotated, weighed: Weighed) -> bool:
    return any(_holds(label.content, weighed.cue) for label in article.labels)


def _label_of(article: Annotated, weighed: Weighed) -> Labelled | None:
    at_cue = (label for label, cue in zip(article.labels, article.cues, strict=True) if _holds(cue, weighed.cue))
    return max(at_cue, key=lambda label: overlap(area(weighed.content), label), default=None)


def _holds(pieces: Sequence[Range], word: Range) -> bool:
    return any(piece.start <= word.start < piece.end for piece in pieces)
