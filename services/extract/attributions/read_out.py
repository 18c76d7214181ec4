"""Whose words somebody reads out or quotes: Coretta Holt's of "“…,” Reyl said, reading from Holt's letter"."""

from services.extract.syntax.tree import NAME_TAGS, Tree
from services.extract.vocabulary.nouns import UTTERANCES

_READING = frozenset(("read", "quote", "recite", "paraphrase"))
"""Lemmas of participles beside a verb of saying, whose object has the words."""
_OWN_NOTES = frozenset((
    "note", "notes", "script", "statement", "paper", "card", "cards", "phone", "teleprompter", "prompter", "text",
    "page", "sheet", "speech", "remarks",
))  # fmt: skip
"""What one reads one's own words from."""
_AUTHORS = frozenset(("by", "from", "of"))


def author_read_out(tree: Tree, verb: int) -> int | None:
    """The noun for whose words a verb of saying passes on; None where they are its subject's own."""
    for participle in tree.kids(verb, "advcl", "acl"):
        if tree.tags[participle] != "VBG" or tree.lemmas[participle] not in _READING:
            continue
        document = _document(tree, participle)
        author = None if document is None else _author(tree, document)
        if author is not None:
            return author
    return None


def _document(tree: Tree, participle: int) -> int | None:
    """What is read from or quoted: "reading from a letter", "quoting a letter"."""
    for phrase in tree.kids(participle, "prep"):
        if tree.words[phrase] == "from":
            return tree.first(phrase, "pobj")
    document = tree.first(participle, "dobj")
    is_text = document is not None and tree.lemmas[document] in UTTERANCES
    return document if is_text or tree.lemmas[participle] != "read" else None  # "reading the crowd"


def _author(tree: Tree, document: int) -> int | None:
    """Who wrote what is read out, else the document itself; nobody but the reader of "a note"."""
    owner = tree.first(document, "poss")
    if owner is not None and tree.tags[owner] != "PRP$":
        return owner
    for phrase in tree.kids(document, "prep"):
        writer = tree.first(phrase, "pobj") if tree.words[phrase] in _AUTHORS else None
        if writer is not None and tree.tags[writer] in NAME_TAGS:
            return writer
    is_own = owner is not None or tree.words[document] in _OWN_NOTES
    return None if is_own else document
