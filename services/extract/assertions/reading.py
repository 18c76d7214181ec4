"""One sentence and what each step has found in it, from its words to the clauses of its parse."""

from collections.abc import Sequence
from dataclasses import dataclass

from services.extract.attributions.scene import Scene
from services.extract.attributions.scoring import Model
from services.extract.dates.dates import NamedDate
from services.extract.figures.figures import Figure
from services.extract.names.names import Name
from services.extract.syntax.clauses import Clause
from services.extract.text.document import Document
from services.extract.text.sentences import Sentence
from services.extract.vocabulary.lexicon import Lexicon
from services.language.tokens import Token


@dataclass(frozen=True)
class Resources:
    """What all sentences of an article are read with."""

    document: Document
    lexicon: Lexicon
    model: Model


@dataclass(slots=True)
class SentenceReading:
    """What is known of one sentence. It grows: each step sets the fields that it is named for, once."""

    number: int
    """Of the sentence in its article, from 0."""
    sentence: Sentence
    tokens: Sequence[Token] = ()
    names: Sequence[Name] = ()
    dates: Sequence[NamedDate] = ()
    figures: Sequence[Figure] = ()
    scene: Scene | None = None
    """Its parse; None where it was not worth one."""
    has_cue: bool = False
    """Whether it has quote marks or a word that attributes, and was not parsed for the outlet's assertions alone."""
    clauses: Sequence[Clause] = ()
    """Of the parse."""
