"""What belongs to a content though the parse hangs it on the cue: a condition, a second clause."""

from collections.abc import Sequence

from services.extract.attributions.features import top_of_tokens
from services.extract.syntax.candidate import Candidate
from services.extract.syntax.tree import SUBJECTS, Tree
from services.extract.vocabulary.grammar import CONDITIONS
from services.extract.vocabulary.saying import SAYING

_MODALS = frozenset(("would", "will", "could", "can", "may", "might", "should", "must", "shall", "'d", "'ll"))
_OPENERS = frozenset(("and", "but", "so"))
_TOPIC = ("when", "it", "comes", "to")


def with_condition(tree: Tree, candidate: Candidate, content: Sequence[int]) -> tuple[int, ...]:
    """The content with the "if …", or "when it comes to …", behind it that the parse gave to the cue."""
    content = tuple(content)
    top = top_of_tokens(tree, content)
    open_ended = any(tree.words[each] in _MODALS for each in tree.kids(top, "aux"))
    for clause in tree.kids(candidate.head, "advcl"):
        below = tree.below(clause)
        around = _around_cue(tree, candidate.head, content, below)
        if around:
            return around
        if not open_ended and not _names_topic(tree, below[0]):
            continue
        between = range(content[-1] + 1, below[0])
        if (
            below[0] > content[-1]
            and (tree.words[below[0]] in CONDITIONS or _names_topic(tree, below[0]))
            and all(tree.words[at] in (",", '"') for at in between)
        ):
            return (*content, *between, *below)
    return content


def _around_cue(tree: Tree, cue: int, content: tuple[int, ...], clause: Sequence[int]) -> tuple[int, ...]:
    """The content and its condition on the other side of an inserted cue; empty where there is none.

    "If it rains, Reyl warns, the dam will burst", "The dam would hold, Reyl said, if nobody went near".
    """
    if tree.words[clause[0]] not in CONDITIONS:
        return ()
    if clause[0] == 0 and clause[-1] < cue < content[0] and tree.words[content[0] - 1] == ",":
        return tuple(range(content[-1] + 1))
    if content[-1] < cue < clause[0] == cue + 2 and tree.words[cue + 1] == ",":
        return tuple(range(content[0], clause[-1] + 1))
    return ()


def opening_condition(tree: Tree, candidate: Candidate) -> int | None:
    """First token of a condition before the cue on which its content depends: "if it rains, the charter says it may".

    Not "if you ask them, they will say so", nor "if asked, she says": it is then that it is said.
    """
    if candidate.part != "verb" or candidate.frame != "ccomp" or candidate.content[0] < candidate.head:
        return None
    top = top_of_tokens(tree, candidate.content)
    if tree.has(candidate.head, "aux", "neg") or not any(tree.words[each] in _MODALS for each in tree.kids(top, "aux")):
        return None
    for clause in tree.kids(candidate.head, "advcl"):
        first, subject = tree.below(clause)[0], tree.first(clause, *SUBJECTS)
        opens = first == 0 or (first == 1 and tree.words[0] in _OPENERS)
        if opens and clause < candidate.head and tree.words[first] in CONDITIONS and subject is not None:
            return None if tree.words[subject] == "you" else first
    return None


def _names_topic(tree: Tree, index: int) -> bool:
    return tree.words[index : index + len(_TOPIC)] == _TOPIC


def with_second(tree: Tree, candidate: Candidate, content: Sequence[int]) -> tuple[int, ...]:
    """The content with the clause of the source's own that "and" joins to the cue.

    "Said that it was late and that nobody left", 'said that it was late, and there was "no sign" of it'.
    """
    content = tuple(content)
    if candidate.part != "verb" or candidate.lemma not in SAYING or content[0] < candidate.head:
        return content
    for clause in tree.kids(candidate.head, "conj"):
        if _is_in_the_past_of(tree, candidate.head, clause):
            start = _joint_before(tree, content, clause)
            if start is not None:
                return (*content, *range(start, tree.below(clause)[-1] + 1))
        below = [each for each in tree.below(clause) if each > content[-1]]
        if clause < content[-1] or not below or tree.words[below[0]] not in ("that", "there"):
            continue
        between = range(content[-1] + 1, below[0])
        joined = between and all(tree.words[each] in (",", "and", '"') for each in between)
        is_said = tree.words[below[0]] == "that" or '"' in (tree.words[each] for each in below)
        if joined and is_said:
            return (*content, *between, *below)
    return content


def _is_in_the_past_of(tree: Tree, cue: int, verb: int) -> bool:
    """Whether a verb without a subject is told from "said": "insisted it was late and had acted only in need"."""
    if tree.tags[cue] != "VBD" or tree.tags[verb] != "VBN" or tree.has(verb, *SUBJECTS):
        return False
    return any(tree.words[each] == "had" for each in tree.kids(verb, "aux"))


def _joint_before(tree: Tree, content: Sequence[int], verb: int) -> int | None:
    """The "and" right behind the content and right before a verb's first word; None where more stands between."""
    first, joint = tree.below(verb)[0], content[-1] + 1
    while joint < first and tree.words[joint] == ",":
        joint += 1
    return joint if joint == first - 1 and tree.words[joint] in ("and", "but") else None
