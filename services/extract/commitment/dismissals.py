"""Verbs of two words that deny a claim: "shot down the notion that", "pushed back on claims that"."""

from services.extract.syntax.candidate import Candidate
from services.extract.syntax.tree import Tree
from services.language.hearsay import ALLEGATIONS

_PHRASES = frozenset((
    ("wave", "off"), ("wave", "away"), ("wave", "aside"), ("shoot", "down"), ("shut", "down"), ("brush", "off"),
    ("brush", "aside"), ("brush", "away"), ("bat", "away"), ("bat", "down"), ("swat", "away"), ("swat", "down"),
    ("knock", "down"), ("laugh", "off"), ("shrug", "off"), ("push", "back"), ("hit", "back"), ("scoff", "at"),
    ("laugh", "at"), ("sneer", "at"), ("bristle", "at"),
))  # fmt: skip
"""Lemmas of the verb, and the word that makes it a dismissal."""
DISMISSING = frozenset(word for _, word in _PHRASES)
"""The second words of these verbs."""
POSSIBILITIES = frozenset(("possibility", "prospect", "perception", "belief", "impression"))
"""Nouns for what may be so, though nobody need have said it."""
_SUPPOSITIONS = ALLEGATIONS | POSSIBILITIES
"""Nouns for what may be so."""
_OPPOSING = frozenset(("on", "against", "at"))
"""Prepositions before what is dismissed."""
_NEAR = 3
"""Tokens behind the verb in which that word stands."""


def dismissed_by(tree: Tree, candidate: Candidate) -> int | None:
    """The verb that dismisses what the candidate introduces; None where no verb of two words does, or a negated one.

    The candidate is that verb, or the noun for what is dismissed.
    """
    if candidate.part == "verb":
        verb = candidate.head
        dismissed = any(noun in candidate.content for noun in dismissed_nouns(tree, verb))
    elif candidate.part == "noun" and candidate.lemma in _SUPPOSITIONS and candidate.frame == "that":
        above = tree.heads[candidate.head]
        verb = tree.heads[above] if tree.words[above] in _OPPOSING else above
        dismissed = candidate.head in dismissed_nouns(tree, verb)
    else:
        return None
    return verb if dismissed and tree.has(verb, "nsubj") and not tree.has(verb, "neg") else None


def dismissed_nouns(tree: Tree, verb: int) -> list[int]:
    """Nouns for what may be so that a verb of two words dismisses."""
    following = tree.words[verb + 1 : verb + 1 + _NEAR]
    lemma = tree.lemmas[verb]
    if not tree.is_verb(verb) or not any((lemma, word) in _PHRASES for word in following):
        return []
    holders = [verb, *(each for each in tree.below(verb) if each > verb and tree.words[each] in _OPPOSING)]
    objects = (noun for holder in holders for noun in tree.kids(holder, "dobj", "pobj"))
    return [noun for noun in objects if tree.lemmas[noun] in _SUPPOSITIONS]
