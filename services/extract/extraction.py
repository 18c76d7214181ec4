"""The whole extraction: document -> quotations, sentences -> names -> dates -> figures -> attributions -> claims."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from services.contracts.article import Article, ArticleStatus
from services.contracts.claim import Claim, ExtractedArticle
from services.extract.attributions.attributions import Reading, find_attributions
from services.extract.attributions.gate import may_attribute
from services.extract.attributions.loose import announcer
from services.extract.attributions.masking import Masked, mask
from services.extract.attributions.scoring import load_rates
from services.extract.attributions.speakers import Speakers
from services.extract.claims.claims import Draft, Findings, assemble
from services.extract.claims.drafting import Drafter, SentenceFindings
from services.extract.claims.predicates import Word, find_predicates
from services.extract.dates.dates import NamedDate, find_dates, reference_day
from services.extract.figures.figures import Figure, find_figures
from services.extract.names.article_names import Types, article_names
from services.extract.names.names import Name, find_names, read_spellings
from services.extract.names.people import Cast, read_cast
from services.extract.text.document import Document, read_document
from services.extract.text.lexicon import Lexicon, load_lexicon
from services.extract.text.parsing import Parse, Parser
from services.extract.text.quotations import find_quotations
from services.extract.text.ranges import Shelf
from services.extract.text.sentences import Sentence, Splitter, split_sentences
from services.extract.text.sentencex_splitter import split_with_sentencex
from services.extract.text.spacy_parser import load_parser
from services.extract.text.tokens import tokenise

EXTRACTOR_VERSION = "parse-2"
"""Changes with every change of what is extracted: it is part of the published message's id."""
MAX_CLAIMS = 1000
"""The first so many of an article are kept; an article with more is a list."""
MAX_SENTENCE_CHARS = 3000
"""Longer ones are no sentences; nothing is looked for in them but quotations."""
MAX_SENTENCE_TOKENS = 250
"""Longer runs without a stop are tables and lists."""
MAX_PARSED_CHARS = 100_000
"""What the parser sees of one article."""


def extract(
    article: Article, parser: Parser | None = None, splitter: Splitter = split_with_sentencex
) -> ExtractedArticle:
    """Claims of one article, sorted by where they stand. A withdrawn article has none.

    `parser`: null is the one that ships with the service.

    Pure: the same article gives the same bytes. Takes time in proportion to the text's length.
    """
    if article.status is ArticleStatus.WITHDRAWN:
        return ExtractedArticle(article=article, extractor=EXTRACTOR_VERSION)
    lexicon = load_lexicon()
    document = read_document(article.text)
    quotations = find_quotations(document)
    sentences = split_sentences(document, quotations, lexicon, splitter, article.language or "en")
    reading = _read(document, sentences, reference_day(article), lexicon)
    parses = _parse(document, sentences, parser or load_parser(), lexicon)
    return ExtractedArticle(
        article=article,
        claims=_claims(article, document, reading, parses, lexicon),
        names=article_names(reading.cast, reading.types),
        extractor=EXTRACTOR_VERSION,
    )


def _claims(
    article: Article,
    document: Document,
    reading: "_Reading",
    parses: Mapping[int, tuple[Masked, Parse]],
    lexicon: Lexicon,
) -> tuple[Claim, ...]:
    drafts, predicates = _drafts(document, reading, parses, lexicon)
    findings = Findings(
        figures=Shelf([figure for figures in reading.figures for figure in figures], lambda figure: figure.range),
        dates=Shelf([named for named_here in reading.dates for named in named_here], lambda named: named.range),
        mentions=Shelf(reading.cast.mentions, lambda mention: mention.name.range),
        predicates=Shelf(predicates, lambda word: word.range),
        types=reading.types,
    )
    return tuple(assemble(article, document, draft, findings, EXTRACTOR_VERSION) for draft in drafts[:MAX_CLAIMS])


@dataclass(frozen=True)
class _Reading:
    """What was read sentence by sentence, before anybody is said to have said anything."""

    sentences: Sequence[Sentence]
    names: Sequence[Sequence[Name]]
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
    dates = [
        find_dates(document, sentence.range, reference) if short else []
        for sentence, short in zip(sentences, proper, strict=True)
    ]
    figures = [
        find_figures(document, sentence.range, lexicon, dated, named, reference=reference) if short else []
        for sentence, short, dated, named in zip(sentences, proper, dates, names, strict=True)
    ]
    cast = read_cast(document.text, tokens, names, lexicon)
    return _Reading(sentences, names, dates, figures, cast, Types(cast))


def _parse(
    document: Document, sentences: Sequence[Sentence], parser: Parser, lexicon: Lexicon
) -> dict[int, tuple[Masked, Parse]]:
    """Parses, by number, of the sentences that can hold an attribution, the first `MAX_PARSED_CHARS` characters."""
    rates = load_rates()
    chosen: dict[int, Masked] = {}
    left = MAX_PARSED_CHARS
    for number, sentence in enumerate(sentences):
        if sentence.range.end - sentence.range.start > MAX_SENTENCE_CHARS:
            continue
        masked = mask(document.text, sentence.range, sentence.quotations)
        if may_attribute(masked, sentence, rates, lexicon):
            left -= len(masked.text)
            if left < 0:
                break
            chosen[number] = masked
    parses = parser.parse([masked.text for masked in chosen.values()])
    return {
        number: (masked, parse)
        for (number, masked), parse in zip(chosen.items(), parses, strict=True)
        if len(parse.words) <= MAX_SENTENCE_TOKENS
    }


def _drafts(
    document: Document, reading: _Reading, parses: Mapping[int, tuple[Masked, Parse]], lexicon: Lexicon
) -> tuple[list[Draft], list[Word]]:
    """Drafts in text order, and the predicates of the sentences that attribute something."""
    reads = Reading(document.text, lexicon, load_rates())
    drafter = Drafter(document, Speakers(document, reading.cast, lexicon))
    predicates: list[Word] = []
    for number, sentence in enumerate(reading.sentences):
        parsed = parses.get(number)
        found = SentenceFindings(
            sentence,
            reading.names[number],
            reading.figures[number],
            find_attributions(reads, sentence, *parsed) if parsed else (),
            announcer(*parsed, lexicon) if parsed else None,
        )
        drafter.read(number, found)
        if parsed and found.attributions:
            predicates.extend(find_predicates(*parsed))
    return _distinct(sorted(drafter.drafts, key=lambda draft: draft.range)), predicates


def _distinct(drafts: Sequence[Draft]) -> list[Draft]:
    """Drop what stands inside a claim that starts earlier: claims of one article do not overlap."""
    kept: list[Draft] = []
    for draft in drafts:
        if not kept or draft.range.start >= kept[-1].range.end:
            kept.append(draft)
    return kept
