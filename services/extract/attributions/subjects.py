"""The subject of a cue: its own, or whom the words around it make its subject."""

from collections.abc import Container
from itertools import islice

from services.extract.attributions.subjects_beside import (
    is_right_before,
    joined_with,
    noun_of_phrase,
    noun_of_with,
    sender_of,
    subject_before_helper,
    subject_of_participle,
)
from services.extract.syntax.tree import NOMINAL_TAGS, NOUN_TAGS, SUBJECTS, Tree
from services.extract.vocabulary.grammar import RELATIVES
from services.extract.vocabulary.nouns import UTTERANCES
from services.extract.vocabulary.saying import SAYING
from services.language.calendar import WEEKDAYS

ADDING = frozenset(("add", "continue"))
"""Cues that share the subject of the cue before them, whatever stands between."""
_JUDGING = frozenset((
    "accuse", "admonish", "applaud", "attack", "berate", "blame", "blast", "castigate", "censure", "chastise", "chide",
    "commend", "condemn", "convict", "criticise", "criticize", "denounce", "fault", "hammer", "lambast", "lambaste",
    "mock", "pillory", "praise", "rebuke", "reprimand", "ridicule", "scold", "slam", "suspect", "thank",
))  # fmt: skip
"""Verbs whose object did what follows: "criticised the mayor for saying …"."""
QUOTING = frozenset(("quote", "cite"))
_SEEMING = frozenset(("be", "become", "seem", "appear", "emerge", "happen", "follow", "transpire"))
"""What "it" does that stands for nothing: "it became clear that …"."""
_TIMES = frozenset(("night", "morning", "afternoon", "evening", "day", "week", "weekend", "month", "year", "today"))
_HOURS = frozenset(("midnight", "noon", "dawn", "dusk", "sunrise", "sunset"))
_REFLEXIVE = frozenset(("himself", "herself", "itself", "themselves"))
_STEPS = 8
"""Heads climbed in search of a subject."""


def subject_of(tree: Tree, verb: int, content: tuple[int, ...] = ()) -> int | None:
    """Subject of a verb; of one without: its conjunct's, the noun of its relative clause, its governor's."""
    barred, cue = set(content), verb
    before = verb - 1 if verb > 0 and tree.tags[verb - 1] in NOMINAL_TAGS else None
    beside = subject_of_participle(tree, verb)
    if beside is None:
        beside = subject_before_helper(tree, verb)
    if beside is None and before is not None and is_right_before(tree, verb, before):
        beside = before if tree.tags[verb] == "VBG" else noun_of_phrase(tree, verb, before)
    if beside is None:
        beside = joined_with(tree, verb) or sender_of(tree, verb)
    if beside is not None:
        return beside
    if tree.tags[verb] == "VBG" and tree.lemmas[verb] in ADDING:
        verb = _told_before(tree, verb)
    for _ in range(_STEPS):
        own = _own_subject(tree, verb, barred)
        if own is not None and not (verb != cue and _is_done_to(tree, verb)):
            return _whose(tree, cue, verb, own)
        if tree.heads[verb] == verb or tree.heads[verb] in barred:
            return before
        noun, verb = _held(tree, cue, verb) if tree.deps[verb] in ("acl", "relcl") else _governor(tree, verb)
        if noun is not None:
            return noun
    return None


def _own_subject(tree: Tree, verb: int, barred: Container[int]) -> int | None:
    """A verb's subject; of two the name right before it: "historian and Oslo Herald editor Ada Reyl said"."""
    subjects = [
        each
        for each in tree.kids(verb, "nsubj", "nsubjpass")
        # "A release shortly before midnight disputing the claim": whoever issued it.
        if each not in barred and not (tree.tags[each] == "NN" and tree.lemmas[each] in _HOURS)
    ]
    if len(subjects) > 1 and _is_misread(tree, verb, subjects[0], subjects[-1]):
        return subjects[-1]
    return subjects[0] if subjects else None


