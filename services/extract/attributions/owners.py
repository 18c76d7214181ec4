"""Whose a claim, a warning or another noun for what is said is: "the ministry's claim", "a claim by the ministry"."""

from services.extract.attributions.authors_own import JUDGED
from services.extract.attributions.subjects import subject_of
from services.extract.syntax.candidate import Candidate
from services.extract.syntax.tree import NAME_TAGS, Tree
from services.extract.vocabulary.nouns import UTTERANCES
from services.language.hearsay import HEARSAY


def owner_unless_judged(tree: Tree, candidate: Candidate) -> int | None:
    """Whose word a noun is; nobody's in "Reyl's problem is that …"."""
    judged = candidate.frame == "is" and candidate.lemma in JUDGED
    return None if judged else _owner(tree, candidate.head)


def _is_addressed(tree: Tree, noun: int) -> bool:
    """Of "signed a letter to Keld warning that", which the parse takes for a warning of his."""
    to = tree.heads[noun]
    if tree.deps[noun] != "pobj" or tree.words[to] != "to" or not tree.words[noun].endswith("ing"):
        return False
    sent = (tree.heads[to], *tree.kids(tree.heads[to], "dobj"))
    return any(tree.lemmas[each] in UTTERANCES for each in sent)


def _owner(tree: Tree, noun: int) -> int | None:
    """Of "the ministry's claim", "a claim by the ministry", "the ministry made the claim"."""
    owner = tree.first(noun, "poss")
    if owner is None:
        owner = next((each for each in tree.kids(noun, "compound", "amod") if tree.tags[each] in NAME_TAGS), None)
        owner = None if _is_addressed(tree, noun) else owner
    if owner is not None:
        return owner
    for phrase in tree.kids(noun, "prep", "agent"):
        if tree.words[phrase] in ("by", "from"):
            return tree.first(phrase, "pobj")
    if tree.lemmas[noun] in HEARSAY and tree.deps[noun] != "dobj":
        return None  # "amid reports that …", "responded to rumours that …"
    for head in tree.climb(noun):
        if tree.is_verb(head) or tree.lemmas[head] == "be":
            subject = subject_of(tree, head)
            if subject is not None and tree.lemmas[subject] in UTTERANCES and head > subject and subject != noun:
                # "In a statement that amounts to a denial, the minister said …": the minister's.
                return _owner(tree, subject) or subject
            return None if subject == noun else subject
    return None
