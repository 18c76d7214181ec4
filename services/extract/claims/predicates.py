"""What a claim says of whom, by grammar alone: its verbs and adjectives with negation, modal, subject and object.

Nothing here knows what a verb means: whether "refused to sign" is no signing is for those to say who compare claims.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from services.contracts.base import trusted
from services.contracts.claim import Predicate
from services.extract.attributions.scene import Scene
from services.extract.syntax.tree import Tree
from services.language.ranges import Range

MAX_PREDICATES = 24
"""Of one claim; more are a list or a run of sentences."""
MAX_CLIMB = 6
_NO_SUBJECT = frozenset(("nobody", "none", "nothing", "neither", "no"))
_NEVER = frozenset(
    ("never", "not", "n't", "nowhere", "neither", "hardly", "scarcely", "barely", "rarely", "seldom", "little")
)
_COMPLEMENTS = frozenset(("xcomp", "ccomp", "pcomp", "prep", "acl", "acomp", "attr", "oprd", "dobj", "nsubjpass"))
_NOMINAL = frozenset(("attr", "dobj", "nsubjpass", "pobj"))
"""What a noun must be for the verb above to tell whether its complement holds: "has no plans to sign"."""
_PREDICATIVE = frozenset(("acomp", "attr", "oprd"))
"""What an adjective, or some other word, must be to be a predicate with its "be"."""
_MODALS = {"ca": "can", "wo": "will", "sha": "shall", "'ll": "will", "'d": "would"}
_BE = frozenset(("be", "become", "remain", "stay", "seem", "appear", "'s", "'re", "'m"))
_CHOSEN = frozenset(("from", "of", "against", "to", "in", "at", "with", "about", "on"))
"""Prepositions that a verb or noun chooses for its complement: "kept from signing"."""
_NEXT = 2
"""How far behind its verb a negation may stand: "is not", but not "falls on him, not on her"."""


class Noun(NamedTuple):
    """The head of a subject or object."""

    word: str
    """In lower case."""
    range: Range
    """Where it stands in the article."""


class Word(NamedTuple):
    """A predicate before it is known which claim it belongs to. Offsets count characters of the article."""

    range: Range
    lemma: str
    negated: bool
    modal: str | None
    subject: Noun | None
    object: Noun | None
    governor: int | None
    """Where the predicate starts whose complement it is."""
    head: int | None
    """Where the word starts that it hangs on; None for the sentence's root."""


def find_predicates(scene: Scene, areas: Sequence[Range]) -> list[Word]:
    """Predicates of one sentence that stand in one of `areas`, in text order, less those of stand-ins.

    `areas`: in text order; they do not overlap.
    """
    tree, tags, deps = scene.tree, scene.tree.tags, scene.tree.deps
    inside = [index for area in areas for index in scene.tokens_in(area)]
    likely = [index for index in inside if tags[index][0] in "VN" or deps[index] in _PREDICATIVE]
    chosen = [index for index in likely if _is_predicate(tree, index)]
    if scene.masked.stand_ins:
        chosen = [index for index in chosen if not any(_stands_in(scene, index))]
    return [_word(scene, index) for index in chosen]


def predicates_within(area: Range, words: Iterable[Word]) -> tuple[Predicate, ...]:
    """The predicates of the claim at `area`, from those of its article that stand there."""
    kept = [word for word in words if area.holds(word.range)][:MAX_PREDICATES]
    places = {word.range.start: place for place, word in enumerate(kept)}
    return tuple(
        trusted(
            Predicate,
            {
                "lemma": word.lemma,
                "span": word.range.to_span(),
                "negated": word.negated,
                "modal": word.modal,
                "subject": word.subject.word if word.subject else None,
                "subject_span": word.subject.range.to_span() if word.subject else None,
                "object": word.object.word if word.object else None,
                "object_span": word.object.range.to_span() if word.object else None,
                "under": None if word.governor is None else places.get(word.governor),
                "main": word.head is None or not area.start <= word.head < area.end,
            },
        )
        for word in kept
    )


def _stands_in(scene: Scene, index: int) -> list[Range]:
    return [each for each in scene.masked.stand_ins if each.start <= scene.tree.parse.starts[index] < each.end]


def _is_predicate(tree: Tree, index: int) -> bool:
    tag, dep = tree.tags[index], tree.deps[index]
    if tag[0] not in "VN" and dep not in _PREDICATIVE:
        return False
    if tag[0] == "V":
        # Participles before nouns ("the missing men") say nothing that could be denied.
        says_something = dep not in ("aux", "auxpass", "amod", "compound") and not _is_mere_copula(tree, index)
    else:
        says_something = _copula(tree, index) is not None or (
            tag[0] == "N" and any(_is_open(tree, each) for each in tree.children[index])
        )
    return says_something and (tree.words[index].isalpha() or any(map(str.isalpha, tree.words[index])))


def _is_open(tree: Tree, clause: int) -> bool:
    """Whether it is a complement that a noun leaves open: "to sign", "that they signed", not "signing"."""
    return tree.deps[clause] == "acl" and (
        any(tree.tags[each] == "TO" for each in tree.kids(clause, "aux")) or tree.has(clause, "mark")
    )


