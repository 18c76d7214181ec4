"""What a content says of itself: "the allegations were lies", "his ministry cannot confirm it", "it would if"."""

from collections.abc import Iterator

from services.contracts.claim import Commitment
from services.extract.commitment.declined import CONFIRMING, declined_at
from services.extract.commitment.words import HYPOTHETICAL, HYPOTHETICAL_VERBS, INSIDE, OWNERS, POINTERS, POLLS
from services.extract.syntax.candidate import Candidate
from services.extract.syntax.tree import DASHES, SUBJECTS, Tree
from services.extract.vocabulary.grammar import CONDITIONS, SUBJECT_PRONOUNS
from services.extract.vocabulary.saying import PASSING_ON, SAYING, TELLING_WHETHER
from services.language.falsehood import FALSE
from services.language.hearsay import ALLEGATIONS


def commitment_of_content(tree: Tree, candidate: Candidate) -> Commitment:
    """What a content says of itself: that something is false, left open, conditional or somebody else's words."""
    tops = _tops(tree, candidate)
    if any(_is_false(tree, top) for top in tops):
        return Commitment.DENIES
    if any(_declines_itself(tree, top, candidate) for top in tops if top == tops[0] or not tree.has(top, *SUBJECTS)):
        return Commitment.DECLINES_TO_CONFIRM
    if any(_is_conditional(tree, top) for top in tops[:1]):
        return Commitment.CONDITIONAL
    passed_on = tops and all(_passes_on(tree, top, candidate) for top in tops)
    return Commitment.REPORTS if passed_on else Commitment.ASSERTS


def _tops(tree: Tree, candidate: Candidate) -> list[int]:
    """The predicates of a content that is a clause, those that "and" joins included."""
    content = set(candidate.content)
    roots = [index for index in candidate.content if tree.heads[index] not in content or tree.heads[index] == index]
    tops = [index for index in roots if tree.tags[index][0] == "V" or tree.tags[index] == "MD"]
    for top in tops:
        tops.extend(each for each in tree.kids(top, "conj") if each in content and each not in tops)
    return tops


def _is_false(tree: Tree, top: int) -> bool:
    """Of "the allegations were lies", "that is not true", "there is no truth to it"."""
    if tree.lemmas[top] not in ("be", "remain"):
        return False
    negated = tree.has(top, "neg")
    complements = tree.kids(top, "attr", "acomp")
    subject = tree.first(top, *SUBJECTS)
    if subject is None or not complements:
        return False
    if tree.words[subject] == "there":
        return tree.lemmas[complements[0]] == "truth" and any(
            tree.words[each] == "no" for each in tree.children[complements[0]]
        )
    if tree.lemmas[subject] not in ALLEGATIONS and tree.words[subject] not in POINTERS:
        return False
    if tree.lemmas[complements[0]] in ("true", "accurate", "correct"):
        return negated
    # "It was a head fake" names a trick.
    named = complements[0] > 0 and tree.tags[complements[0] - 1] in ("NN", "NNP")
    return not negated and tree.lemmas[complements[0]] in FALSE and not named


def _declines_itself(tree: Tree, top: int, candidate: Candidate) -> bool:
    """Whether a source says of itself that it does not confirm: "his ministry cannot confirm the loss"."""
    if not _is_own(tree, top):
        return False
    content = set(candidate.content)
    for verb in _below(tree, top, content):
        if tree.lemmas[verb] in CONFIRMING or tree.lemmas[verb] in TELLING_WHETHER:
            opening = next((tree.words[each] for each in tree.below(verb) if each > verb), "")
            declined = declined_at(tree, verb, opening)
            if declined is not None and declined.start in content:
                return True
    return False


def _below(tree: Tree, top: int, content: set[int]) -> Iterator[int]:
    """`top` and what belongs to its predicate, without clauses that tell of something else."""
    rest = [top]
    while rest:
        index = rest.pop()
        yield index
        rest.extend(
            each
            for each in tree.children[index]
            if each in content and tree.deps[each] in INSIDE and not tree.has(each, *SUBJECTS)
        )


def _is_own(tree: Tree, top: int) -> bool:
    """Whether the subject of a predicate is its source: "he", "his ministry"; by default that of the first conjunct."""
    subject = tree.first(top, *SUBJECTS)
    if subject is None:
        return tree.deps[top] != "conj" or _is_own(tree, tree.heads[top])
    if tree.words[subject] in SUBJECT_PRONOUNS:
        return True
    return any(tree.words[each] in OWNERS for each in tree.kids(subject, "poss"))


def _passes_on(tree: Tree, top: int, candidate: Candidate) -> bool:
    """Of "the paper reported that the mayor said …": the paper passes on what the mayor said."""
    if candidate.lemma not in PASSING_ON or tree.lemmas[top] not in SAYING or not _is_past(tree, top):
        return False
    speaker = tree.first(top, "nsubj")
    if speaker is None or not tree.has(top, "ccomp") or tree.has(top, "neg") or _is_own(tree, top):
        return False
    outside = {
        word
        for each in tree.below(candidate.head)
        if each not in candidate.content
        for word in (tree.words[each], tree.lemmas[each])
    }
    return outside.isdisjoint(POLLS) and tree.words[speaker] not in outside


def _is_past(tree: Tree, verb: int) -> bool:
    """Whether it was said: "announced", "has announced"."""
    have = any(tree.lemmas[each] == "have" for each in tree.kids(verb, "aux"))
    return tree.tags[verb] == "VBD" or (tree.tags[verb] == "VBN" and have)


def _was_so(tree: Tree, top: int) -> bool:
    """Whether the predicate tells of the past, with no "would" or "could"."""
    return tree.tense_tag(top) == "VBD"


def _is_aim(tree: Tree, clause: int) -> bool:
    """Whether it names what something is for: "must be stepped up if it is to have any chance"."""
    return tree.lemmas[clause] == "be" and any(tree.has(each, "aux") for each in tree.kids(clause, "xcomp"))


def _is_conditional(tree: Tree, top: int) -> bool:
    """Of "it would leave if they came", "any potential loss would be made good".

    Not of what was so: "boats were kept out unless they had paid".
    """
    for clause in tree.kids(top, "advcl"):
        if tree.tags[clause][0] != "V":  # "if not sooner"
            continue
        first = tree.below(clause)[0]
        if (tree.words[first] == "unless" and _was_so(tree, top)) or _is_aim(tree, clause):
            continue
        aside = first > 0 and tree.words[first - 1] in DASHES
        if aside or "only" in (tree.words[each] for each in tree.kids(top, "advmod")):
            continue  # "could only sell if they agreed" tells what is needed, and an outlet's aside no condition
        if any(tree.words[each] in CONDITIONS and each == first for each in tree.kids(clause, "mark")):
            return True
    if not any(tree.words[each] in HYPOTHETICAL_VERBS for each in tree.kids(top, "aux")):
        return False
    subject = tree.first(top, *SUBJECTS)
    return subject is not None and any(tree.words[each] in HYPOTHETICAL for each in tree.kids(subject, "amod"))
