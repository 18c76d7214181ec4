"""Candidates that introduce nothing that anybody says, and contents that nobody is said to assert."""

from services.extract.commitment.words import DISPUTING
from services.extract.syntax.candidate import Candidate
from services.extract.syntax.tree import SUBJECTS, Tree
from services.extract.vocabulary.saying import ADDRESSING, SAYING
from services.language.hearsay import CHARGES
from services.language.ranges import Range

_THOUGHTS = frozenset((
    "idea", "notion", "suggestion", "hope", "possibility", "prospect", "chance", "risk", "theory", "thought", "belief",
    "perception", "assumption", "likelihood", "premise", "impression",
))  # fmt: skip
"""Nouns for what may be thought: without an owner nobody asserts their clause."""
_FEARS = frozenset(("fear", "worry", "concern", "danger"))
"""The same, told by "is": "the fear is that the dam leaks". What "the worry was" is history."""
_MADE = CHARGES | {"argument"}
"""Nouns whose clause is only what the sentence is about unless somebody makes it: "open to arguments that …"."""
_OWNING = frozenset(("of", "among", "in", "by", "from"))
_CALLING = frozenset(("call", "title", "entitle", "headline", "name", "dub"))
_TITLED = frozenset((
    "article", "book", "film", "movie", "song", "report", "column", "essay", "piece", "editorial", "story", "series",
    "play", "documentary", "novel", "podcast", "speech", "op", "ed", "op-ed", "section", "chapter", "album",
    "poem", "memoir",
))  # fmt: skip
_BESIDE = frozenset(("in", "with", "amid"))
"""Before a hope that is only why something is done: "sent ships with the hope that …"."""


_WHENCE = frozenset((
    "time", "day", "night", "moment", "year", "way", "reason", "point", "place", "week", "month", "hour",
))  # fmt: skip
"""Nouns of which a clause tells when, where or why: "the day she said she would leave"."""
_TRANSITIVE = frozenset((
    "introduce", "support", "oppose", "make", "take", "give", "build", "want", "need", "sign", "veto", "back", "bring",
    "send", "buy", "sell", "see", "find", "use", "release", "propose", "offer", "get", "receive", "discuss", "have",
    "plan", "consider", "expect", "like", "love", "hate", "know", "meet", "help", "hold", "provide", "raise",
))  # fmt: skip
"""Verbs that say little without an object."""
_STEPS = 3
_DENYING = DISPUTING | {"deny", "refute"}


def introduces_nothing(tree: Tree, candidate: Candidate) -> bool:
    """Whether what stands beside a candidate is nothing that anybody says by it."""
    return (
        _adds_to(tree, candidate)
        or _is_sentence_before(tree, candidate)
        or _only_names(tree, candidate)
        or _is_result(tree, candidate)
        or _is_second_aim(tree, candidate)
        or _says_itself(tree, candidate)
        or _is_denied(tree, candidate)
        or _is_title(tree, candidate)
        or _only_names_hearers(tree, candidate)
        or _is_witnessed(tree, candidate)
    )


def is_nobodys(tree: Tree, candidate: Candidate, source: Range | None) -> bool:
    """Whether nobody is said to assert it: "the idea that …", "hopes that …" of no one, "left in the hope that …"."""
    if candidate.part == "noun" and candidate.lemma in _MADE and candidate.frame == "that":
        governor = tree.heads[candidate.head]
        pointed = any(tree.tags[each] == "DT" for each in tree.kids(governor, *SUBJECTS))
        owned = tree.has(candidate.head, "poss") or (tree.deps[candidate.head] == "dobj" and not pointed)
        return source is None or not owned
    if candidate.part == "noun" and candidate.lemma in _FEARS and candidate.frame == "is":
        return source is None and tree.words[tree.heads[candidate.head]] in ("is", "'s")
    if candidate.part != "noun" or candidate.lemma not in _THOUGHTS or candidate.frame not in ("that", "is"):
        return False
    if tree.deps[candidate.head] in SUBJECTS and not _is_owned(tree, candidate.head):
        return True  # "the last slim hope that the dam holds has gone"
    before = tree.words[tree.heads[candidate.head]]
    aim = candidate.lemma == "hope" and before in _BESIDE and not tree.has(candidate.head, "poss")
    return aim or source is None


def _is_owned(tree: Tree, noun: int) -> bool:
    """Whether a noun has those beside it whose it is: "his hope", "hope among builders"."""
    return tree.has(noun, "poss") or any(tree.words[each] in _OWNING for each in tree.kids(noun, "prep"))


def _is_title(tree: Tree, candidate: Candidate) -> bool:
    """Whether it is what a writing is called: "an article by Keld called “The Dam's Big Mistake”"."""
    if candidate.part != "verb" or candidate.lemma not in _CALLING or tree.tags[candidate.head] == "VBG":
        return False
    return tree.deps[candidate.head] == "acl" and tree.lemmas[tree.heads[candidate.head]] in _TITLED


