"""Whose the content is: the noun phrase that a cue's grammar makes its source."""

from collections.abc import Sequence

from services.extract.attributions.authors_own import NOTED
from services.extract.attributions.owners import owner_unless_judged
from services.extract.attributions.subjects import QUOTING, is_empty, noun_of_relative, subject_of
from services.extract.attributions.true_sources import misread_before, true_source
from services.extract.syntax.candidate import Candidate
from services.extract.syntax.masking import Masked
from services.extract.syntax.tree import NOUN_TAGS, Tree
from services.extract.vocabulary.lexicon import Lexicon
from services.language.calendar import MONTHS
from services.language.ranges import Range

_LOOSE = frozenset(("relcl", "acl", "appos", "advcl", "advmod", "npadvmod", "parataxis", "ccomp", "dobj"))
"""What hangs on a noun without being part of what it is called."""
_KEPT_PREPOSITIONS = frozenset(("of", "for", "from", "at", "in", "out"))
_FELT = frozenset((
    "convince", "concern", "worry", "surprise", "determine", "commit", "prepare", "interest", "dedicate", "alarm",
    "disappoint", "please", "honor", "honour", "thrill", "tempt", "scare", "frighten", "persuade", "oppose",
))  # fmt: skip
"""Verbs whose passive subject is who holds something: "was determined to leave"."""
_OF_PARTS_OF_DAYS = frozenset((part, "'s") for part in ("morning", "afternoon", "evening", "night"))
_LONGEST_BETWEEN = 40
"""Tokens of a source between a quotation and its cue."""
_MINDED = frozenset((
    "aware", "unaware", "confident", "hopeful", "optimistic", "pessimistic", "proud", "glad", "happy", "sorry",
    "adamant", "afraid", "sceptical", "skeptical", "mindful", "conscious", "concerned", "worried", "convinced",
    "determined", "committed", "willing", "ready", "able", "unable", "reluctant", "eager", "keen", "sure", "prepared",
    "pleased", "grateful", "disappointed", "surprised", "open", "cautious", "careful",
))  # fmt: skip
"""What a body can be: "it is aware that" is said of one."""
_CHARGING = frozenset(("accuse", "suspect", "convict", "acquit"))


def find_source_noun(tree: Tree, candidate: Candidate) -> int | None:
    """Index of the noun that the content belongs to; None where the sentence names none."""
    noun = _noun_by_grammar(tree, candidate)
    return None if noun is None else true_source(tree, candidate, noun)


def _noun_by_grammar(tree: Tree, candidate: Candidate) -> int | None:
    noun = _reporter(tree, candidate) or _by_grammar(tree, candidate)
    noun = None if noun is None else noun_of_relative(tree, noun)
    if noun is not None and _holds_nothing(tree, candidate, noun):
        return None
    if noun is not None and _is_quoted(tree, noun) and not _is_quoted(tree, candidate.head):
        noun = None  # the subject inside of `"It is safe," Reyl, who leads the council, told the Herald`
    if noun is not None or candidate.part == "preposition" or candidate.frame.startswith("pass+"):
        return noun
    between = _between(tree, candidate)
    if between is not None:
        return between
    misread = misread_before(tree, candidate.head)
    if misread is not None:
        return misread
    # The parse does not tell: the subject before the cue, or else the name right before it.
    subjects = [index for index, dep in enumerate(tree.deps[: candidate.head]) if dep == "nsubj"]
    subject = next((index for index in reversed(subjects) if index not in candidate.content), None)
    if subject is not None and candidate.lemma in NOTED and is_empty(tree, subject):
        return None  # "It's important to note that …"
    return _name_before(tree, candidate) if subject is None else subject


def _holds_nothing(tree: Tree, candidate: Candidate, subject: int) -> bool:
    """Whether a subject is only the "it" of "it turns out that", "it is clear that"."""
    return not (candidate.part == "adjective" and candidate.lemma in _MINDED) and is_empty(tree, subject)


def _is_quoted(tree: Tree, noun: int) -> bool:
    """Whether a token stands between quote marks."""
    return tree.words[:noun].count('"') % 2 == 1 and '"' in tree.words[noun:]


