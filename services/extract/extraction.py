"""The whole extraction: document -> quotations, sentences -> names -> dates -> figures -> attributions -> claims."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from services.contracts.article import Article, ArticleStatus
from services.contracts.claim import Claim, ExtractedArticle
from services.extract.attributions.attributions import find_attributions
from services.extract.attributions.clauses import View, view_sentence
from services.extract.attributions.speakers import Speakers
from services.extract.claims.claims import Draft, Findings, assemble
from services.extract.claims.drafting import Drafter
from services.extract.dates.dates import NamedDate, find_dates, reference_day
from services.extract.figures.figures import Figure, find_figures
from services.extract.names.article_names import Types, article_names
from services.extract.names.names import find_names, read_spellings
from services.extract.names.people import Cast, read_cast
from services.extract.text.document import Document, read_document
from services.extract.text.lexicon import Lexicon, load_lexicon
from services.extract.text.quotations import find_quotations
from services.extract.text.ranges import Shelf
from services.extract.text.sentences import Sentence, Splitter, split_sentences
from services.extract.text.sentencex_splitter import split_with_sentencex
from services.extract.text.tokens import fold_quotations, tokenise

EXTRACTOR_VERSION = "rules-2"
"""Changes with every change of what is extracted: it is part of the published message's id."""
MAX_CLAIMS = 1000
"""The first so many of an article are kept; an article with more is a list."""
MAX_SENTENCE_CHARS = 3000
"""Longer ones are no sentences; nothing is looked for in them but quotations."""


def extract(article: Article, splitter: Splitter = split_with_sentencex) -> ExtractedArticle:
    """Claims of one article, sorted by where they stand. A withdrawn article has none.

    Pure: the same article gives the same bytes. Takes time in proportion to the text's length.
    """
    if article.status is ArticleStatus.WITHDRAWN:
        return ExtractedArticle(article=article, extractor=EXTRACTOR_VERSION)
    lexicon = load_lexicon()
    document = read_document(article.text)
    quotations = find_quotations(document)
    sentences = split_sentences(document, quotations, lexicon, splitter, article.language or "en")
    reading = _read(document, sentences, reference_day(article), lexicon)
    return ExtractedArticle(
        article=article,
        claims=_claims(article, document, reading, lexicon),
        names=article_names(reading.cast, reading.types),
        extractor=EXTRACTOR_VERSION,
    )


def _claims(article: Article, document: Document, reading: "_Reading", lexicon: Lexicon) -> tuple[Claim, ...]:
    drafts = _drafts(document, reading, lexicon)
    findings = Findings(
        figures=Shelf([figure for figures in reading.figures for figure in figures], lambda figure: figure.range),
        dates=Shelf([named for named_here in reading.dates for named in named_here], lambda named: named.range),
        mentions=Shelf(reading.cast.mentions, lambda mention: mention.name.range),
        types=reading.types,
    )
    return tuple(assemble(article, document, draft, findings, EXTRACTOR_VERSION) for draft in drafts[:MAX_CLAIMS])


@dataclass(frozen=True)
class _Reading:
    """What was read sentence by sentence, before anybody is said to have said anything."""

    sentences: Sequence[Sentence]
    views: Sequence[View]
    dates: Sequence[Sequence[NamedDate]]
    figures: Sequence[Sequence[Figure]]
    cast: Cast
    types: Types


def _read(document: Document, sentences: Sequence[Sentence], reference: date | None, lexicon: Lexicon) -> _Reading:
    proper = [sentence.range.end - sentence.range.start <= MAX_SENTENCE_CHARS for sentence in sentences]
    tokens = [
        tokenise(document.text, sentence.range) if short else []
        for sentence, short in zip(sentences, proper, strict=True)
    ]
    spellings = read_spellings(tokens)
    names = [find_names(words, spellings, lexicon) for words in tokens]
    views = [
        view_sentence(fold_quotations(words, sentence.quotations), found, lexicon)
        for words, sentence, found in zip(tokens, sentences, names, strict=True)
    ]
    dates = [
        find_dates(document, sentence.range, reference) if short else []
        for sentence, short in zip(sentences, proper, strict=True)
    ]
    figures = [
        find_figures(document, sentence.range, lexicon, dated, named, reference=reference) if short else []
        for sentence, short, dated, named in zip(sentences, proper, dates, names, strict=True)
    ]
    cast = read_cast(document.text, tokens, names, lexicon)
    return _Reading(sentences, views, dates, figures, cast, Types(cast))


def _drafts(document: Document, reading: _Reading, lexicon: Lexicon) -> list[Draft]:
    drafter = Drafter(document, Speakers(document, reading.cast, lexicon))
    drafts: list[Draft] = []
    for number, (sentence, view) in enumerate(zip(reading.sentences, reading.views, strict=True)):
        attributions = find_attributions(view, number)
        drafts.extend(drafter.draft(number, sentence, view, attributions, reading.figures[number]))
    return _distinct(sorted(drafts, key=lambda draft: draft.range))


def _distinct(drafts: Sequence[Draft]) -> list[Draft]:
    """Drop what stands inside a claim that starts earlier: claims of one article do not overlap."""
    kept: list[Draft] = []
    for draft in drafts:
        if not kept or draft.range.start >= kept[-1].range.end:
            kept.append(draft)
    return kept