def _is_witnessed(tree: Tree, candidate: Candidate) -> bool:
    """Whether something is only seen to happen: "the vote saw the trend continue"."""
    if candidate.lemma != "see" or candidate.frame != "ccomp" or candidate.content[0] < candidate.head:
        return False
    return not any(
        tree.has(clause, "mark", "aux", "auxpass") or tree.tags[clause] in ("VBD", "VBZ")
        for clause in tree.kids(candidate.head, "ccomp")
    )


def _only_names_hearers(tree: Tree, candidate: Candidate) -> bool:
    """Whether the object is who was told, and a quotation follows: 'telling a meeting in Orla, "It is shut."'."""
    if candidate.lemma not in ADDRESSING or candidate.frame != "dobj" or candidate.content[0] < candidate.head:
        return False
    behind = candidate.content[-1] + 1
    while behind < len(tree.words) and tree.words[behind] in (",", ":"):
        behind += 1
    return tree.words[behind : behind + 1] == ('"',)


def _is_sentence_before(tree: Tree, candidate: Candidate) -> bool:
    """Whether the content is only what a semicolon parts from the cue: "The dam was safe; Keld disagreed"."""
    last = candidate.content[-1]
    if candidate.frame != "ccompL" or last + 1 >= candidate.head:
        return False
    return ";" in tree.words[last : candidate.head]


def _adds_to(tree: Tree, candidate: Candidate) -> bool:
    """Whether something is added to something, and nothing said: "adding to the strain, the port was shut"."""
    return candidate.lemma == "add" and tree.words[candidate.head + 1 : candidate.head + 2] == ("to",)


def _is_result(tree: Tree, candidate: Candidate) -> bool:
    """Whether the content is what comes of it: "so well known that …", or "saying" tells it: "is quoted as saying"."""
    if candidate.frame == "pass+prep:as":
        return any(tree.lemmas[each] in SAYING and tree.deps[each] == "pcomp" for each in candidate.content)
    before = tree.words[max(0, candidate.head - 2) : candidate.head]
    return "so" in before and tree.words[candidate.content[0]] == "that"


def _is_second_aim(tree: Tree, candidate: Candidate) -> bool:
    """Whether the cue only goes on with what is to be done: "took it to include parents but to exclude uncles"."""
    if candidate.frame != "dobj" or candidate.lemma in SAYING or tree.deps[candidate.head] != "conj":
        return False
    return all(
        any(tree.tags[each] == "TO" for each in tree.kids(verb, "aux"))
        for verb in (candidate.head, tree.heads[candidate.head])
    )


def _says_itself(tree: Tree, candidate: Candidate) -> bool:
    """Whether the object says what it says in words of its own: "released a letter that says he is well"."""
    if candidate.part != "verb" or candidate.frame != "dobj" or candidate.lemma in SAYING:
        return False
    says = (clause for each in tree.kids(candidate.head, "dobj") for clause in tree.kids(each, "relcl"))
    return any(tree.lemmas[clause] == "say" and tree.has(clause, "ccomp") for clause in says)


def lacks_its_object(tree: Tree, candidate: Candidate) -> bool:
    """Whether what is said has its object before the cue: "a plan she said she is about to introduce"."""
    cue = candidate.head
    subject = tree.first(cue, "nsubj")
    if candidate.frame != "ccomp" or tree.deps[cue] != "relcl" or subject is None or candidate.content[0] < cue:
        return False
    noun, clauses = tree.below(subject)[0] - 1, tree.kids(cue, "ccomp")
    if not clauses:
        return False  # "a law the judges ruled 5-4, with two away, that …": a phrase parts its clause from the cue
    bare = noun >= tree.heads[cue] and tree.tags[noun] in ("NN", "NNS")
    if not bare or tree.lemmas[noun] in _WHENCE or tree.words[candidate.content[0]] == "that":
        return False
    top = clauses[-1]
    for _ in range(_STEPS):
        top = tree.first(top, "xcomp") or top
    return tree.lemmas[top] in _TRANSITIVE and not tree.has(top, "dobj", "ccomp", "xcomp", "prep", "oprd", "nsubjpass")


def _is_denied(tree: Tree, candidate: Candidate) -> bool:
    """Whether the cue is only what a verb denies, which tells it: the "suggestion" of "denied the suggestion that"."""
    if candidate.part != "noun" or candidate.frame != "that" or tree.deps[candidate.head] != "dobj":
        return False
    return tree.lemmas[tree.heads[candidate.head]] in _DENYING


def _only_names(tree: Tree, candidate: Candidate) -> bool:
    """Whether the cue stands in its own content: "called for an end to what it described as an attack"."""
    content = candidate.content
    return candidate.head in content and tree.words[content[0]] == "what"
