"""One sentence read as one claim: the whole of it, with what attributes it as speaker and cue."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from services.contracts.claim import Claim, ClaimKind, Commitment, EntityMention
from services.extract.assertions.attributed import find_attributions
from services.extract.assertions.attribution import Attribution
from services.extract.assertions.content import quoted_words
from services.extract.attributions.content import Scene
from services.extract.attributions.scoring import load_model
from services.extract.claims.claims import MAX_ENTITIES
from services.extract.claims.predicates import find_predicates, predicates_within
from services.extract.dates.dates import find_dates
from services.extract.extraction import EXTRACTOR_VERSION, MAX_SENTENCE_CHARS
from services.extract.figures.figures import find_figures
from services.extract.names.article_names import Types
from services.extract.names.names import find_names
from services.extract.names.people import Entities, read_entities
from services.extract.names.spellings import read_spellings
from services.extract.speakers.speakers import Speakers
from services.extract.text.document import Document, read_document
from services.extract.text.lexicon import load_lexicon
from services.extract.text.masking import Masked, mask
from services.extract.text.parsing import Parse, Parser
from services.extract.text.quotations import find_quotations
from services.extract.text.sentences import Sentence
from services.extract.text.spacy_parser import load_parser
from services.extract.text.tree import Tree
from services.language.negation import is_negated
from services.language.ranges import Range, trim
from services.language.tokens import tokenise

BATCH = 256
"""Sentences that go to the parser together."""


def read_propositions(texts: Sequence[str], parser: Parser | None = None) -> list[Claim]:
    """One claim for each text, whose span is the text without the white space around it.

    The outermost attribution in it gives speaker, cue and commitment; nothing is known of the day or of other texts.
    `parser`: None is the one that ships with the service.

    Raises:
        ValueError: A text is blank.
    """
    parser = parser or load_parser()
    claims: list[Claim] = []
    for start in range(0, len(texts), BATCH):
        prepared = [_prepare(text) for text in texts[start : start + BATCH]]
        masked = [each.masked.text for each in prepared]
        whole = [each.whole.text for each in prepared]
        parses = iter(parser.parse([*masked, *(one for one, other in zip(whole, masked, strict=True) if one != other)]))
        first = [next(parses) for _ in masked]
        claims.extend(
            _claim(each, parse, parse if each.whole.text == each.masked.text else next(parses))
            for each, parse in zip(prepared, first, strict=True)
        )
    return claims


@dataclass(frozen=True)
class _Prepared:
    document: Document
    sentence: Sentence
    masked: Masked
    """With stand-ins for full quotations, which is what attributions are read from."""
    whole: Masked


def _prepare(text: str) -> _Prepared:
    document = read_document(" ".join(text.split("\n")))
    area = trim(document.text, 0, len(document.text))
    if area is None:
        raise ValueError("a blank text says nothing")
    quotations = tuple(quotation for quotation in find_quotations(document) if area.holds(quotation.outer))
    sentence = Sentence(area, 0, quotations)
    seen = Range(area.start, min(area.end, area.start + MAX_SENTENCE_CHARS))
    held = [quotation for quotation in quotations if seen.holds(quotation.outer)]
    return _Prepared(document, sentence, mask(document.text, seen, held), mask(document.text, seen, ()))


def _claim(prepared: _Prepared, masked_parse: Parse, whole_parse: Parse) -> Claim:
    lexicon = load_lexicon()
    document, sentence = prepared.document, prepared.sentence
    area = sentence.range
    tokens = [tokenise(document.text, area)]
    names = [find_names(words, read_spellings(tokens, lexicon), lexicon) for words in tokens]
    entities = read_entities(document.text, tokens, names, lexicon)
    dates = find_dates(document, area, None)
    figures = find_figures(document, area, lexicon, dates, names[0], reference=None)
    scene = Scene(document.text, sentence, prepared.masked, Tree(masked_parse))
    outermost = _outermost(find_attributions(scene, lexicon, load_model()))
    quoted = [words for each in sentence.quotations if (words := quoted_words(document, each)) is not None]
    kind = _kind(area, quoted, telling=outermost is None and any(figure.telling for figure in figures))
    speaker = None
    if outermost is not None and outermost.source is not None:
        speaker = Speakers(document, entities, lexicon).identify(outermost.source, 0)
    text = area.of(document.raw)
    return Claim(
        claim_id="clm_" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:20],
        kind=kind,
        text=text,
        span=area.to_span(),
        quoted=tuple(words.to_span() for words in quoted),
        speaker=speaker,
        cue=outermost.cue.of(document.raw) if outermost else None,
        commitment=outermost.commitment if outermost else Commitment.ASSERTS,
        negated=is_negated(area.of(document.text)),
        quantities=tuple(figure.quantity for figure in figures),
        dates=tuple(named.mention for named in dates),
        entities=tuple(_entity_mentions(entities))[:MAX_ENTITIES],
        predicates=predicates_within(area, find_predicates(prepared.whole, Tree(whole_parse), [area])),
        extractor=EXTRACTOR_VERSION,
    )


def _outermost(attributions: Sequence[Attribution]) -> Attribution | None:
    """The attribution whose content is the largest part of the sentence: what the sentence is about."""
    return max(
        attributions, key=lambda each: (sum(part.end - part.start for part in each.content), each.score), default=None
    )


def _kind(area: Range, quoted: Iterable[Range], *, telling: bool) -> ClaimKind:
    if 2 * sum(words.end - words.start for words in quoted) >= area.end - area.start:
        return ClaimKind.QUOTATION
    return ClaimKind.FIGURE if telling else ClaimKind.STATEMENT


def _entity_mentions(entities: Entities) -> Iterable[EntityMention]:
    types = Types(entities)
    for mention in entities.mentions:
        kind = types.of(mention)
        if kind is not None:
            yield EntityMention(
                name=mention.surface, type=kind, span=mention.name.range.to_span(), canonical=mention.canonical
            )
