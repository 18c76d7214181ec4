"""Whose the content of a cue is, where it belongs to another cue beside it: "said, before it was announced, that"."""

from services.extract.assertions.attributed.bounds import speaks_on
from services.extract.attributions.scene import Scene
from services.extract.syntax.candidate import Candidate
from services.extract.syntax.tree import SUBJECTS, Tree
from services.extract.vocabulary.grammar import CONCEDING
from services.extract.vocabulary.lexicon import Lexicon
from services.extract.vocabulary.saying import SAYING
from services.language.ranges import Range


def holder_of(scene: Scene, candidate: Candidate) -> Candidate:
    """The cue whose subject the content belongs to, where that is not the cue's own."""
    tree = scene.tree
    first = tree.heads[tree.heads[candidate.head]]
    teller = tree.first(first, *SUBJECTS)
    impersonal = teller is not None and tree.words[teller] == "it"  # "it was revealed that Keld left, saying"
    clause = tree.heads[candidate.head]
    apart = any(tree.words[mark] in CONCEDING for mark in tree.kids(clause, "mark"))
    if speaks_on(tree, candidate.head) and tree.deps[clause] == "ccomp" and not impersonal and not apart:
        # "Said it failed, telling reporters": who said tells.
        return candidate._replace(head=first, lemma=tree.lemmas[first], frame="ccomp")
    said = said_before(tree, candidate)
    if said is not None:
        return candidate._replace(head=said, lemma=tree.lemmas[said], frame="ccomp")
    inserted = inserted_before(tree, candidate.head) if candidate.part == "verb" else None
    if inserted is not None:
        return candidate._replace(head=inserted, lemma=tree.lemmas[inserted], frame="none")
    return candidate


def said_before(tree: Tree, candidate: Candidate) -> int | None:
    """The cue that the content is of, where the parse gave it to "said, before the vote was announced, that"."""
    head = tree.heads[candidate.head]
    if candidate.frame != "pass+ccomp" or tree.deps[candidate.head] != "advcl" or tree.lemmas[head] not in SAYING:
        return None
    first = tree.words[tree.below(candidate.head)[0]]
    is_when = first in ("before", "after", "when", "as") and head < candidate.head
    return head if is_when and not tree.has(head, "ccomp") and tree.has(head, "nsubj") else None


def inserted_before(tree: Tree, cue: int) -> int | None:
    """The cue whose subject a cue without one shares: "The gate is shut, Reyl said, but added that …"."""
    first = tree.heads[cue]
    if tree.deps[cue] != "conj" or tree.has(cue, *SUBJECTS):
        return None
    inserted = (each for each in tree.kids(first, "parataxis") if each < cue and tree.has(each, "nsubj"))
    return next((each for each in inserted if tree.lemmas[each] in SAYING), None)


def answer_in(scene: Scene, lexicon: Lexicon, quotation: Range) -> int | None:
    """The participle that introduces quoted words after a refusal: "declined to say, only replying to CNN: …"."""
    before = scene.tokens_in(Range(scene.sentence.range.start, quotation.start))
    verb = next((each for each in reversed(before) if scene.tree.tags[each] == "VBG"), None)
    return verb if verb is not None and scene.tree.lemmas[verb] in lexicon.quote_verbs else None
