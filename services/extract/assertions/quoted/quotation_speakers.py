"""Speakers of quotations that no attribution took: quoted sentences after the speaker was named, and the like."""

import re
from collections.abc import Sequence

from services.extract.attributions.scene import Scene
from services.extract.attributions.sources import source_range
from services.extract.names.names import Name
from services.extract.syntax.candidate import Candidate
from services.extract.syntax.tree import Tree
from services.extract.text.quotations import Quotation
from services.extract.text.sentences import Sentence
from services.extract.vocabulary.lexicon import Lexicon
from services.language.ranges import Range

FEWEST_ALONE = 5
"""Fewer quoted words that nobody introduces are a title, a name or a word in somebody else's mouth."""
TITLE_WORD_CHARS = 4
TITLE_SHARE = 0.6
"""A title has more than this share of its longer words in capitals."""
_SIGNATURE = re.compile(r" ?[-–—―~]{1,2} ?")
_LABEL = re.compile(r"((?:[A-Z][A-Z.'-]+ ){0,3}[A-Z][A-Z'-]+): ?")
_STATEMENT = re.compile(
    r"\b(?:statement|response|reply|comment|letter|message|memo|e-?mail|remarks|tweets?|posts?|note|following|this)\b"
)
_GIVING = frozenset(
    ("issue", "release", "have", "give", "offer", "send", "post", "publish", "share", "provide", "make")
)
"""Verbs whose subject a statement is by."""
_OWN_STATEMENT = re.compile(
    r"'s? (?:[\w-]+ ){0,3}(?:statement|response|reply|letter|message|memo|remarks|tweets?|posts?)\b"
)
_FROM = re.compile(r"\b(?:from|by|of) (?:[\w.'-]+ ){0,4}$")
_LETTER = re.compile(r"\w")


def stands_alone(text: str, sentence: Sentence) -> bool:
    """Whether the sentence is nothing but quotations."""
    at = sentence.range.start
    for quotation in sentence.quotations:
        if _LETTER.search(text, at, quotation.outer.start):
            return False
        at = quotation.outer.end
    return bool(sentence.quotations) and _LETTER.search(text, at, sentence.range.end) is None


def signature(text: str, quotation: Quotation, names: Sequence[Name]) -> Range | None:
    """The name in a paragraph of the form `"…" — Name`."""
    dash = _SIGNATURE.match(text, quotation.outer.end)
    if dash is None:
        return None
    return next((name.range for name in names if name.start == dash.end()), None)


def label(text: str, quotation: Quotation) -> tuple[Range, int] | None:
    """The name in front of a turn of a transcript (`"REYL: It is …"`), and where the turn starts."""
    match = _LABEL.match(text, *quotation.inner)
    return None if match is None or match.end() >= quotation.inner.end else (Range(*match.span(1)), match.end())


def announcer(scene: Scene, lexicon: Lexicon) -> Range | None:
    """The subject of a sentence like "He said:" or "Her office gave this reply:", who speaks in the next paragraph."""
    masked, tree = scene.masked, scene.tree
    words = masked.text.rstrip()
    if not words.endswith(":"):
        return None
    gives = _STATEMENT.search(words) is not None
    for index in range(len(tree.words) - 1, -1, -1):
        lemma = tree.lemmas[index]
        given = gives and lemma in _GIVING and _gives_words(tree, index)
        if tree.is_verb(index) and (lemma in lexicon.quote_verbs or given):
            subject = scene.source_of(Candidate(index, "verb", lemma, "none", ()))
            if subject is not None:
                return source_range(tree, masked, subject, lexicon)
    return _main_subject(scene, lexicon)


def _gives_words(tree: Tree, verb: int) -> bool:
    """Whether what somebody gives is a statement; of "claimed the aide gave nothing" it is not, after "in a note"."""
    given = (index for top in tree.kids(verb, "dobj", "nsubjpass", "xcomp", "ccomp") for index in tree.below(top))
    return any(_STATEMENT.fullmatch(tree.words[index]) is not None for index in given)


def _main_subject(scene: Scene, lexicon: Lexicon) -> Range | None:
    """The name that is the subject of a sentence before a colon: "Reyl also gave a nod to the town:"."""
    tree = scene.tree
    root = next((index for index, head in enumerate(tree.heads) if head == index and tree.is_verb(index)), None)
    subject = None if root is None else tree.first(root, "nsubj")
    if subject is None or not scene.is_named(subject):
        return None
    return source_range(tree, scene.masked, subject, lexicon)


def announced_author(text: str, sentence: Sentence, names: Sequence[Name]) -> Range | None:
    """The name in "Ada Reyl's full statement:" or "a statement from Ada Reyl:", at a sentence's end."""
    area = sentence.range
    if text[area.end - 1] != ":" or _STATEMENT.search(text, *area) is None:
        return None
    for name in reversed(names):
        if _OWN_STATEMENT.match(text, name.range.end, area.end):
            return name.range
        if _FROM.search(text, area.start, name.start) and text[name.range.end : area.end].strip(" :") == "":
            return name.range
    return None


def is_presentable(text: str, quotation: Quotation, *, alone: bool) -> bool:
    """Whether quoted words without a speaker read like something said: a sentence, not a title, a name or a word."""
    inner = quotation.inner
    words = inner.of(text).split()
    if len(words) < FEWEST_ALONE or not text[inner.start].isupper() or is_title(words):
        return False
    return alone and text[inner.end - 1] in ".?!,…"


def is_title(words: Sequence[str]) -> bool:
    """Whether words are written like the title of a work: the longer ones start with a capital."""
    if words[-1][-1] in "?!":
        return False
    long = [word for word in words if len(word) >= TITLE_WORD_CHARS]
    return len(long) > 1 and sum(not word[0].islower() for word in long) > len(long) * TITLE_SHARE
