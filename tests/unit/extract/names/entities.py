"""The people and bodies of a short text, read without a parser."""

from services.extract.names.names import find_names
from services.extract.names.people import Entities, Entity, read_entities
from services.extract.names.spellings import read_spellings
from services.extract.text.document import read_document
from services.extract.text.quotations import find_quotations
from services.extract.text.sentences import split_sentences
from services.extract.text.sentencex_splitter import split_with_sentencex
from services.extract.vocabulary.lexicon import load_lexicon
from services.language.tokens import tokenise


def entities_of(text: str) -> Entities:
    document, lexicon = read_document(text), load_lexicon()
    sentences = split_sentences(document, find_quotations(document), lexicon, split_with_sentencex, "en")
    tokens = [tokenise(document.text, sentence.range) for sentence in sentences]
    spellings = read_spellings(tokens, lexicon)
    return read_entities(document.text, tokens, [find_names(words, spellings, lexicon) for words in tokens], lexicon)


def meant_by(text: str) -> list[str]:
    """Whom the names of a text mean, in text order."""
    return [mention.canonical for mention in entities_of(text).mentions]


def entity(text: str, canonical: str) -> Entity:
    return entities_of(text).by_name[canonical]
