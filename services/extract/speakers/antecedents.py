"""Whom a pronoun may stand for: who is named in a sentence, in which part of it."""

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass

from services.contracts.claim import SpeakerKind
from services.extract.assertions.reading import SentenceReading
from services.extract.attributions.scene import Scene
from services.extract.commitment.declined import is_refused
from services.extract.names.people import Entities, Mention
from services.extract.syntax.tree import Tree
from services.language.ranges import Range

MAIN_SUBJECT, SUBJECT, OWNER, OTHER, POSSESSIVE = 0.0, 1.0, 1.0, 2.0, 3.0
"""How far parts of a sentence are from being what the next one speaks of."""
ASKED = -1.0
"""Who is asked something answers next."""
ANSWERS = -1.0
"""Who declines to comment has been asked, and goes on with what is said."""
_QUESTIONING = frozenset(("ask", "press", "question", "quiz", "grill"))
_SECOND = 0.25
"""What "and" takes from the second of two subjects."""
_SUBJECTS = ("nsubj", "nsubjpass")
_ENDS = frozenset(".?!:;\"'…)”’")
_DOES = re.compile(
    r"(?:, \d\d,)? (?:[a-z]+ed|spent|made|took|went|came|gave|got|had|was|is|has|won|lost|left|met|held|kept|began|"
    r"ran|led|put|set|sat|stood|spoke|wrote|told|said|says|saw|sent|sold|bought|built|brought|broke|chose|drew|"
    r"drove|fell|felt|flew|found|fought|grew|knew|paid|rose|sought|slept|taught|thought|threw|will|would|can|could|should|"
    r"may) [a-z]| on [A-Z][a-z]+day [a-z]| spent [A-Z]"
)
"""After a name: what its bearer did, or when."""
_SOME = frozenset(("some", "many", "several", "most", "all", "both"))
_STEPS = 6
_JOINING = frozenset(("joined", "accompanied", "flanked"))
"""Participles before "by" and somebody who does the same."""


@dataclass(frozen=True, slots=True)
class Place:
    """A name, description or pronoun of one sentence and how near it is to being its topic, 0 the nearest."""

    range: Range
    cost: float


def is_context(text: str, reading: SentenceReading) -> bool:
    """Whether a line is a sentence: headings and captions without a final mark are no context for what follows."""
    area = reading.sentence.range
    return area.end > area.start and text[area.end - 1] in _ENDS


def name_places(text: str, reading: SentenceReading, mentions: Iterable[Mention]) -> Iterator[tuple[Mention, Place]]:
    """The names of a sentence outside of quotations, in text order."""
    for position, mention in enumerate(mentions):
        area = mention.name.range
        if reading.sentence.is_quoted(area):
            continue
        if text.startswith("'", area.end):
            cost = OWNER if _owns_subject(reading, area) else POSSESSIVE
        elif _DOES.match(text, area.end) and mention.name.start == reading.sentence.range.start:
            # "Keld urged members to …", where the parse takes it for members that Keld urged
            parsed = MAIN_SUBJECT if reading.scene is None else _cost(reading.scene.tree, _head(reading.scene, area))
            cost = min(MAIN_SUBJECT, parsed)
        elif reading.scene is not None:
            cost = _cost(reading.scene.tree, _head(reading.scene, area))
        else:
            cost = SUBJECT if position == 0 else OTHER
        yield mention, Place(area, cost)


def _owns_subject(reading: SentenceReading, area: Range) -> bool:
    """Whether a name is that of "Reyl's case was closed", which is of Reyl."""
    if reading.scene is None:
        return False
    tree, head = reading.scene.tree, _head(reading.scene, area)
    return head is not None and tree.deps[head] == "poss" and _cost(tree, tree.heads[head]) == MAIN_SUBJECT


def subject_places(reading: SentenceReading) -> Iterator[tuple[int, Place]]:
    """The heads of the subjects of a parsed sentence, outside of quotations, in text order."""
    scene = reading.scene
    if scene is None:
        return
    for index, dep in enumerate(scene.tree.deps):
        if dep in _SUBJECTS:
            area = scene.place(index)
            if not reading.sentence.is_quoted(area) or _is_only_word(reading, area):
                yield index, Place(area, _cost(scene.tree, index))


def _is_only_word(reading: SentenceReading, area: Range) -> bool:
    """Whether a word is all that a quotation holds: the author's own "curators" between marks."""
    return any(
        quotation.inner.start == area.start and quotation.inner.end == area.end
        for quotation in reading.sentence.quotations
    )


def object_places(reading: SentenceReading, nouns: Container[str]) -> Iterator[tuple[int, Place]]:
    """The heads of objects of a parsed sentence that are one of `nouns`, outside of quotations, in text order."""
    scene = reading.scene
    if scene is None:
        return
    for index, dep in enumerate(scene.tree.deps):
        if dep in ("dobj", "attr") and scene.tree.words[index] in nouns:
            area = scene.place(index)
            if not reading.sentence.is_quoted(area):
                yield index, Place(area, SUBJECT if _is_main(scene.tree, scene.tree.heads[index]) else OTHER)


