"""Pronouns beside a cue, and whom the words around them mean: "who", "he" in a clause of a longer sentence."""

from itertools import islice

from services.extract.syntax.candidate import Candidate
from services.extract.syntax.tree import NOUN_TAGS, Tree
from services.extract.vocabulary.grammar import PRONOUNS, RELATIVES
from services.extract.vocabulary.lexicon import Lexicon
from services.extract.vocabulary.saying import SAYING

_STEPS = 8
"""Heads climbed in search of a subject."""


def is_told_by(tree: Tree, candidate: Candidate) -> bool:
    """Whether it is a "was told by X that …", which is rare, but says who said what as plainly as "X said"."""
    return candidate.frame == "pass+ccomp" and candidate.lemma == "tell" and tree.has(candidate.head, "agent")


def relative_of(tree: Tree, candidate: Candidate, source: int) -> int | None:
    """The "who" or "that" through which `source` is the subject of its relative clause."""
    verb = candidate.head
    for _ in range(_STEPS):
        if tree.deps[verb] == "relcl" or tree.heads[verb] == verb:
            break
        verb = tree.heads[verb]
    if tree.deps[verb] != "relcl" or tree.heads[verb] != source:
        return None
    subject = tree.first(verb, "nsubj", "nsubjpass")
    return subject if subject is not None and tree.words[subject] in RELATIVES else None


def bearer_of(tree: Tree, noun: int) -> int:
    """Of "Ada Reyl, the aide who said": the name, which tells more than what stands beside it; else the noun itself."""
    name = tree.heads[noun]
    apposed = tree.deps[noun] == "appos" and tree.tags[noun] == "NN" and tree.tags[name] == "NNP"
    return name if apposed and name < noun and tree.words[tree.below(noun)[0] - 1] == "," else noun


def person_of(tree: Tree, noun: int, lexicon: Lexicon) -> int:
    """Of "the head of the bank, who said": the head, since nobody calls a body "who"; else the noun itself."""
    phrase = tree.heads[noun]
    of_body = tree.deps[noun] == "pobj" and tree.words[phrase] == "of" and tree.tags[noun] in ("NN", "NNP", "NNPS")
    if not of_body or tree.words[noun] not in lexicon.organisation_nouns:
        return noun
    head = tree.heads[phrase]
    return head if tree.tags[head] in ("NN", "NNP") else noun


def antecedent_of(tree: Tree, candidate: Candidate) -> int | None:
    """The subject of the clause around that of a cue with a pronoun for its subject; None for any other cue."""
    subject = tree.first(candidate.head, "nsubj")
    if candidate.part != "verb" or subject is None or tree.words[subject] not in PRONOUNS:
        return None
    verb = candidate.head
    teller = _teller_around(tree, candidate)
    if teller is not None:
        return teller
    for head in islice(tree.climb(candidate.head), _STEPS):
        around = tree.first(head, "nsubj")
        # "Even as he asks for more, the mayor …"
        if around is not None and (around < subject or tree.deps[verb] == "advcl"):
            plural = tree.tags[around] in ("NNS", "NNPS")
            fits = tree.tags[around] in NOUN_TAGS and plural == (tree.words[subject] == "they")
            return around if fits else None
        verb = head
    return None


def _teller_around(tree: Tree, candidate: Candidate) -> int | None:
    """Of "The prosecutor said Keld met Brandt, who he said had left": the prosecutor, of whose words it is a part."""
    if tree.deps[candidate.head] != "relcl" or candidate.lemma not in SAYING:
        return None
    for clause in islice(tree.climb(candidate.head), _STEPS):
        cue = tree.heads[clause]
        if tree.deps[clause] == "ccomp" and tree.lemmas[cue] == candidate.lemma:
            teller = tree.first(cue, "nsubj")
            return teller if teller is not None and tree.tags[teller] in ("NN", "NNP") else None
    return None
