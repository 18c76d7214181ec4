"""Whose the content is: the noun phrase that a cue's grammar makes its source."""

from collections.abc import Sequence

from services.extract.attributions.frames import ADDING
from services.extract.text.candidate import Candidate
from services.extract.text.lexicon import Lexicon
from services.extract.text.masking import Masked
from services.extract.text.tree import Tree
from services.language.calendar import WEEKDAYS
from services.language.ranges import Range

_LOOSE = frozenset(("relcl", "acl", "appos", "advcl", "advmod", "npadvmod", "parataxis", "ccomp"))
"""What hangs on a noun without being part of what it is called."""
_KEPT_PREPOSITIONS = frozenset(("of", "for", "from", "at", "in", "out"))
_RELATIVES = frozenset(("who", "which", "that", "whom", "whose"))
UTTERANCES = frozenset((
    "interview", "statement", "comment", "remark", "response", "speech", "message", "letter", "article", "tweet",
    "post", "editorial", "memo", "email", "video", "ad", "op",
))  # fmt: skip
"""What somebody says or writes."""
HEARSAY = frozenset(("report", "rumor", "rumour", "allegation", "accusation", "speculation"))
"""What others say, unless somebody makes it."""
_NOMINAL = frozenset(("NNP", "NNPS", "NN", "NNS", "PRP"))
_FELT = frozenset((
    "convince", "concern", "worry", "surprise", "determine", "commit", "prepare", "interest", "dedicate", "alarm",
    "disappoint", "please", "honor", "honour", "thrill", "tempt", "scare", "frighten", "persuade", "oppose",
))  # fmt: skip
"""Verbs whose passive subject is who holds something: "was determined to leave"."""
_NAMING = frozenset(("NNP", "NNPS", "NN", "NNS"))
_JUDGING = frozenset((
    "accuse", "admonish", "applaud", "attack", "berate", "blame", "blast", "castigate", "censure", "chastise", "chide",
    "commend", "condemn", "convict", "criticise", "criticize", "denounce", "fault", "hammer", "lambast", "lambaste",
    "mock", "pillory", "praise", "rebuke", "reprimand", "ridicule", "scold", "slam", "suspect", "thank",
))  # fmt: skip
"""Verbs whose object did what follows: "criticised the mayor for saying …"."""
QUOTING = frozenset(("quote", "cite"))
_SEEMING = frozenset(("be", "become", "seem", "appear", "emerge"))
"""What "it" does that stands for nothing: "it became clear that …"."""
_LONGEST_BETWEEN = 40
"""Tokens of a source between a quotation and its cue."""
_STEPS = 8
"""Heads climbed in search of a subject."""


def source_of(tree: Tree, candidate: Candidate) -> int | None:
    """Index of the noun that the content belongs to; None where the sentence names none."""
    found = _reporter(tree, candidate) or _by_grammar(tree, candidate)
    if found is not None and _is_quoted(tree, found) and not _is_quoted(tree, candidate.head):
        found = None  # the subject inside of `"It is safe," Reyl, who leads the council, told the Herald`
    if found is not None or candidate.part == "preposition" or candidate.frame.startswith("pass+"):
        return found
    between = _between(tree, candidate)
    if between is not None:
        return between
    # The parse does not tell: the subject before the cue, or else the name right before it.
    subjects = [index for index, dep in enumerate(tree.deps[: candidate.head]) if dep == "nsubj"]
    subject = next((index for index in reversed(subjects) if index not in candidate.content), None)
    return _name_before(tree, candidate) if subject is None else subject


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
    return top if top is not None and tree.tags[top] in _NAMING else None


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
    told = by is not None and not candidate.frame.startswith("pass+") and not tree.has(candidate.head, "nsubj")
    return tree.first(by, "pobj") if by is not None and told else None


def _by_grammar(tree: Tree, candidate: Candidate) -> int | None:
    if candidate.part == "preposition":
        to = tree.first(candidate.head, "prep")
        return tree.first(candidate.head if to is None else to, "pobj")
    if candidate.part == "noun":
        return candidate.origins[0] if candidate.origins else _owner(tree, candidate.head)
    if candidate.part == "adjective":
        return _subject(tree, tree.heads[candidate.head])
    if candidate.frame.startswith("pass+"):
        return _agent(tree, candidate)
    if candidate.frame == "ccompL" and not tree.has(candidate.head, "nsubj"):
        after = tree.first(candidate.head, "dobj", "attr")
        if after is not None:
            return after
    return _subject(tree, candidate.head, candidate.content)


def _agent(tree: Tree, candidate: Candidate) -> int | None:
    by = tree.first(candidate.head, "agent")
    agent = tree.first(by, "pobj") if by is not None else None
    unfelt = "prep:as" in candidate.frame or candidate.frame in ("pass+none", "pass+xcomp")
    if agent is not None or (unfelt and candidate.lemma not in _FELT):
        return agent
    subject = tree.first(candidate.head, "nsubjpass")
    # "It was announced that …": by nobody.
    return None if subject is not None and tree.words[subject] == "it" and "ccomp" in candidate.frame else subject