def is_some_of_several(reading: SentenceReading, subject: int, people: Container[str]) -> bool:
    """Of "Two of the House Republicans", "some of the judges": whether a subject is some of several people.

    `people`: nouns for several who speak.
    """
    scene = reading.scene
    if scene is None or (scene.tree.tags[subject] != "CD" and scene.tree.words[subject] not in _SOME):
        return False
    of = next((each for each in scene.tree.kids(subject, "prep") if scene.tree.words[each] == "of"), None)
    several = None if of is None else scene.tree.first(of, "pobj")
    if several is None or scene.tree.tags[several] not in ("NNS", "NNPS"):
        return False
    return scene.tree.tags[several] == "NNPS" or scene.tree.words[several] in people


def companions(reading: SentenceReading, subject: int, mentions: Sequence[Mention]) -> tuple[Mention, Mention] | None:
    """Of "Judge Reyl wrote an opinion, joined by Judge Holt": the two names; None where nobody joins the subject."""
    scene = reading.scene
    if scene is None:
        return None
    for clause in scene.tree.kids(scene.tree.heads[subject], "advcl", "acl"):
        by = scene.tree.first(clause, "agent") if scene.tree.words[clause] in _JOINING else None
        other = None if by is None else scene.tree.first(by, "pobj")
        if other is not None:
            areas = (scene.place(subject), scene.place(other))
            pair = [each for area in areas for each in mentions if each.name.range.holds(area)]
            if len(pair) == len(areas):
                return pair[0], pair[1]
    return None


def meant_by_who(text: str, source: Range, mentions: Iterable[Mention], entities: Entities) -> Range:
    """Whom "who" means of the words before it: a person, and no body joined to one, nor where one comes from.

    Olaf Brandt of "the NBA and Olaf Brandt, who …"; Lena of "Lena, a banker from Boone, who …".
    """
    inside, people = [], []
    for mention in mentions:
        is_inside = source.holds(mention.name.range)
        if is_inside:
            inside.append(mention)
        if entities.of(mention).kind is SpeakerKind.PERSON and (is_inside or mention.name.range.end < source.start):
            people.append(mention)
    if inside and people and inside[-1] is people[-1] and not all(each in people for each in inside):
        start = inside[-1].name.start
        return Range(start, source.end) if text[source.start : start].endswith((" and ", " or ")) else source
    before = text[max(0, source.start - len(" from ")) : source.start]
    if people and inside and not any(each in people for each in inside) and before.endswith((" from ", " in ")):
        return Range(people[-1].name.start, people[-1].name.range.end)
    return source


def first_pronoun(reading: SentenceReading, wanted: Sequence[str]) -> Place | None:
    """The pronoun that an unparsed sentence starts with."""
    if reading.scene is not None or not reading.tokens or reading.tokens[0].lower not in wanted:
        return None
    token = reading.tokens[0]
    return Place(Range(token.start, token.end), MAIN_SUBJECT)


def _head(scene: Scene, area: Range) -> int | None:
    """The token of a name that hangs on a token outside of it."""
    inside = scene.tokens_in(area)
    return next((index for index in inside if scene.tree.heads[index] not in inside), inside[-1] if inside else None)


def _cost(tree: Tree, index: int | None) -> float:
    extra = 0.0
    for _ in range(_STEPS):
        if index is None:
            return OTHER
        dep, head = tree.deps[index], tree.heads[index]
        place = _place_of_object(tree, index)
        if place is not None:
            return place
        if dep in _SUBJECTS:
            if _is_main(tree, head):
                return (ANSWERS if is_refused(tree, head) else MAIN_SUBJECT) + extra
            return SUBJECT + extra
        if dep not in ("appos", "conj"):
            return POSSESSIVE if dep in ("poss", "compound") else OTHER
        if dep == "conj":
            extra = _SECOND
        index = head
    return OTHER


def _place_of_object(tree: Tree, index: int) -> float | None:
    """How near the one who is asked something is, and of whom "it was Ada Reyl who" tells; None for any other."""
    dep, head = tree.deps[index], tree.heads[index]
    if dep in ("dobj", "dative") and _questions(tree, head):
        return ASKED
    return MAIN_SUBJECT if dep == "attr" and _is_cleft(tree, index, head) else None


def _is_cleft(tree: Tree, name: int, verb: int) -> bool:
    """Of "It was Ada Reyl who opened the gate": whether the name is of whom the sentence tells."""
    return any(tree.words[each] == "it" for each in tree.kids(verb, "nsubj")) and tree.has(name, "relcl")


def asks_somebody(reading: SentenceReading, area: Range) -> bool:
    """Whether a source is the subject of a verb of asking with an object: "Reyl asked Keld whether it fell"."""
    if reading.scene is None:
        return False
    tree, head = reading.scene.tree, _head(reading.scene, area)
    verb = None if head is None or tree.deps[head] != "nsubj" else tree.heads[head]
    return verb is not None and _questions(tree, verb) and tree.has(verb, "dobj", "dative")


def _questions(tree: Tree, verb: int) -> bool:
    """Whether a main verb tells that somebody asked something."""
    asks = tree.lemmas[verb] in _QUESTIONING and tree.has(verb, "nsubj") and not tree.has(verb, "neg")
    return asks and _is_main(tree, verb)


def _is_main(tree: Tree, verb: int) -> bool:
    while tree.deps[verb] == "conj" and tree.heads[verb] != verb:
        verb = tree.heads[verb]
    return tree.heads[verb] == verb
