"""Whose words they are where the grammar points at a text, a medium or the wrong clause.

Of "took to Twitter to say", "updated its guide to state", "a statement by the mayor": who wrote it, not what it is
written in.
"""

from services.extract.syntax.candidate import Candidate
from services.extract.syntax.tree import NAME_TAGS, Tree
from services.extract.vocabulary.grammar import SAME_IN_PAST
from services.extract.vocabulary.nouns import SENT

_PARTIES = frozenset((party, "-") for party in ("r", "d", "i"))
"""Of "Ada Reyl, R-Wisc., who said": what stands before the state."""
_SENT = SENT - {"text"}
"""What somebody writes, whose words are those of who sent it; a text says something by itself."""
_WORDINGS = frozenset(("language", "wording", "passage", "line", "clause", "paragraph", "sentence", "section"))
"""Parts of a text: of "the declaration has a passage that says" the declaration says it."""
_PLATFORMS = frozenset(("twitter", "facebook", "instagram", "youtube", "reddit", "snapchat", "telegram", "weibo"))
_INSTRUMENTS = _SENT | _PLATFORMS | {
    "faq", "guide", "guidance", "website", "site", "page", "account", "speech", "interview", "appearance", "briefing",
    "conference", "occasion", "opportunity", "moment", "platform", "podium", "video", "blog", "article",
}  # fmt: skip
"""What somebody uses to say something."""
_DIRECTING = frozenset(("ask", "urge", "tell", "order", "press", "expect", "want", "cause", "lead", "allow", "get"))
"""Verbs whose object does what the infinitive says, whatever it is."""
_JUDGED_WITH = frozenset((
    "accused", "attacked", "berated", "blamed", "blasted", "chided", "condemned", "criticised", "criticized",
    "denounced", "hammered", "mocked", "praised", "rebuked", "ridiculed", "scolded", "slammed", "thanked", "urged",
    "warned",
))  # fmt: skip
"""Verbs that the parse takes for adjectives of their objects: "Reyl blasted town officials, calling them"."""
_ALSO_NOUNS = frozenset(("state", "claim", "note", "report", "say", "estimate", "show"))
"""Verbs that the parse takes for nouns after "reports"."""


def true_source(tree: Tree, candidate: Candidate, noun: int) -> int:
    """Who says what a cue holds, for the noun that its grammar gives."""
    if tree.deps[noun] == "appos" and tree.words[noun - 2 : noun] in _PARTIES:
        noun = tree.heads[noun]
    for other in (_right_beside(tree, candidate, noun), _user(tree, candidate, noun), _misread_subject(tree, noun)):
        if other is not None:
            return other
    if _is_misread_cue(tree, candidate, noun):
        return candidate.head
    if tree.lemmas[noun] in _SENT:
        return _author(tree, candidate, noun)
    if tree.lemmas[noun] in _WORDINGS and tree.deps[noun] == "dobj":
        holder = tree.first(tree.heads[noun], "nsubj")
        return noun if holder is None else holder
    return noun


def _right_beside(tree: Tree, candidate: Candidate, noun: int) -> int | None:
    """Of "It met Ada Reyl, and her aide, Otto Keld, the Bote reported": the Bote, where the parse says Ada Reyl."""
    last = first = candidate.head - 1
    if candidate.part != "verb" or tree.tags[candidate.head] not in ("VBD", "VBZ") or noun >= last:
        return None
    while first > 1 and tree.tags[first] in NAME_TAGS:
        first -= 1
    is_name = first < last and tree.words[first] == "the" and tree.words[first - 1] == ","
    return last if is_name and noun < first else None


def _user(tree: Tree, candidate: Candidate, noun: int) -> int | None:
    """Who uses what the noun means to say something: "updated its guide to state", "took to Twitter saying"."""
    own = any(tree.tags[each] == "PRP$" for each in tree.kids(noun, "poss"))
    lemma = tree.lemmas[noun]
    if candidate.part != "verb" or lemma not in _INSTRUMENTS or not (own or lemma in _PLATFORMS or _is_new(tree, noun)):
        return None
    infinitive = any(tree.words[each] == "to" for each in tree.kids(candidate.head, "aux"))
    participle = tree.tags[candidate.head] == "VBG"
    if not (infinitive or participle) or noun > candidate.head:
        return None
    governor = next((head for head in tree.climb(noun) if tree.is_verb(head)), None)
    if governor is None or governor == candidate.head or tree.lemmas[governor] in _DIRECTING:
        return None
    return tree.first(governor, "nsubj")


def _is_new(tree: Tree, noun: int) -> bool:
    """Whether a noun is introduced: "used a speech to say"."""
    return any(tree.words[each] in ("a", "an", "the") for each in tree.kids(noun, "det"))


def _misread_subject(tree: Tree, noun: int) -> int | None:
    """Of "Reyl blasted town officials, calling them": Reyl, where the parse makes all before the comma a name."""
    for verb in tree.kids(noun, "amod"):
        own = tree.first(verb, "nsubj")
        if own is not None and own < verb:
            return own
        before = verb - 1
        named = before >= 0 and tree.tags[before] == "NNP" and tree.heads[before] == noun
        if named and tree.words[verb] in _JUDGED_WITH:
            return before
    return None


def _is_misread_cue(tree: Tree, candidate: Candidate, noun: int) -> bool:
    """Of "…, local news reports state.": whether the parse takes the source for the cue and the cue for its object."""
    cue = candidate.head
    bare = tree.words[noun] in _ALSO_NOUNS and tree.tags[noun] == "NN" and not tree.children[noun]
    named = any(tree.deps[each] in ("amod", "compound") for each in tree.children[cue])
    return bare and noun == cue + 1 and tree.words[cue].endswith("s") and (named or not tree.has(cue, "nsubj"))


def misread_before(tree: Tree, cue: int) -> int | None:
    """Of ", Reyl cast doubt on reports that it fell, saying": Reyl, where the parse finds no verb but "saying"."""
    if tree.tags[cue] != "VBG":
        return None
    for index in range(cue - 1, 0, -1):
        if tree.words[index] in SAME_IN_PAST and tree.tags[index] == "NN" and tree.tags[index - 1] == "NNP":
            return index - 1
    return None


def _author(tree: Tree, candidate: Candidate, text: int) -> int:
    """Who wrote a statement; itself where that is not told."""
    for phrase in tree.kids(text, "prep", "agent"):
        writer = tree.first(phrase, "pobj") if tree.words[phrase] == "by" else None
        if writer is not None:
            return writer
    if tree.deps[candidate.head] == "pcomp" and tree.heads[text] == candidate.head:
        verb = next((head for head in tree.climb(candidate.head) if tree.is_verb(head)), None)
        poster = None if verb is None else tree.first(verb, "nsubj")
        return text if poster is None else poster  # "hit back, with a tweet saying"
    near = _nearer_speaker(tree, candidate, text)
    return text if near is None else near


def _nearer_speaker(tree: Tree, candidate: Candidate, text: int) -> int | None:
    """Of "those statements are at odds with what police chiefs told the council, saying": the chiefs."""
    cue = candidate.head
    if tree.tags[cue] != "VBG" or tree.tags[text] != "NNS" or tree.heads[cue] != tree.heads[text]:
        return None
    between = (at for at in range(cue - 1, text, -1) if tree.deps[at] == "nsubj" and tree.heads[at] != tree.heads[cue])
    return next((at for at in between if tree.tags[at] in ("NNS", "NNP", "NN")), None)
