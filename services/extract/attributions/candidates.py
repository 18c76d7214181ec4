"""Words that could introduce what somebody says, with the frame in which they stand and the content it gives them."""

from collections.abc import Iterator

from services.extract.attributions.according import according
from services.extract.attributions.apart import clause_apart
from services.extract.attributions.verb_frames import below_all, verb_candidate
from services.extract.commitment.declined import AMOUNTING
from services.extract.syntax.candidate import Candidate
from services.extract.syntax.tree import Tree


def find_candidates(tree: Tree) -> Iterator[Candidate]:
    """Candidates of one sentence in text order."""
    words = tree.words
    for index, tag in enumerate(tree.tags):
        if words[index] == "according":
            candidate = according(tree, index)
        elif tag[0] == "V" and tree.is_verb(index):
            candidate = verb_candidate(tree, index)
        elif tag in ("NN", "NNS"):
            candidate = _noun(tree, index)
        elif tag[0] == "J":
            candidate = _adjective(tree, index)
        else:
            candidate = None
        if candidate is not None and candidate.content:
            yield candidate


def _noun(tree: Tree, noun: int) -> Candidate | None:
    for child in tree.children[noun]:
        frame = _frame_of_noun(tree, child) if child > noun else None
        if frame is not None:
            tops = tree.kids(child, "pobj", "pcomp") if frame.startswith("prep") else [child]
            return _nominal(tree, noun, "noun", frame, tops)
    apart = clause_apart(tree, noun)
    if apart is not None:
        return Candidate(noun, "noun", tree.lemmas[noun], "that", *apart)
    head = tree.heads[noun]
    if tree.deps[noun] == "nsubj" and tree.lemmas[head] == "be":
        clauses = [index for index in tree.kids(head, "ccomp", "xcomp") if index > head]
        if clauses:
            return _nominal(tree, noun, "noun", "is", clauses[:1])
    return None


def _frame_of_noun(tree: Tree, child: int) -> str | None:
    """What a clause or phrase after its noun makes of the noun."""
    dep = tree.deps[child]
    if dep == "prep":
        return "prep:" + tree.words[child] if tree.has(child, "pobj", "pcomp") else None
    if dep not in ("acl", "ccomp", "relcl"):
        return None
    words = {tree.words[index] for index in tree.kids(child, "mark", "aux", "nsubj", "dobj", "advmod")}
    if tree.lemmas[child] in AMOUNTING:
        return None
    if "that" in words:
        return "relthat" if dep == "relcl" else "that"
    return "to" if dep == "acl" and "to" in words else None


def _adjective(tree: Tree, adjective: int) -> Candidate | None:
    if tree.deps[adjective] not in ("acomp", "ROOT", "conj", "advcl", "amod", "oprd"):
        return None
    for child in tree.children[adjective]:
        dep = tree.deps[child]
        if child < adjective or dep not in ("ccomp", "xcomp", "prep"):
            continue
        if dep != "prep":
            return _nominal(tree, adjective, "adjective", "that" if dep == "ccomp" else "to", [child])
        if tree.has(child, "pobj", "pcomp"):
            return _nominal(
                tree, adjective, "adjective", "prep:" + tree.words[child], tree.kids(child, "pobj", "pcomp")
            )
    return None


def _nominal(tree: Tree, head: int, part: str, frame: str, tops: list[int]) -> Candidate:
    content = below_all(tree, tops)
    return Candidate(head, part, tree.lemmas[head], frame, tuple(content))
