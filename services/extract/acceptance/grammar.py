"""What the words of a span are by grammar: a clause with its subject, a verb without one, or a phrase."""

from dataclasses import dataclass
from enum import StrEnum

from services.extract.attributions.content import Scene
from services.extract.text.tree import SUBJECTS, Tree
from services.language.ranges import Range

_FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
_OPENING = frozenset((
    "who", "which", "that", "whom", "whose", "what", "how", "why", "where", "when", "whether", "if",
))  # fmt: skip


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


@dataclass(frozen=True, slots=True)
class Grammar:
    """The tokens of a span. Indexes count tokens of the parse."""

    shape: Shape
    top: int | None = None
    """The token that decides the shape."""
    subject: int | None = None
    """Of the top, in the span."""
    tops: int = 0
    """Tokens whose head is outside of the span."""


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
    return _of_tops(tree, tokens, tops)


def _of_tops(tree: Tree, tokens: list[int], tops: list[int]) -> Grammar:
    inside = set(tokens)
    verbs = [index for index in tops if tree.is_verb(index) or tree.tags[index] == "MD" or tree.lemmas[index] == "be"]
    opens = tree.words[tokens[0]] in _OPENING
    for verb in verbs:
        subject = next((each for each in tree.kids(verb, *SUBJECTS) if each in inside), None)
        if subject is not None:
            shape = Shape.OPEN if opens else Shape.FINITE if _is_finite(tree, verb) else Shape.SUBJECT
            return Grammar(shape, verb, subject, len(tops))
    if verbs:
        shape = Shape.OPEN if opens else Shape.TENSE if _is_finite(tree, verbs[0]) else Shape.INFINITIVE
        return Grammar(shape, verbs[0], None, len(tops))
    return Grammar(Shape.PHRASE, tops[0], None, len(tops))


def _is_finite(tree: Tree, verb: int) -> bool:
    return any(tree.tags[each] in _FINITE for each in (verb, *tree.kids(verb, "aux", "auxpass")))
