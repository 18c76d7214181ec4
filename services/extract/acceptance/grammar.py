"""What the words of a span are by grammar: a clause with its subject, a verb without one, or a phrase."""

from enum import StrEnum
from typing import NamedTuple

from services.extract.attributions.scene import Scene
from services.extract.syntax.tree import NOMINAL_TAGS, SUBJECTS, Tree
from services.language.ranges import Range

_NOMINAL = frozenset(("NN", "NNS", "NNP", "NNPS", "PRP", "PRP$", "DT", "CD", "JJ", "JJR", "JJS"))
_OPENING = frozenset((
    "who", "which", "that", "whom", "whose", "what", "how", "why", "where", "when", "whether", "if",
))  # fmt: skip
_FOCUS = frozenset(("exactly", "precisely"))
"""Words before a question word: "speculation about exactly who it was"."""


class Shape(StrEnum):
    """What a span is."""

    QUOTED = "quoted"
    """Full quotations and nothing else; the parse has a stand-in for them."""
    FINITE = "finite"
    """A verb with tense, and its subject."""
    SUBJECT = "subject"
    """A verb without tense, and its subject: "the bridge to be closed"."""
    OPEN = "open"
    """A clause that opens with a question word or relative: "how he had learned this"."""
    TENSE = "tense"
    """A verb with tense whose subject stands outside."""
    INFINITIVE = "infinitive"
    """A verb with neither."""
    PHRASE = "phrase"
    """No verb that governs the rest."""


class Grammar(NamedTuple):
    """The tokens of a span. Indexes count tokens of the parse."""

    shape: Shape
    top: int | None = None
    """The token that decides the shape."""
    subject: int | None = None
    """Of the top, in the span."""
    tops: int = 0
    """Tokens whose head is outside of the span."""
    starts_nominal: bool = False
    """Whether it starts as a subject does: with a noun, a pronoun, or a word that goes before a noun."""


def grammar_of(scene: Scene, area: Range) -> Grammar:
    """What the words in `area` of the sentence are to each other."""
    quotations = [quotation.outer for quotation in scene.masked.full if quotation.outer.meets(area)]
    if quotations and quotations[0].start - 1 <= area.start and area.end <= quotations[-1].end + 1:
        return Grammar(Shape.QUOTED)
    tree = scene.tree
    tokens = [index for index in scene.tokens_in(area) if tree.deps[index] != "punct"]
    inside = set(tokens)
    tops = [index for index in tokens if tree.heads[index] == index or tree.heads[index] not in inside]
    if not tops:
        return Grammar(Shape.PHRASE)
    return _of_tops(tree, tokens, tops, inside)


def _of_tops(tree: Tree, tokens: list[int], tops: list[int], inside: set[int]) -> Grammar:
    nominal = tree.tags[tokens[0]] in _NOMINAL
    verbs = [index for index in tops if tree.is_verb(index) or tree.tags[index] == "MD" or tree.lemmas[index] == "be"]
    # "The fraud cost ₹2.5 crore": what has a subject is a verb, whatever it is taken for.
    for verb in verbs or [index for index in tops if tree.has(index, *SUBJECTS)]:
        subject = _subject(tree, verb, inside)
        if subject is not None:
            opens = _opens(tree, tokens[0], verb)
            shape = Shape.OPEN if opens else Shape.SUBJECT if verbs and not tree.has_tense(verb) else Shape.FINITE
            return Grammar(shape, verb, subject, len(tops), nominal)
    for noun in tops:
        participle = _verb_taken_for_participle(tree, noun, inside)
        if participle is not None:
            return Grammar(Shape.SUBJECT, participle, noun, len(tops), nominal)
    if verbs:
        opens = _opens(tree, tokens[0], verbs[0])
        shape = Shape.OPEN if opens else Shape.TENSE if tree.has_tense(verbs[0]) else Shape.INFINITIVE
        return Grammar(shape, verbs[0], None, len(tops), nominal)
    return Grammar(Shape.PHRASE, tops[0], None, len(tops), nominal)


def _subject(tree: Tree, verb: int, inside: set[int]) -> int | None:
    """The subject in the span of a verb: its own, its auxiliary's, or a noun right before that is taken for none."""
    helpers = tree.kids(verb, "aux", "auxpass")
    for each in (verb, *helpers):
        subject = next((index for index in tree.kids(each, *SUBJECTS) if index in inside), None)
        if subject is not None:
            return subject
    before = min((verb, *helpers)) - 1
    if before in inside and tree.tags[before] in NOMINAL_TAGS and (tree.heads[before] == verb or tree.has_tense(verb)):
        return before
    return None


def _verb_taken_for_participle(tree: Tree, noun: int, inside: set[int]) -> int | None:
    """The verb of "Two trains collided, police said" where the parse has two subjects of "said", and none of it."""
    if tree.deps[noun] not in SUBJECTS or len(tree.kids(tree.heads[noun], *SUBJECTS)) == 1:
        return None
    participle = tree.first(noun, "acl")
    if participle is None or participle not in inside or tree.tags[participle] not in ("VBN", "VBD"):
        return None
    return None if "," in tree.words[noun:participle] else participle


def _opens(tree: Tree, first: int, verb: int) -> bool:
    """Whether the first token makes the verb's clause a question or relative one.

    Not where it opens an adjunct before the clause ("if it was sold, she would go"), nor "that" before what is said.
    """
    if tree.words[first] in _FOCUS and first < verb and not tree.has(verb, "csubj"):
        first += 1  # but "exactly who did it remains open"
    word, role = tree.words[first], tree.deps[first]
    if word not in _OPENING or (word == "that" and (role in ("det", "mark") or _is_demonstrative(tree, first, verb))):
        return False
    above = [first]
    for head in tree.climb(first):
        if head == verb:
            break
        above.append(head)
    return not any(tree.deps[each] == "advcl" for each in above)


def _is_demonstrative(tree: Tree, first: int, verb: int) -> bool:
    """Whether "that" is a subject by itself: "she said that was not her view"."""
    return tree.deps[first] in SUBJECTS and tree.heads[first] == verb and tree.deps[verb] == "ccomp"