def _is_mere_copula(tree: Tree, index: int) -> bool:
    return tree.lemmas[index] in _BE and any(_copula(tree, child) is not None for child in tree.children[index])


def _copula(tree: Tree, index: int) -> int | None:
    """The "be" that makes a predicate of an adjective or noun."""
    head = tree.heads[index]
    if head == index:
        return None
    if tree.deps[index] == "acomp" or (tree.lemmas[head] in _BE and tree.deps[index] in ("attr", "oprd")):
        return head
    return None


def _word(scene: Scene, index: int) -> Word:
    tree = scene.tree
    copula = _copula(tree, index)
    verb = index if copula is None else copula
    governor = _governor(tree, verb)
    head = tree.heads[verb]
    while tree.deps[verb] == "conj" and tree.deps[head] == "conj":
        head = tree.heads[head]
    top = head if tree.deps[verb] == "conj" else verb
    return Word(
        range=scene.place(index),
        lemma=tree.lemmas[index],
        negated=_is_negated(tree, verb) != (copula is not None and _has_negation(tree, index)),
        modal=_modal(tree, verb),
        subject=_noun(scene, _subject(tree, verb)),
        object=_noun(scene, _object(tree, verb)) if copula is None else None,
        governor=None if governor is None else scene.starts[governor],
        head=None if tree.heads[top] == top else scene.starts[tree.heads[top]],
    )


def _governor(tree: Tree, verb: int) -> int | None:
    """The word whose complement it is: "refused" of "refused to sign", "plans" of "no plans to sign"."""
    if tree.deps[verb] == "conj" and not tree.has(verb, "nsubj", "nsubjpass"):
        return _governor(tree, tree.heads[verb])
    at = verb
    for _ in range(MAX_CLIMB):
        head, dep = tree.heads[at], tree.deps[at]
        passes = dep in _COMPLEMENTS and (dep != "acl" or _is_open(tree, at))
        if head == at or (not passes and not (dep == "pobj" and at == verb)):
            return None
        # "Based on" is a preposition; "before signing" tells when, "by signing" how.
        if dep == "prep" and (at == verb or tree.words[at] not in _CHOSEN):
            return None
        if dep in _NOMINAL and tree.tags[at][0] != "N":
            return None
        at = head
        if _is_predicate(tree, at):
            return at
    return None


def _has_negation(tree: Tree, index: int) -> bool:
    for child in tree.children[index]:
        if child > index + _NEXT:
            break
        word, dep = tree.words[child], tree.deps[child]
        if dep in ("neg", "advmod", "det", "preconj") and (
            dep == "neg" or word in _NEVER or (word == "no" and child < index)
        ):
            return True
        if dep == "advmod" and index - _NEXT <= child < index and tree.has(child, "neg"):
            return True
    return False


def _is_negated(tree: Tree, verb: int) -> bool:
    """Whether an odd number of negations stands at the verb, its subject and object, or "without" before it."""
    count = int(_has_negation(tree, verb))
    for noun in tree.kids(verb, "nsubj", "nsubjpass", "dobj"):
        count += tree.words[noun] in _NO_SUBJECT or any(
            tree.words[each] in _NO_SUBJECT for each in tree.kids(noun, "det", "neg")
        )
    head = tree.heads[verb]
    count += tree.deps[verb] == "pcomp" and tree.words[head] in ("without", "instead")
    count += tree.deps[verb] == "conj" and _shares(tree, verb) and _has_negation(tree, head)
    return count % 2 == 1


def _shares(tree: Tree, verb: int) -> bool:
    """Whether "or" or "nor" joins it to the verb before; "and" and "but" start anew."""
    if tree.has(verb, "nsubj", "nsubjpass"):
        return False
    joints = [each for each in tree.kids(tree.heads[verb], "cc") if each < verb]
    return bool(joints) and tree.words[joints[-1]] in ("or", "nor")


def _modal(tree: Tree, verb: int) -> str | None:
    for child in tree.kids(verb, "aux"):
        if tree.tags[child] == "MD":
            return _MODALS.get(tree.words[child], tree.words[child])
    if tree.deps[verb] == "conj" and not tree.has(verb, "nsubj", "nsubjpass", "aux"):
        return _modal(tree, tree.heads[verb])
    return None


def _noun(scene: Scene, index: int | None) -> Noun | None:
    return None if index is None else Noun(scene.tree.words[index], scene.place(index))


def _subject(tree: Tree, verb: int, steps: int = 0) -> int | None:
    """Head of who does it: of a passive, the noun after "by"."""
    for agent in tree.kids(verb, "agent"):
        noun = tree.first(agent, "pobj")
        if noun is not None:
            return noun
    noun = tree.first(verb, "nsubj", "csubj")
    if noun is not None:
        return noun
    if steps < MAX_CLIMB and tree.deps[verb] in ("conj", "xcomp") and not tree.has(verb, "nsubjpass", "auxpass"):
        return _subject(tree, tree.heads[verb], steps + 1)
    return None


def _object(tree: Tree, verb: int) -> int | None:
    return tree.first(verb, "nsubjpass", "dobj")