def _owner(tree: Tree, noun: int) -> int | None:
    """Of "the ministry's claim", "a claim by the ministry", "the ministry made the claim"."""
    owner = tree.first(noun, "poss")
    if owner is None:
        owner = next((each for each in tree.kids(noun, "compound", "amod") if tree.tags[each] in ("NNP", "NNPS")), None)
    if owner is not None:
        return owner
    for phrase in tree.kids(noun, "prep", "agent"):
        if tree.words[phrase] in ("by", "from"):
            return tree.first(phrase, "pobj")
    if tree.lemmas[noun] in HEARSAY and tree.deps[noun] != "dobj":
        return None  # "amid reports that …", "responded to rumours that …"
    for head in tree.climb(noun):
        if tree.is_verb(head) or tree.lemmas[head] == "be":
            subject = _subject(tree, head)
            if subject is not None and tree.lemmas[subject] in UTTERANCES and head > subject and subject != noun:
                # "In a statement that amounts to a denial, the minister said …": the minister's.
                return _owner(tree, subject) or subject
            return None if subject == noun else subject
    return None


def _subject(tree: Tree, verb: int, content: tuple[int, ...] = ()) -> int | None:
    """Subject of a verb; of one without: its conjunct's, the noun of its relative clause, its governor's."""
    barred, cue = set(content), verb
    before = verb - 1 if verb > 0 and tree.tags[verb - 1] in _NOMINAL else None
    if before is not None and _is_right_beside(tree, verb, before):
        return before
    for _ in range(_STEPS):
        found = next((each for each in tree.kids(verb, "nsubj", "nsubjpass") if each not in barred), None)
        if found is not None and not (verb != cue and _is_done_to(tree, verb)):
            return _whose(tree, cue, verb, found)
        if tree.heads[verb] == verb or tree.heads[verb] in barred:
            return before
        noun, verb = _held(tree, cue, verb) if tree.deps[verb] in ("acl", "relcl") else _governor(tree, verb)
        if noun is not None:
            return noun
    return None


def _whose(tree: Tree, cue: int, verb: int, subject: int) -> int | None:
    """Whom the subject of a cue, or of a verb above it, means."""
    if verb != cue and tree.words[subject] == "it" and tree.lemmas[verb] in _SEEMING:
        return _beside(tree, cue)  # "it became clear that …, with Keld announcing …"
    return _antecedent(tree, verb, _apposed_source(tree, subject))


def _held(tree: Tree, cue: int, verb: int) -> tuple[int, int]:
    """The noun of a relative clause or participle, and the verb."""
    finite = tree.tags[verb] in ("VBN", "VBD") and tree.words[verb - 1] == "," and tree.has(verb, "ccomp")
    if verb == cue and tree.deps[verb] == "acl" and finite:
        return _parted(tree, verb), verb
    return _holder(tree, tree.heads[verb]), verb


def _apposed_source(tree: Tree, subject: int) -> int:
    """Of `"…" over Trump, a source told`, where the parse takes the name after the preposition for the subject."""
    first = tree.below(subject)[0] if not tree.has(subject, "appos") else subject
    while first > 0 and tree.deps[first - 1] in ("compound", "det", "amod") and tree.heads[first - 1] == subject:
        first -= 1
    stranded = first > 1 and tree.tags[first - 1] == "IN" and tree.words[first - 2] == '"'
    apposed = tree.first(subject, "appos")
    return apposed if stranded and apposed is not None else subject


def _beside(tree: Tree, participle: int) -> int | None:
    """The noun of "with Mayor Reyl, Judge Holt and others saying": of the nearest "with" before a participle."""
    for phrase in range(participle - 1, max(-1, participle - _LONGEST_BETWEEN), -1):
        if tree.words[phrase] == "with":
            noun = tree.first(phrase, "pobj")
            return noun if noun is not None and noun < participle else None
    return None


def _parted(tree: Tree, verb: int) -> int:
    """Of "the mayor, after talks with aides, announced that": the mayor, where the parse says that the aides did."""
    noun = tree.heads[verb]
    return next(
        (head for head in tree.climb(noun) if tree.tags[head] in _NOMINAL and tree.words[head + 1] == ","), noun
    )


def _is_done_to(tree: Tree, verb: int) -> bool:
    """Whether a verb is a passive inside what somebody says, as in "said it was closed, adding that …"."""
    return tree.deps[verb] == "ccomp" and tree.has(verb, "nsubjpass") and tree.heads[verb] != verb


def _antecedent(tree: Tree, verb: int, subject: int) -> int:
    """The noun that a relative clause's subject stands for: "who", "all of whom"; any other subject itself."""
    if tree.deps[verb] != "relcl":
        return subject
    noun = tree.heads[verb]
    if tree.words[subject] in _RELATIVES:
        return noun
    of = tree.first(subject, "prep")
    whom = None if of is None else tree.first(of, "pobj")
    if whom is None or tree.words[whom] != "whom":
        return subject
    # Several people: not the last noun of "six sources familiar with the plan".
    return next((each for each in (noun, *tree.climb(noun)) if tree.tags[each] == "NNS"), noun)


