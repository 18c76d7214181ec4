"""Who issued a statement that the next sentence quotes: "Reyl put out a statement: "…," the statement read"."""

from services.extract.assertions.reading import SentenceReading
from services.extract.syntax.tree import NOMINAL_TAGS

_SENDING = frozenset(("issue", "release", "put", "send", "post", "publish", "write", "make", "give", "share", "tweet"))
"""What somebody does with a statement of theirs."""


def sender_in(reading: SentenceReading, noun: str, before: int) -> int | None:
    """The noun for who sends what `noun` is for, in a parsed sentence and before the character `before`; else None."""
    scene = reading.scene
    if scene is None:
        return None
    tree = scene.tree
    for index, word in enumerate(tree.words):
        verb = tree.heads[index]
        if word != noun or tree.deps[index] != "dobj" or scene.place(index).end > before:
            continue
        sender = tree.first(verb, "nsubj") if tree.lemmas[verb] in _SENDING else None
        if sender is not None and tree.tags[sender] in NOMINAL_TAGS:
            return sender
    return None
