"""Where the outlet's assertion ends: phrases after a comma that it can do without are left out."""

from services.extract.assertions.narrated.substance import Substance, counts
from services.extract.assertions.reading import Resources, SentenceReading
from services.extract.syntax.clauses import Clause, clause_range
from services.extract.syntax.tree import DASHES, NAME_TAGS, Tree
from services.language.ranges import Range

_TAILS = frozenset(("advcl", "acl", "relcl", "appos", "npadvmod", "prep", "dep"))
"""Relations of phrases after a comma that a clause can do without."""
_MOST_INSERTED = 16
"""Tokens of an apposition behind which a clause goes on."""
_NEEDED = frozenset(("prep", "xcomp", "acl", "relcl", "dobj", "oprd", "acomp", "ccomp", "advcl"))
"""Relations of what a clause goes on with behind an apposition."""
_ASIDES = frozenset(("including", "despite", "after", "as", "while", "when", "before"))
_OF_NOUN = frozenset(("appos", "relcl", "acl"))
_BOUND = frozenset((
    "if", "unless", "because", "until", "so", "though", "although", "than", "not", "only", "except", "but", "without",
    "whose",
))  # fmt: skip
"""Words of phrases without which the clause says something else."""
_LOOSE = frozenset(("after", "before", "as", "when", "while", "since"))
"""Marks of clauses that tell when or beside what something happened."""
_DENYING = frozenset(("deny", "dispute", "reject", "contest", "refute"))
"""Verbs of who says the contrary: "…, a charge that he denies"."""
_MIN_CORE_WORDS = 6
_MIN_TAIL_WORDS = 4
_WATCHING = frozenset(("watch", "look", "listen"))
"""Verbs that leave it to "as …" what was seen."""
_PRESENTING = frozenset(("come", "follow", "occur", "happen", "arrive"))
"""Verbs that say when something was, and leave what it was to the phrase: "The break came in May, when …"."""


def core_of(resources: Resources, reading: SentenceReading, clause: Clause, whole: Range, why: Substance) -> Range:
    """The clause without a long phrase after a comma that it can do without, unless that has its figure or date."""
    scene = reading.scene
    assert scene is not None
    tree = scene.tree
    for mark in range(clause.verb + 2, clause.end - 1):
        swallowed = tree.words[mark] in DASHES and _is_next_subject(tree, clause, mark + 1)
        if tree.words[mark] == "," and _is_inserted(tree, clause, mark + 1):
            return whole
        if not swallowed and not (tree.words[mark] == "," and _is_tail(tree, clause, mark + 1)):
            continue
        tokens = (clause.first, mark)
        area = clause_range(scene.text, scene.masked, reading.sentence.quotations, tree.parse, tokens)
        if area is None or len(area.of(scene.text).split(None, _MIN_CORE_WORDS)) < _MIN_CORE_WORDS:
            continue
        if not swallowed and 3 * (area.end - area.start) > 2 * (whole.end - whole.start):
            return whole
        if why is Substance.FIGURE and not counts(resources, reading, area):
            continue
        if why is Substance.DATE and not any(area.holds(named.range) for named in reading.dates):
            continue
        return area
    return whole


def without_adjunct(tree: Tree, clause: Clause) -> Clause:
    """The clause up to a clause that tells when or beside what it happened: "Three died, after Reyl refused to pay".

    The clause itself where it has none at its end.
    """
    for top in tree.kids(clause.verb, "advcl"):
        first = _with_measure(tree, tree.below(top)[0])
        if first <= clause.verb + 1 or first - clause.first < _MIN_CORE_WORDS:
            continue
        if any(tree.words[each] in _LOOSE for each in tree.kids(top, "mark", "advmod")):
            return clause._replace(end=first - 1 if tree.words[first - 1] == "," else first)
    return clause


def without_second_verb(tree: Tree, clause: Clause) -> Clause:
    """The clause up to a second verb of its subject: "Reyl put the toll at 12" of "… and warned that it would rise".

    The clause itself where it has none.
    """
    for other in tree.kids(clause.verb, "conj"):
        joined = [each for each in tree.kids(clause.verb, "cc") if clause.verb < each < other]
        if joined and tree.tags[other][0] == "V" and not tree.has(other, "nsubj", "nsubjpass"):
            end = joined[-1]
            return clause._replace(end=end - 1 if tree.words[end - 1] == "," else end)
    return clause


def _with_measure(tree: Tree, first: int) -> int:
    """The start of an adjunct with what it measures: "two days after", which no clause can end in."""
    before = first - 1
    return tree.below(before)[0] if before > 0 and tree.deps[before] == "npadvmod" else first


