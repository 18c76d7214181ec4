"""The whole extraction: boilerplate -> sentences -> clauses -> assertions -> speakers -> acceptance -> claims."""

from collections.abc import Sequence
from datetime import date

from services.contracts.article import Article
from services.contracts.claim import AssertionForm, ExtractedArticle
from services.extract.acceptance.acceptance import Acceptance, load_acceptance
from services.extract.assertions.assertion import Assertion
from services.extract.assertions.narrated.narrated_clauses import most_important
from services.extract.assertions.reading import Resources, SentenceReading
from services.extract.attributions.gate import may_attribute, may_narrate
from services.extract.attributions.scene import Scene
from services.extract.attributions.scoring import Model, load_model
from services.extract.claims.article_reader import ArticleReader
from services.extract.claims.claims import Findings, assemble
from services.extract.claims.predicates import Word, find_predicates
from services.extract.dates.dates import find_dates, forms_in, reference_day
from services.extract.figures.figures import find_figures, not_counted
from services.extract.names.article_names import Types, article_names
from services.extract.names.bodies_before import without_bodies_before
from services.extract.names.names import find_names
from services.extract.names.people import Entities, read_entities
from services.extract.names.spellings import read_spellings
from services.extract.speakers.speakers import Speakers
from services.extract.syntax.clauses import find_clauses
from services.extract.syntax.masking import Masked, mask
from services.extract.syntax.parsing import Parser
from services.extract.syntax.tree import Tree
from services.extract.text.boilerplate import find_boilerplate
from services.extract.text.document import read_document, without
from services.extract.text.english import is_english
from services.extract.text.quotations import find_quotations
from services.extract.text.sentences import Splitter, split_sentences
from services.extract.text.sentencex_splitter import split_with_sentencex
from services.extract.vocabulary.lexicon import load_lexicon
from services.language.places import load_gazetteer
from services.language.ranges import Range, SpanIndex
from services.language.tokens import tokenise
from services.runtime.garbage import let_collector_rest

EXTRACTOR_VERSION = "claims-6"
"""Changes with every change of what is extracted: it is part of the published message's id."""
MAX_CLAIMS = 1000
"""The first so many of an article are kept; an article with more is a list."""
MAX_SENTENCE_CHARS = 3000
"""Longer ones are no sentences; nothing is looked for in them but quotations."""
MAX_SENTENCE_TOKENS = 250
"""Longer runs without a stop are tables and lists."""
MAX_PARSED_CHARS = 100_000
"""What the parser sees of one article."""


def load() -> None:
    """Read word lists and the parser's model, a matter of seconds that the first article would wait for.

    For a process that does little else: it also lets the garbage collector rest.
    """
    load_lexicon()
    load_model()
    load_acceptance()
    load_gazetteer()
    _load_parser()
    let_collector_rest()


def _load_parser() -> Parser:
    # spaCy takes a second to import, which commands that parse nothing need not wait for.
    from services.extract.syntax.spacy_parser import load_parser  # noqa: PLC0415

    return load_parser()


def extract(
    article: Article,
    parser: Parser | None = None,
    splitter: Splitter = split_with_sentencex,
    model: Model | None = None,
    acceptance: Acceptance | None = None,
    *,
    every_sentence: bool = False,
) -> ExtractedArticle:
    """Claims of one article, sorted by where they stand. A withdrawn article has none, nor one that is not in English.

    `parser`, `model`, `acceptance`: None are those that ship with the service. `every_sentence`: a sentence in which
    no claim is found is a narrated claim as a whole: for sentences that somebody gives as claims, not for articles.

    Pure: the same article gives the same bytes. Takes time in proportion to the text's length.
    """
    if article.is_withdrawn or not is_english(article):
        return ExtractedArticle(article=article, extractor=EXTRACTOR_VERSION)
    lexicon = load_lexicon()
    whole = read_document(article.text)
    document = without(whole, find_boilerplate(whole))
    resources = Resources(document, lexicon, model or load_model())
    quotations = find_quotations(document)
    sentences = split_sentences(document, quotations, lexicon, splitter, "en")
    readings = [SentenceReading(number, sentence) for number, sentence in enumerate(sentences)]
    entities = _read(resources, readings, reference_day(article))
    _parse(resources, readings, parser or _load_parser(), every_sentence=every_sentence)
    reader = ArticleReader(resources, Speakers(document, entities, lexicon, readings), acceptance or load_acceptance())
    for reading in readings:
        reader.read(reading)
    if every_sentence:
        reader.assertions += _whole_sentences(readings, reader.assertions)
    assertions = most_important(
        _distinct(sorted(reader.assertions, key=lambda assertion: assertion.range)), len(readings)
    )
    findings = _findings(readings, entities, assertions)
    return ExtractedArticle(
        article=article,
        claims=tuple(
            assemble(article, document, assertion, findings, EXTRACTOR_VERSION) for assertion in assertions[:MAX_CLAIMS]
        ),
        names=article_names(entities, findings.types),
        extractor=EXTRACTOR_VERSION,
    )


