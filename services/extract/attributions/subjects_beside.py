"""Nouns beside a verb that are its subject, whatever the parse makes of them: "with Mayor Reyl saying that"."""

from services.extract.syntax.tree import FINITE_TAGS, NAME_TAGS, NOUN_TAGS, SUBJECTS, Tree
from services.extract.vocabulary.nouns import UTTERANCES
from services.language.calendar import MONTHS, WEEKDAYS

_LONGEST_BETWEEN = 40
"""Tokens between "with" and its participle."""
_CARRIERS = frozenset(("to", "on", "via"))
"""Before whoever, or whatever, words are sent to: no source of theirs."""
_BEFORE_MONTHS = frozenset(("in", "of", "since", "last", "this", "next", "until", "by", "early", "late"))
"""Before a month; a name behind any other word is somebody's."""


def is_right_before(tree: Tree, verb: int, before: int) -> bool:
    """Whether the noun before a verb without a subject is its source, whatever the parse makes of it."""
    if tree.has(verb, "nsubj", "nsubjpass"):
        return False
    if tree.tags[verb] == "VBG":
        is_name = tree.tags[before] == "NNP" and not _is_time(tree, before)
        return is_name and not _is_addressed(tree, before)
    return tree.tags[verb] in ("VBD", "VBZ", "VBP") and tree.deps[verb] != "conj"


def subject_of_participle(tree: Tree, verb: int) -> int | None:
    """Of "Nurses worried they had it told the Herald": the nurses, where the parse takes the participle for a verb.

    Of 'Keld, who wrote a letter saying "it must go," said that' Keld: a participle alone has no subject of its own.
    """
    clause = tree.first(verb, "ccomp")
    if tree.tags[verb] != "VBD" or clause is None or clause > verb or tree.has(verb, "nsubj", "nsubjpass"):
        return None
    subject = tree.first(clause, "nsubj")
    if subject is not None and tree.tags[clause] == "VBG" and not tree.has(clause, "aux", "auxpass"):
        return subject if tree.tags[subject] in NAME_TAGS else None
    between = tree.words[tree.below(clause)[0] : verb]
    bare = tree.tags[clause] in ("VBD", "VBN") and not tree.has(clause, "aux", "auxpass") and tree.has(clause, "ccomp")
    return subject if bare and subject == clause - 1 and not {",", '"'}.intersection(between) else None


def noun_of_phrase(tree: Tree, verb: int, before: int) -> int:
    """Of "…, an aide to Mayor Reyl said", where the parse finds no subject: the aide; else the noun right before."""
    for noun in (before, *tree.climb(before)):
        phrase = tree.below(noun)
        if noun > verb or phrase[-1] != verb - 1:
            return before
        if phrase[0] > 0 and tree.words[phrase[0] - 1] == "," and tree.tags[noun] in NOUN_TAGS:
            return noun
    return before


def subject_before_helper(tree: Tree, verb: int) -> int | None:
    """Of "Varn denies any part in it and Keld has denied that": Keld, whom the parse joins to a noun before him."""
    helpers = tree.kids(verb, "aux", "auxpass")
    if not helpers or tree.tags[helpers[0]] not in FINITE_TAGS or tree.has(verb, *SUBJECTS):
        return None
    noun = first = helpers[0] - 1
    while first > 0 and tree.tags[first - 1] in NAME_TAGS:
        first -= 1
    is_joined = noun > 0 and tree.tags[noun] in NAME_TAGS and tree.deps[noun] == "conj"
    return noun if is_joined and first > 0 and tree.deps[first - 1] == "cc" else None


def joined_with(tree: Tree, participle: int) -> int | None:
    """The noun of ", with Mayor Reyl, Judge Holt and others announcing", right before its participle."""
    noun = noun_of_with(tree, participle) if tree.tags[participle] == "VBG" else None
    if noun is None or tree.deps[participle] not in ("advcl", "pcomp"):
        return None
    phrase = tree.heads[noun]
    whole = [each for each in tree.below(phrase) if each < participle]
    return noun if phrase > 0 and tree.words[phrase - 1] == "," and whole[-1] >= participle - 2 else None


def sender_of(tree: Tree, participle: int) -> int | None:
    """Of "the files hold a letter to her from Ada Reyl, saying that": who sent it."""
    if tree.tags[participle] != "VBG" or tree.deps[participle] != "advcl":
        return None
    letter = tree.first(tree.heads[participle], "dobj")
    if letter is None or letter > participle or tree.lemmas[letter] not in UTTERANCES:
        return None
    phrases = (each for each in tree.below(letter) if tree.words[each] in ("from", "by") and tree.deps[each] == "prep")
    sender = next(phrases, None)
    return None if sender is None or sender > participle else tree.first(sender, "pobj")


def noun_of_with(tree: Tree, participle: int) -> int | None:
    """The noun of "with Mayor Reyl, Judge Holt and others saying": of the nearest "with" before a participle."""
    for phrase in range(participle - 1, max(-1, participle - _LONGEST_BETWEEN), -1):
        if tree.words[phrase] == "with":
            noun = tree.first(phrase, "pobj")
            if noun is not None and tree.lemmas[noun] in UTTERANCES:
                return None  # "with a tweet saying": whoever wrote it
            return noun if noun is not None and noun < participle else None
    return None


def _is_addressed(tree: Tree, noun: int) -> bool:
    """Whether a name, or what it stands beside, is behind "to" or what carries words: "sent a letter to Reyl"."""
    top = tree.heads[noun] if tree.deps[noun] == "appos" else noun
    if tree.deps[top] != "pobj":
        return False
    if tree.words[noun - 1] in _CARRIERS:
        return True
    to = tree.heads[top]
    sent = (tree.heads[to], *tree.kids(tree.heads[to], "dobj"))
    return tree.words[to] in _CARRIERS and any(tree.lemmas[each] in UTTERANCES for each in sent)


def _is_time(tree: Tree, noun: int) -> bool:
    """Whether a name is a day's or a month's: "a report in April saying". A woman may be called April."""
    word = tree.words[noun]
    return word in WEEKDAYS or (word in MONTHS and noun > 0 and tree.words[noun - 1] in _BEFORE_MONTHS)