def _between(tree: Tree, candidate: Candidate) -> int | None:
    """Of `"…," a member of the council, Ada Reyl, said`: the noun on which all between the mark and the cue hangs."""
    start = next(
        (at for at in range(candidate.head - 1, -1, -1) if tree.tags[at] == "''" or tree.words[at] == '"'), None
    )
    if start is None or candidate.head - start > _LONGEST_BETWEEN:
        return None
    inside = range(start + 1, candidate.head)
    tops = (at for at in inside if tree.heads[at] not in inside and tree.deps[at] != "punct")
    top = next(tops, None)
    return top if top is not None and tree.tags[top] in NOUN_TAGS else None


def _name_before(tree: Tree, candidate: Candidate) -> int | None:
    """The nearest name or pronoun before a cue with nothing but adverbs in between."""
    for index in range(candidate.head - 1, -1, -1):
        if index in candidate.content or tree.tags[index][:2] not in ("RB", "MD", "NN", "PR"):
            return None
        if tree.tags[index] in ("NNP", "NNPS", "PRP"):
            return index
    return None


def _reporter(tree: Tree, candidate: Candidate) -> int | None:
    """Of "as reported by the Herald"."""
    by = tree.first(candidate.head, "agent") if candidate.part == "verb" else None
    is_reporter = by is not None and not candidate.frame.startswith("pass+") and not tree.has(candidate.head, "nsubj")
    return tree.first(by, "pobj") if by is not None and is_reporter else None


def _by_grammar(tree: Tree, candidate: Candidate) -> int | None:
    if candidate.part == "preposition":
        to = tree.first(candidate.head, "prep")
        return tree.first(candidate.head if to is None else to, "pobj")
    if candidate.part == "noun":
        return candidate.origins[0] if candidate.origins else owner_unless_judged(tree, candidate)
    if candidate.part == "adjective":
        return subject_of(tree, tree.heads[candidate.head])
    if candidate.frame.startswith("pass+"):
        return _agent(tree, candidate)
    if candidate.frame == "ccompL" and candidate.lemma != "tell" and not tree.has(candidate.head, "nsubj"):
        after = tree.first(candidate.head, "dobj", "attr")
        if after is not None:
            return after
    return subject_of(tree, candidate.head, candidate.content)


def _agent(tree: Tree, candidate: Candidate) -> int | None:
    by = tree.first(candidate.head, "agent")
    agent = tree.first(by, "pobj") if by is not None else None
    unfelt = "prep:as" in candidate.frame or candidate.frame in ("pass+none", "pass+xcomp")
    if agent is not None or (unfelt and candidate.lemma not in _FELT):
        return agent
    subject = tree.first(candidate.head, "nsubjpass")
    # "It was announced that …": by nobody.
    return None if subject is not None and tree.words[subject] == "it" and "ccomp" in candidate.frame else subject


def source_range(tree: Tree, masked: Masked, noun: int, lexicon: Lexicon) -> Range:
    """Characters of a noun's phrase: with what is before it and "of …", without clauses and appositions after it.

    A common noun with a name in apposition is the name: "the minister, Ada Reyl".
    """
    noun = _named(tree, noun, lexicon)
    barred = {child for head in _joined(tree, noun) for child in tree.children[head] if _is_loose(tree, head, child)}
    kept = set(tree.below(noun, {*barred, *_clauses_of_bodies(tree, noun)}))
    kept.update(_listed(tree, noun))
    first = last = noun
    while first - 1 in kept and not _stands_before(tree, first, lexicon):
        first -= 1
    if first > 1 and tree.words[first - 1] == "-":
        first -= 2
    while last + 2 < len(tree.words) and tree.words[last + 1] == "-" and tree.tags[last + 2][0] == "N":
        last += 2
    marks = [index for index in range(first, noun) if tree.words[index] == '"']
    if len(marks) % 2:  # the quotation before it is no part of who said it
        first = marks[-1] + 1
    while last + 1 in kept or (
        last + 2 in kept and tree.words[last + 1] in ("&", "'", ",") and not _is_phrase_apart(tree, last + 1)
    ):
        last += 1
    if tree.words[last] == "-" and last > noun:
        last -= 1
    return Range(masked.start(tree.parse.starts[first]), masked.end(tree.parse.ends[last]))