def _read(resources: Resources, readings: Sequence[SentenceReading], reference: date | None) -> Entities:
    """Words, names, dates and figures of each sentence; who is who in the article."""
    document, lexicon = resources.document, resources.lexicon
    proper = [reading for reading in readings if _chars(reading.sentence.range) <= MAX_SENTENCE_CHARS]
    for reading in proper:
        reading.tokens = tokenise(document.text, reading.sentence.range)
    spellings = read_spellings([reading.tokens for reading in readings], lexicon)
    forms = forms_in(document)
    for reading in proper:
        area = reading.sentence.range
        reading.names = find_names(reading.tokens, spellings, lexicon)
        reading.dates = find_dates(document, area, reference, forms)
        reading.figures = find_figures(document, area, lexicon, reading.dates, reading.names, reference=reference)
        reading.dates = not_counted(reading.dates, reading.figures)
    names = without_bodies_before(document.text, [reading.names for reading in readings])
    for reading, in_sentence in zip(readings, names, strict=True):
        reading.names = in_sentence
    tokens = [reading.tokens for reading in readings]
    return read_entities(document.text, tokens, names, lexicon)


def _chars(area: Range) -> int:
    return area.end - area.start


def _whole_sentences(readings: Sequence[SentenceReading], assertions: Sequence[Assertion]) -> list[Assertion]:
    """The sentences in which no assertion stands."""
    claimed = SpanIndex(sorted(assertions, key=lambda assertion: assertion.range), lambda assertion: assertion.range)
    return [
        Assertion(
            AssertionForm.NARRATED,
            reading.sentence.range,
            (),
            figure=any(figure.telling for figure in reading.figures),
            sentence=reading.sentence.range,
        )
        for reading in readings
        if not any(claimed.meeting(reading.sentence.range))
    ]


def _parse(resources: Resources, readings: Sequence[SentenceReading], parser: Parser, *, every_sentence: bool) -> None:
    """Parse the sentences that can hold an assertion, or every one, the first `MAX_PARSED_CHARS` characters."""
    text = resources.document.text
    chosen: list[tuple[SentenceReading, Masked]] = []
    left = MAX_PARSED_CHARS
    for reading in readings:
        sentence = reading.sentence
        if _chars(sentence.range) > MAX_SENTENCE_CHARS:
            continue
        masked = mask(text, sentence.range, sentence.quotations)
        measured, named = bool(reading.figures or reading.dates), bool(reading.names)
        reading.has_cue = may_attribute(masked, sentence, resources.model.rates, resources.lexicon)
        if (
            every_sentence
            or reading.has_cue
            or may_narrate(masked, reading.number, resources.lexicon, measured=measured, named=named)
        ):
            left -= len(masked.text)
            if left < 0:
                break
            chosen.append((reading, masked))
    parses = parser.parse([masked.text for _, masked in chosen])
    for (reading, masked), parse in zip(chosen, parses, strict=True):
        if len(parse.words) <= MAX_SENTENCE_TOKENS:
            names = tuple(name.range for name in reading.names)
            reading.scene = Scene(text, reading.sentence, masked, Tree(parse), names)
            reading.clauses = tuple(find_clauses(reading.scene.tree))


def _findings(readings: Sequence[SentenceReading], entities: Entities, assertions: Sequence[Assertion]) -> Findings:
    claimed = SpanIndex(assertions, lambda assertion: assertion.range)
    predicates: list[Word] = []
    for reading in readings:
        areas = [assertion.range for assertion in claimed.meeting(reading.sentence.range)]
        if reading.scene is not None and areas:
            predicates += find_predicates(reading.scene, areas)
    return Findings(
        figures=SpanIndex([each for reading in readings for each in reading.figures], lambda figure: figure.range),
        dates=SpanIndex([each for reading in readings for each in reading.dates], lambda named: named.range),
        mentions=SpanIndex(entities.mentions, lambda mention: mention.name.range),
        predicates=SpanIndex(predicates, lambda word: word.range),
        types=Types(entities),
    )


def _distinct(assertions: Sequence[Assertion]) -> list[Assertion]:
    """Drop what stands inside a claim that starts earlier: claims of one article do not overlap."""
    kept: list[Assertion] = []
    for assertion in assertions:
        if not kept or assertion.range.start >= kept[-1].range.end:
            kept.append(assertion)
    return kept