def _is_next_subject(tree: Tree, clause: Clause, first: int) -> bool:
    """Whether what follows a dash is only "and" with the subject of the next clause: "… the debt - and the rivals"."""
    rest = range(first + 1, clause.end)
    return tree.words[first] == "and" and len(rest) > 0 and not any(tree.tags[index][0] == "V" for index in rest)


def _is_tail(tree: Tree, clause: Clause, first: int) -> bool:
    """Whether the tokens from `first` to the clause's end are phrases that it can do without."""
    if clause.end - first < _MIN_TAIL_WORDS or tree.words[first] in _BOUND or tree.tags[first] in ("CD", "NNP", "CC"):
        return False
    if _is_left_to_it(tree, clause, first) or _denies(tree, first, clause.end) or _is_the_point(tree, clause, first):
        return False
    for index in range(first, clause.end):
        head = tree.heads[index]
        if first <= head < clause.end or tree.deps[index] == "punct":
            continue
        if tree.deps[index] not in _TAILS or head < clause.first or _is_listed(tree, index, first):
            return False
        if tree.deps[index] == "npadvmod" and tree.below(index)[0] > first:
            return False  # "gave them, as agreed, one week to leave"
        if any(tree.words[each] in _BOUND for each in tree.kids(index, "mark", "advmod", "neg", "preconj")):
            return False
    return not any(first <= tree.heads[index] < clause.end for index in range(clause.first, first - 1))


def _is_left_to_it(tree: Tree, clause: Clause, first: int) -> bool:
    """Whether the verb leaves it to a clause what was, or was seen: "came in May, when", "watched, silent, as"."""
    word, lemma = tree.words[first], tree.lemmas[clause.verb]
    return (word == "when" and lemma in _PRESENTING) or (word == "as" and lemma in _WATCHING)


def _is_the_point(tree: Tree, clause: Clause, first: int) -> bool:
    """Whether the phrase tells which one is meant, or what the verb says of it.

    "The target is a politician, accused of fraud", "the warden of the jail, the Orla Centre", "was seen looking down,
    nodding and leaving", "has called the inquiry, which goes on, a hoax".
    """
    top = next((index for index in range(first, clause.end) if not first <= tree.heads[index] < clause.end), first)
    head = tree.heads[top]
    if tree.lemmas[clause.verb] == "be" and tree.deps[top] == "acl" and tree.deps[head] == "attr":
        return head in tree.children[clause.verb] and tree.tags[top] == "VBN"
    if tree.lemmas[clause.verb] == "call":
        return True
    if tree.words[first] == "the" and tree.deps[top] == "appos" and tree.tags[top] in NAME_TAGS:
        return tree.tags[head] == "NN" and any(tree.words[each] == "the" for each in tree.kids(head, "det"))
    series = tree.tags[top] == "VBG" and tree.has(top, "cc") and tree.has(top, "conj")
    return series and any(tree.tags[each] == "VBG" for each in tree.kids(clause.verb, "xcomp"))


def _denies(tree: Tree, first: int, end: int) -> bool:
    """Whether somebody denies there what the clause says: "…, which he denies"."""
    denying = (tree.tags[index] for index in range(first, end) if tree.lemmas[index] in _DENYING)
    return any(tag[0] == "V" and tag != "VBG" for tag in denying)


def _is_inserted(tree: Tree, clause: Clause, first: int) -> bool:
    """Whether the clause goes on behind an apposition: "put Keld, a builder from Orla, in touch with the mayor"."""
    tops = [
        index
        for index in range(first, clause.end)
        if not first <= tree.heads[index] < clause.end and tree.deps[index] != "punct"
    ]
    if not tops[1:] or tree.deps[tops[1]] not in _NEEDED:
        return False
    resumed = tree.below(tops[1])[0]
    if tree.deps[tops[0]] not in _OF_NOUN and not (
        tree.words[first] == "including" and "," not in tree.words[resumed : clause.end]
    ):
        return False
    short = resumed - first <= _MOST_INSERTED and tree.tags[resumed] != "VBG"
    return short and tree.words[resumed - 1] == "," and tree.words[resumed] not in _ASIDES


def _is_listed(tree: Tree, top: int, first: int) -> bool:
    """Whether the phrase is the rest of a list: "convicted of lying, tampering with a witness and bribery"."""
    head = tree.heads[top]
    if tree.deps[top] in ("appos", "dep") or tree.tags[top][0] == "N":
        return tree.has(top, "cc", "conj")
    if tree.tags[top] != "VBG" or top != first:
        return False
    in_series = tree.has(top, "cc") and any(
        tree.tags[each] == "VBG" and tree.words[each - 1] == "," for each in range(head + 1, first - 1)
    )
    return in_series or "pcomp" in (tree.deps[head], tree.deps[tree.heads[head]])