def _is_misread(tree: Tree, verb: int, first: int, last: int) -> bool:
    """Whether the first of two subjects is another verb's: "it is, say engineers, safe", "as summer ends, most say".

    Not in "Keld tells Ada Reyl", where the parse takes who is told for a second subject.
    """
    if last > verb:
        return verb > 0 and tree.words[verb - 1] == "," and tree.below(last)[0] == verb + 1
    if tree.tags[last] == "NNP" and (last == verb - 1 or _is_introduced(tree, verb, first, last)):
        return True
    opens = any(mark < first for mark in tree.kids(verb, "mark"))
    return opens and "," in tree.words[first:last] and "," not in tree.words[last:verb]


def _told_before(tree: Tree, participle: int) -> int:
    """The cue that an "adding" goes on from: of "said the talks were good, adding" it is "said"; else itself."""
    for head in islice(tree.climb(participle), _STEPS):
        if tree.deps[head] == "ccomp" and tree.lemmas[tree.heads[head]] in SAYING:
            return tree.heads[head]
    return participle


def _is_introduced(tree: Tree, verb: int, first: int, last: int) -> bool:
    """Of "A nurse who leads the union, Ada Reyl has said": whether the first subject only tells who the second is."""
    before = tree.below(last)[0] - 1
    opens = tree.below(first)[0] == 0 and tree.tags[0] in ("DT", "CD") and tree.words[before] == ","
    return opens and last == min((verb, *tree.kids(verb, "aux"))) - 1


def _whose(tree: Tree, cue: int, verb: int, subject: int) -> int | None:
    """Whom the subject of a cue, or of a verb above it, means."""
    if tree.words[subject] in _REFLEXIVE:
        named = subject > 0 and tree.tags[subject - 1] in NOUN_TAGS  # "with Mayor Keld himself saying"
        above = tree.heads[verb]
        return subject - 1 if named else None if above == verb else subject_of(tree, above)
    if verb != cue and is_empty(tree, subject):
        return noun_of_with(tree, cue)  # "it became clear that …, with Keld announcing …"
    return _antecedent(tree, verb, _apposed_source(tree, subject))


def is_empty(tree: Tree, subject: int) -> bool:
    """Whether a subject stands for nothing: "it became clear that …", "it's important to note that …"."""
    verb = tree.heads[subject]
    if tree.words[subject] != "it":
        return False
    turns_out = tree.lemmas[verb] == "turn" and any(tree.words[each] == "out" for each in tree.kids(verb, "prt"))
    return turns_out or tree.lemmas[verb] in _SEEMING or tree.words[verb] == "'s"


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


def _parted(tree: Tree, verb: int) -> int:
    """Of "the mayor, after talks with aides, announced that": the mayor, where the parse says that the aides did."""
    noun = tree.heads[verb]
    before_comma = (head for head in tree.climb(noun) if "," in tree.words[head + 1 : head + 2])
    return next((head for head in before_comma if tree.tags[head] in NOMINAL_TAGS), noun)


def _is_done_to(tree: Tree, verb: int) -> bool:
    """Whether a verb is a passive inside what somebody says, as in "said it was closed, adding that …"."""
    return tree.deps[verb] == "ccomp" and tree.has(verb, "nsubjpass") and tree.heads[verb] != verb


def _antecedent(tree: Tree, verb: int, subject: int) -> int:
    """The noun that a relative clause's subject stands for: "who", "all of whom"; any other subject itself."""
    if tree.deps[verb] != "relcl":
        return subject
    noun = tree.heads[verb]
    if tree.words[subject] == "who" and (tree.lemmas[noun] in _TIMES or tree.words[noun] in WEEKDAYS):
        verbs = (head for head in tree.climb(noun) if tree.is_verb(head))
        met = tree.first(next(verbs, noun), "dobj")
        return noun if met is None else met  # "met an aide on Friday night who said"
    if tree.words[subject] in RELATIVES:
        return noun
    of = tree.first(subject, "prep")
    whom = None if of is None else tree.first(of, "pobj")
    if whom is None or tree.words[whom] != "whom":
        return subject
    # Several people: not the last noun of "six sources familiar with the plan".
    return next((each for each in (noun, *tree.climb(noun)) if tree.tags[each] == "NNS"), noun)