def _stands_before(tree: Tree, first: int, lexicon: Lexicon) -> bool:
    """Whether what stands before a source is its cue, or the day on which it spoke: not "Friday night's letter"."""
    if tree.lemmas[first - 1] in QUOTING:
        return True
    return tree.words[first - 1] in lexicon.weekdays and tree.words[first : first + 2] not in _OF_PARTS_OF_DAYS


def _clauses_of_bodies(tree: Tree, noun: int) -> list[int]:
    """Relative clauses of the nouns behind a source's prepositions: "an aide for an office that opposed it"."""
    bodies = (body for phrase in tree.kids(noun, "prep") for body in tree.kids(phrase, "pobj"))
    return [clause for body in bodies if tree.tags[body] in NOUN_TAGS for clause in tree.kids(body, "relcl")]


def _is_phrase_apart(tree: Tree, comma: int) -> bool:
    """Whether a comma parts a noun from where it was said: "Reyl, in a statement to the Herald, said"."""
    return tree.words[comma] == "," and tree.deps[comma + 1] == "prep" and tree.words[comma + 1] == "in"


def _joined(tree: Tree, noun: int) -> Sequence[int]:
    """A name and the names joined to it; a common noun alone."""
    joined = [noun]
    for each in joined:
        if tree.tags[noun] == "NNP":
            joined.extend(other for other in tree.kids(each, "conj") if other > each and tree.tags[other] == "NNP")
    return joined


def _listed(tree: Tree, noun: int) -> Sequence[int]:
    """Tokens up to the last name of a list whose names have appositions, or seem to: "Mayor Reyl, Judge …"."""
    if tree.tags[noun] != "NNP" or not tree.has(noun, "appos"):
        return ()
    joined: set[int] = set()
    waiting = [noun]
    while waiting:
        head = waiting.pop()
        names = [each for each in tree.kids(head, "conj") if each > head and tree.tags[each] == "NNP"]
        joined.update(names)
        waiting.extend((*names, *(each for each in tree.kids(head, "appos") if each > head)))
    if not joined:
        return ()
    joined.update(each for each in tree.kids(noun, "appos") if tree.tags[each] == "NNP")
    return range(noun, max(joined) + 1)


def _is_loose(tree: Tree, noun: int, child: int) -> bool:
    if tree.deps[child] == "prep" and tree.words[child] == "of" and _is_accuser(tree, noun):
        return True  # "accused by one woman of assault": of what, not of whom
    if tree.deps[child] == "prep":
        # "Accused by critics of lying": the critics.
        return tree.words[child] not in _KEPT_PREPOSITIONS or tree.has(child, "pcomp") or _tells_when(tree, child)
    if tree.deps[child] == "punct":
        return tree.words[child] != "-"
    if tree.words[noun] == "those" and tree.deps[child] == "relcl":
        return False
    return child > noun and tree.deps[child] in _LOOSE


def _tells_when(tree: Tree, preposition: int) -> bool:
    """Whether a phrase tells when a source spoke, and not what it is: "the director in July said"."""
    time = tree.first(preposition, "pobj")
    if time is None or tree.words[preposition] != "in" or preposition != time - 1:
        return False
    return tree.words[time] in MONTHS and not tree.has(time, "compound", "poss")


def _is_accuser(tree: Tree, noun: int) -> bool:
    """Whether a noun stands behind "accused by"."""
    by = tree.heads[noun]
    return tree.deps[by] == "agent" and tree.lemmas[tree.heads[by]] in _CHARGING


def _named(tree: Tree, noun: int, lexicon: Lexicon) -> int:
    if tree.tags[noun] not in ("NN", "NNS", "CD") and tree.words[noun] not in lexicon.titles:
        return noun
    bodies = [body for phrase in tree.kids(noun, "prep") for body in tree.kids(phrase, "pobj")]
    # "A member of the council, Ada Reyl,": a body in common nouns has no such name.
    held = [body for body in bodies if tree.words[body] in lexicon.organisation_nouns and tree.tags[body] == "NN"]
    for holder in (noun, *held):
        for child in tree.kids(holder, "appos"):
            apart = holder == noun or tree.words[tree.below(child)[0] - 1] == ","
            if child > holder and tree.tags[child] == "NNP" and apart:
                return child
    return noun
