"""Which ends of a content part what belongs together: a verb and its complement, a list of names, a condition."""

from collections.abc import Sequence
from dataclasses import dataclass

from services.extract.attributions.scoring import Rates
from services.extract.syntax.candidate import Candidate
from services.extract.syntax.tree import DASHES, PUNCTUATION_TAGS, SUBJECTS, Tree
from services.extract.vocabulary.grammar import CONDITIONS
from services.extract.vocabulary.saying import SPEAKING

_CORE = frozenset(("nsubj", "nsubjpass", "xcomp", "acomp", "attr", "oprd", "dobj"))
_LIMITS = CONDITIONS | {"until"}
_OPENS_MORE = frozenset(
    ("advmod", "aux", "auxpass", "mark", "det", "amod", "compound", "nummod", "poss", "case", "neg")
)
"""Relations of words that belong to what follows them."""
_JOINING = frozenset((",", "CC"))
_INSERTING = DASHES - {"-"}
_MARKS = DASHES | {",", ";", ":", "(", ")"}
_NEXT = SPEAKING | frozenset(("add", "ask", "agree", "mention", "tell", "urge", "encourage", "call"))
"""Verbs by which a source goes on: "said it was late and asked the crew to go"."""
_CUE_RATE = 0.5


@dataclass(frozen=True, slots=True)
class Around:
    """What all other ends of a content are held against, read once."""

    top: int
    """Of the content."""
    given: int
    """The end that the parse gives it."""
    core: Sequence[int]
    """Subject, object and complement of the top."""
    joints: Sequence[tuple[int, int]]
    """Words that open what a verb says, each before its verb, and the verb."""
    cues: Sequence[int]
    others: Sequence[int]
    """Cues that "and" or "but" joins to the candidate's own: "said it can fly but experts believe that"."""


def around_of(tree: Tree, candidate: Candidate, top: int, given: int, ends: Sequence[int], *, rates: Rates) -> Around:
    """What the ends of a content with `top` are held against. `given`: the parse's end."""
    low, high = min(given, ends[0]), max(given, ends[-1])
    joints = [
        (before, verb)
        for verb in range(low, given)
        if tree.children[verb]
        for before in tree.kids(verb, "nsubj", "nsubjpass", "mark", "advmod")
        if tree.deps[before] != "advmod" or tree.tags[before] == "WRB"
    ]
    cues = [index for index in range(low, high) if _is_cue(tree, index, rates)]
    others = [verb for verb in cues if tree.heads[verb] == candidate.head and tree.deps[verb] == "conj"]
    return Around(top, given, tree.kids(top, *_CORE), joints, cues, others)


def tears(tree: Tree, around: Around, end: int) -> bool:
    """Whether an end parts what belongs together, or takes in what others say."""
    if end > around.given:
        others = any(around.given <= verb < end for verb in around.others)
        barred = others or "(" in tree.words[around.given : end] or _objects(tree, around, end)
        return barred or parts_list(tree, end, len(tree.words))
    return _parts_phrase(tree, around, end) or _parts_clause(tree, around, end) or _runs_on(tree, around, end)


def _objects(tree: Tree, around: Around, end: int) -> bool:
    """Whether the outlet objects in what another end takes in: "said she would go, | but the law forbids it"."""
    first = around.given + 1
    if tree.words[first - 1 : first + 1] != (",", "but") or '"' in tree.words[first:end]:
        return False
    subject = next((index for index in range(first + 1, end) if tree.deps[index] in SUBJECTS), None)
    if subject is None or tree.below(subject)[0] != first + 1 or not first < tree.heads[subject] < end:
        return False
    return not any(tree.words[each] == "had" for each in tree.kids(tree.heads[subject], "aux"))


def _runs_on(tree: Tree, around: Around, end: int) -> bool:
    """Whether what is cut off runs on without a mark: neither a clause of its own nor what the source says next."""
    first = end + 1 if tree.words[end] == '"' else end
    if not _MARKS.isdisjoint(tree.words[end : first + 1]):
        return False
    if tree.deps[first] != "cc":
        return True
    tops = [index for index in range(first + 1, around.given) if not first <= tree.heads[index] < around.given]
    verb = next((index for index in tops if tree.tags[index][0] == "V"), None)
    if verb is None or tree.has(verb, "mark"):
        return True
    return not (tree.has(verb, *SUBJECTS) or (tree.lemmas[verb] in _NEXT and tree.has_tense(verb)))


def _parts_phrase(tree: Tree, around: Around, end: int) -> bool:
    """Whether a word is parted from what it opens, or a noun from the rest of its list."""
    last, given = end - 1, around.given
    if tree.deps[last] in _OPENS_MORE and end <= tree.heads[last] < given:
        return True
    before_phrase = tree.tags[last][0] == "V" and tree.deps[end] == "prep" and tree.heads[end] == last
    if before_phrase or (tree.deps[last] == "prep" and tree.tags[last] == "IN"):
        return True
    return parts_list(tree, end, given)


def _parts_clause(tree: Tree, around: Around, end: int) -> bool:
    """Whether a verb is parted from its subject or complement, or a clause from its condition."""
    top, given = around.top, around.given
    if tree.tags[end] == "TO" and tree.deps[end] == "aux" and tree.heads[end] < given:
        return True  # "will allow workers | to enter"
    if any(end <= child < given for child in around.core):
        return True
    first = next((index for index in range(end, given) if tree.tags[index] not in PUNCTUATION_TAGS), given)
    if first < given and tree.words[first] in _LIMITS:
        return True
    if tree.words[end] in _INSERTING and not _INSERTING.isdisjoint(tree.words[end + 1 : given]):
        return True  # "entered the yard — where he lives — and left a camera"
    return any(top < before < end <= verb < given for before, verb in around.joints)


def parts_list(tree: Tree, end: int, given: int) -> bool:
    """Whether what follows an end is the next of a list of nouns: "from Arlen, Corrow | , Dell and Esk"."""
    first = next((index for index in range(end, given) if tree.tags[index] not in _JOINING), given)
    if first >= given:
        return False
    if tree.tags[first] == "IN" and tree.words[first + 1 : first + 2] == ("-",):
        return end > 0 and tree.tags[end - 1][:2] == "NN"  # "parents | , in-laws and nieces"
    for noun in (first, *tree.climb(first)):
        if tree.deps[noun] == "conj":
            head = tree.heads[noun]
            listed = tree.words[first - 1] == "," or tree.deps[head] == "conj" or tree.has(noun, "conj")
            return head < end and listed and _are_alike(tree, noun, head)
        if noun >= given or tree.below(noun)[0] < first:
            return False
    return False


def _are_alike(tree: Tree, noun: int, head: int) -> bool:
    """Whether both are nouns, or adjectives of one noun: "agree to a complete, verifiable | and full closure"."""
    tags = tree.tags[noun][:2], tree.tags[head][:2]
    return tags in (("NN", "NN"), ("NN", "JJ"), ("JJ", "JJ"))


def _is_cue(tree: Tree, verb: int, rates: Rates) -> bool:
    return (
        tree.tags[verb][0] == "V"
        and tree.is_verb(verb)
        and tree.has(verb, "ccomp")
        and rates.lemmas.get(("verb", tree.lemmas[verb]), 0.0) > _CUE_RATE
    )