def noun_of_relative(tree: Tree, subject: int) -> int:
    """The noun for which a "who" stands that was left: "my friend, who is older, said"; any other subject itself."""
    if tree.words[subject] not in RELATIVES or tree.tags[subject] not in ("WP", "WDT"):
        return subject
    for head in tree.climb(subject):
        if tree.deps[head] == "relcl" and tree.tags[tree.heads[head]] in NOMINAL_TAGS:
            return tree.heads[head]
    before = next((at for at in range(subject - 1, -1, -1) if tree.tags[at][0].isalpha()), None)
    if before is not None and tree.is_verb(before):
        before = tree.first(before, "nsubj")  # "Keld followed, who said"
    return before if before is not None and tree.tags[before] in NOMINAL_TAGS else subject


def _holder(tree: Tree, noun: int) -> int:
    """The noun of a participle; for "released a statement saying", who released it."""
    uttered = tree.lemmas[noun] in UTTERANCES and tree.deps[noun] in ("dobj", "pobj")
    if uttered or tree.deps[noun] == "npadvmod" or tree.words[noun] in WEEKDAYS:
        for head in tree.climb(noun):
            if tree.is_verb(head):
                subject = tree.first(head, "nsubj")
                if subject is None and (tree.deps[head] == "conj" or tree.tags[head] == "VB"):
                    continue  # "abstained, but issued a ruling saying", "went to court to file a suit saying"
                return noun if subject is None else subject
    return noun


def _governor(tree: Tree, verb: int) -> tuple[int | None, int]:
    """The object that is a verb's subject ("asked X to say", "quoted X as saying"), or else the verb above it."""
    head, dep = tree.heads[verb], tree.deps[verb]
    if dep == "conj" and tree.deps[head] == "ccomp" and (tree.lemmas[verb] in ADDING or _is_past(tree, verb, head)):
        return None, tree.heads[head]
    if dep == "conj" and tree.lemmas[head] in QUOTING and verb > head:
        quoted = tree.first(head, "dobj")  # "quoted an aide who called it a mess and said …"
        return (quoted if quoted is not None and _acts(tree, quoted) else None), head
    if dep == "xcomp":
        return tree.first(head, "dobj"), head
    return _of_a_phrase(tree, head) if dep == "pcomp" else (None, head)


def _acts(tree: Tree, noun: int) -> bool:
    """Whether a noun is what does something in its relative clause: not "progress the envoy had made"."""
    subjects = (tree.first(clause, *SUBJECTS) for clause in tree.kids(noun, "relcl"))
    return any(subject is not None and tree.words[subject] in RELATIVES for subject in subjects)


def _is_past(tree: Tree, verb: int, joined_to: int) -> bool:
    """Of "said they were attacking it and warned that": whether "warned" goes with "said", and not with "attacking"."""
    governor = tree.heads[joined_to]
    tags = tree.tags[verb], tree.tags[joined_to], tree.tags[governor]
    says = tree.lemmas[verb] in SAYING and tree.has(verb, "ccomp")
    return says and tags == ("VBD", "VBG", "VBD") and tree.has(governor, "nsubj")


def _of_a_phrase(tree: Tree, preposition: int) -> tuple[int | None, int]:
    """The same of a verb after a preposition: "criticised X for saying", "the mayor, after saying", "X as saying"."""
    word, governor = tree.words[preposition], tree.heads[preposition]
    if _is_said_around(tree, preposition) or (word == "as" and quoting_participle(tree, governor) is not None):
        return governor, governor
    if word in ("for", "of") and tree.lemmas[governor] in _JUDGING:
        return tree.first(governor, "dobj", "nsubjpass"), governor
    quoted = tree.first(governor, "dobj") if word == "as" else None
    return quoted, governor if tree.is_verb(governor) else tree.heads[governor]


def quoting_participle(tree: Tree, noun: int) -> int | None:
    """The "quoted" of "the Herald quoted minister Ada Reyl as saying", where the parse hangs it on the name."""
    return next((each for each in tree.below(noun) if each < noun and tree.lemmas[each] in QUOTING), None)


def _is_said_around(tree: Tree, preposition: int) -> bool:
    """Of "the mayor, after saying …, left": whether the parse has no verb for the mayor."""
    if tree.words[preposition] not in ("after", "before", "while") or tree.words[preposition - 1] != ",":
        return False
    return tree.tags[tree.heads[preposition]] in NOUN_TAGS