def _is_right_beside(tree: Tree, verb: int, before: int) -> bool:
    """Whether the noun before a verb without a subject is its source, whatever the parse makes of it."""
    if tree.has(verb, "nsubj", "nsubjpass"):
        return False
    if tree.tags[verb] == "VBG":
        return tree.tags[before] == "NNP" and tree.words[before] not in WEEKDAYS
    return tree.tags[verb] in ("VBD", "VBZ", "VBP") and tree.deps[verb] != "conj"


def _holder(tree: Tree, noun: int) -> int:
    """The noun of a participle; for "released a statement saying", who released it."""
    uttered = tree.lemmas[noun] in UTTERANCES and tree.deps[noun] in ("dobj", "pobj")
    if uttered or tree.deps[noun] == "npadvmod" or tree.words[noun] in WEEKDAYS:
        for head in tree.climb(noun):
            if tree.is_verb(head):
                subject = tree.first(head, "nsubj")
                return noun if subject is None else subject
    return noun


def _governor(tree: Tree, verb: int) -> tuple[int | None, int]:
    """The object that is a verb's subject ("asked X to say", "quoted X as saying"), or else the verb above it."""
    head, dep = tree.heads[verb], tree.deps[verb]
    if dep == "conj" and tree.lemmas[verb] in ADDING and tree.deps[head] == "ccomp":
        return None, tree.heads[head]
    if dep == "xcomp":
        return tree.first(head, "dobj"), head
    if dep == "pcomp":
        governor = tree.heads[head]
        if tree.words[head] in ("for", "of") and tree.lemmas[governor] in _JUDGING:
            return tree.first(governor, "dobj", "nsubjpass"), governor
        if tree.words[head] == "as" and quoting_participle(tree, governor) is not None:
            return governor, governor
        quoted = tree.first(governor, "dobj") if tree.words[head] == "as" else None
        return quoted, governor if tree.is_verb(governor) else tree.heads[governor]
    return None, head


def quoting_participle(tree: Tree, noun: int) -> int | None:
    """The "quoted" of "the Herald quoted minister Ada Reyl as saying", where the parse hangs it on the name."""
    return next((each for each in tree.below(noun) if each < noun and tree.lemmas[each] in QUOTING), None)


def source_range(tree: Tree, masked: Masked, noun: int, lexicon: Lexicon) -> Range:
    """Characters of a noun's phrase: with what is before it and "of …", without clauses and appositions after it.

    A common noun with a name in apposition is the name: "the minister, Ada Reyl".
    """
    noun = _named(tree, noun, lexicon)
    barred = {child for child in tree.children[noun] if _is_loose(tree, noun, child)}
    kept = set(tree.below(noun, barred))
    kept.update(_listed(tree, noun))
    first = last = noun
    while first - 1 in kept and tree.words[first - 1] not in lexicon.weekdays and tree.lemmas[first - 1] not in QUOTING:
        first -= 1
    if first > 1 and tree.words[first - 1] == "-":
        first -= 2
    while last + 2 < len(tree.words) and tree.words[last + 1] == "-" and tree.tags[last + 2][0] == "N":
        last += 2
    marks = [index for index in range(first, noun) if tree.words[index] == '"']
    if len(marks) % 2:  # the quotation before it is no part of who said it
        first = marks[-1] + 1
    while last + 1 in kept or (last + 2 in kept and tree.words[last + 1] in ("&", "'", ",")):
        last += 1
    return Range(masked.start(tree.parse.starts[first]), masked.end(tree.parse.ends[last]))


def _listed(tree: Tree, noun: int) -> Sequence[int]:
    """Tokens up to the last name of a list that the parse takes for appositions: "Mayor Reyl, Judge Holt and …"."""
    if tree.tags[noun] != "NNP":
        return ()
    apposed = tree.kids(noun, "appos")
    for child in apposed:
        members = [each for each in tree.kids(child, "conj") if tree.tags[each] == "NNP"]
        if child > noun and members:
            last = max(*apposed, *members)
            ends = [each for each in tree.below(last, set(_after(tree, last))) if each >= last]
            return range(noun, max(ends, default=last) + 1)
    return ()


def _after(tree: Tree, noun: int) -> Sequence[int]:
    return [child for child in tree.children[noun] if child > noun]


def _is_loose(tree: Tree, noun: int, child: int) -> bool:
    if tree.deps[child] == "prep":
        return tree.words[child] not in _KEPT_PREPOSITIONS
    if tree.deps[child] == "punct":
        return tree.words[child] != "-"
    if tree.words[noun] == "those" and tree.deps[child] == "relcl":
        return False
    return child > noun and tree.deps[child] in _LOOSE


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
