"""A dependency parse with what the attribution rules ask of it."""

from collections.abc import Collection, Iterator, Sequence

from services.extract.syntax.parsing import Parse

SUBJECTS = frozenset(("nsubj", "nsubjpass", "csubj", "csubjpass", "expl"))
NO_CONTENT = frozenset(("aux", "auxpass", "neg", "punct")) | SUBJECTS
FINITE_TAGS = frozenset(("VBD", "VBZ", "VBP", "MD"))
"""Tags of words that carry tense."""
NAME_TAGS = frozenset(("NNP", "NNPS"))
NOUN_TAGS = NAME_TAGS | {"NN", "NNS"}
NOMINAL_TAGS = NOUN_TAGS | {"PRP"}
"""Tags of nouns, names and personal pronouns: of what can be a subject."""
PUNCTUATION_TAGS = frozenset((".", ",", ":", "''", "``", "HYPH", "_SP", "NFP", "-LRB-", "-RRB-"))
DASHES = frozenset(("-", "--", "–", "—"))
"""Words that are dashes; a hyphen inside a word is one, too."""


class Tree:
    """Children by token, and the tokens below each."""

    __slots__ = ("children", "deps", "heads", "lemmas", "parse", "tags", "words")

    def __init__(self, parse: Parse) -> None:
        """Index the heads of `parse`."""
        self.parse = parse
        self.words, self.lemmas, self.tags = parse.words, parse.lemmas, parse.tags
        self.deps, self.heads = parse.deps, parse.heads
        self.children: list[list[int]] = [[] for _ in parse.words]
        for index, head in enumerate(parse.heads):
            if head != index:
                self.children[head].append(index)

    def below(self, top: int, without: Collection[int] = ()) -> list[int]:
        """Indexes of `top` and all that hangs on it, less what hangs on a token of `without`, ascending."""
        indexes, children = [top], self.children
        if without:
            barred = frozenset(without)
            if top in barred:
                return []
            for index in indexes:
                indexes += [child for child in children[index] if child not in barred]
        else:
            for index in indexes:
                indexes += children[index]
        indexes.sort()
        return indexes

    def tense_tag(self, verb: int) -> str | None:
        """The tag of the verb, or of its auxiliary, that carries tense; None where none does."""
        verbs = (*self.kids(verb, "aux", "auxpass"), verb)
        return next((self.tags[index] for index in verbs if self.tags[index] in FINITE_TAGS), None)

    def has_tense(self, verb: int) -> bool:
        """Whether the verb, or its auxiliary, carries tense."""
        return self.tense_tag(verb) is not None

    def has_no(self, noun: int) -> bool:
        """Whether "no" is the noun's determiner: "no doctor"."""
        return any(self.words[index] == "no" for index in self.kids(noun, "det"))

    def kids(self, index: int, *deps: str) -> list[int]:
        """Children with one of the relations, in text order."""
        relations = self.deps
        matching = []
        for child in self.children[index]:
            if relations[child] in deps:
                matching.append(child)  # noqa: PERF401, a comprehension is slower for so few
        return matching

    def first(self, index: int, *deps: str) -> int | None:
        """The first child with one of the relations."""
        relations = self.deps
        for child in self.children[index]:
            if relations[child] in deps:
                return child
        return None

    def has(self, index: int, *deps: str) -> bool:
        """Whether a child has one of the relations."""
        return self.first(index, *deps) is not None

    def climb(self, index: int) -> Iterator[int]:
        """The head, its head and so on to the root."""
        while self.heads[index] != index:
            index = self.heads[index]
            yield index

    def is_verb(self, index: int) -> bool:
        """Whether the token is a verb that is no auxiliary."""
        return self.tags[index][0] == "V" and self.deps[index] not in ("aux", "auxpass")


def outer(indexes: Sequence[int]) -> tuple[int, int]:
    """First and last of indexes in ascending order."""
    return indexes[0], indexes[-1]
