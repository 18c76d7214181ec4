"""What a figure counts: its noun through a list of synonyms, what narrows it, and what happened to it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from services.contracts.quantity import Quantity
from services.dedupe.merging.figures.counted_vocabulary import PEOPLE, Vocabulary, load_vocabulary
from services.dedupe.merging.figures.sentence_context import SentenceContext
from services.dedupe.merging.figures.unreal_outcomes import Governor, read_governor
from services.language.negation import count_negations
from services.language.stems import singulars

_FILLERS = frozenset(
    [
        "the",
        "a",
        "an",
        "all",
        "its",
        "their",
        "his",
        "her",
        "these",
        "those",
        "such",
        "whole",
        "entire",
        "confirmed",
        "alleged",
        "reported",
    ]
)
"""Modifiers that narrow nothing."""
_COMPLEMENT = re.compile(r" of (?:(?:the|its|their|his|her|a|an) )?((?:[\w'-]+ ?){1,4})")
_ACTIVE = re.compile(
    r"\b(?:killed|injured|wounded|arrested|detained|destroyed|captured|evacuated|rescued) "
    r"(?:a|an|the|his|her|their|another|at least|about|more|some|one|two|three|four|five|\d)\b"
)
"""The people counted did this to others; it did not happen to them."""
_OUT_OF = re.compile(
    r"\bout of(?: (?:the|a|an|some|about|around|nearly|almost|over|more than|roughly|total of)){0,2} ?$", re.IGNORECASE
)
"""Before the number of all: "109 people out of 325,000 were detained"."""
_BY = "by"
_UNTIL_FREED = frozenset(("hostage", "captive"))
"""Words that say what already happened to people: "13 hostages were rescued" is about the rescue."""
_TOLD_TO_LEAVE = "told to evacuate"
"""What happened to those who were told to leave; a key of `data/counted.json`."""
_ABOARD = "aboard"
_CITIZENS = ("passenger", "citizen", "national")
_ANYBODY = ("people", "person")
_LEAVING = ("evacuated", "fled")
_OF_PERSONS = ("ist", "ian", "ant", "eer", "ster", "goer", "worker", "ee", "rter", "ander", "fighter", "teacher")


@dataclass(frozen=True, slots=True)
class FigureSubject:
    """What one figure counts.

    Attributes:
        noun: The counted thing, one name for all its synonyms.
        names: Words of the names that narrow it: "North Korean troops".
        narrowed: Other words that do: "army generals", "members of the team".
        fate: What happened to it ("killed"); None: not said.
        unit: As in `Quantity`.
        of: Stems of the subject and the object of its verb, for a measured amount (then `noun` is the verb).
    """

    noun: str
    names: frozenset[str]
    narrowed: frozenset[str]
    fate: str | None
    unit: str | None
    of: frozenset[str] = frozenset()

    @property
    def is_measured(self) -> bool:
        """Whether it is an amount of money, a share or a length, and no count of things."""
        return bool(self.of)


def read_counted_thing(quantity: Quantity, context: SentenceContext) -> FigureSubject | None:
    """Read what a figure counts; None where that is not clear."""
    vocabulary = load_vocabulary()
    surfaces = re.findall(r"[\w'’-]+", quantity.counted or "")
    tokens = singulars(" ".join(surfaces))
    if not tokens:
        return None
    head = tokens[-1]
    if head in vocabulary.measures:
        return None
    noun = PEOPLE if head in vocabulary.implied else vocabulary.things.get(head, head)
    fate = (
        _find_nearest_outcome(vocabulary, context, tokens)
        or _find_last_fate(vocabulary, tokens)
        or vocabulary.implied.get(head)
    )
    if (
        noun != PEOPLE
        and not _is_living_being(vocabulary, noun, head, surfaces[-1])
        and fate not in vocabulary.of_things
    ):
        fate = None
    if noun == PEOPLE and fate is None:
        # "200 people" without what happened to them could be anybody.
        return None
    before = surfaces[:-1]
    complement = _COMPLEMENT.match(context.after) if head in vocabulary.groups else None
    if complement is not None:
        before = [*before, *complement.group(1).split()]
    narrowing = [word for word in before if not set(singulars(word)) <= _FILLERS]
    if fate == _ABOARD and head in _CITIZENS and any(word[:1].isupper() for word in narrowing):
        noun = PEOPLE  # "15 French citizens aboard" and "15 French passengers aboard"
    return FigureSubject(
        noun=noun,
        names=frozenset(stem for word in narrowing if word[:1].isupper() for stem in singulars(word)),
        narrowed=frozenset(
            stem
            for word in narrowing
            if not word[:1].isupper()
            for stem in singulars(word)
            if (stem,) not in vocabulary.happenings
            and not stem[:1].isdigit()
            and stem not in _ANYBODY  # "people killed"
        ),
        fate=fate,
        unit=quantity.unit,
    )


def _find_nearest_outcome(vocabulary: Vocabulary, context: SentenceContext, tokens: list[str]) -> str | None:
    """The nearest phrase after what is counted (`tokens`) that says what happened, else the nearest before it.

    None where that is negated: "none of the 12 crew was hurt".
    """
    if context.negated:
        return None
    before = singulars(context.before)
    after = [] if _ACTIVE.search(context.after) else singulars(context.after)
    # "13 hostages were rescued": they had been taken before.
    if tokens[-1] in _UNTIL_FREED and after[: len(tokens)] == tokens:
        after = after[len(tokens) :]
    if _OUT_OF.search(context.before):  # "out of the 12 people killed" tells it of all 12, "… were killed" does not
        before, after = [], after[: len(tokens) + 1]
    for position in range(len(after)):
        if fate := _find_outcome_at(vocabulary, after, position, before):
            return None if count_negations(after[:position]) else fate
    return _find_last_fate(vocabulary, before, before_agents=True)


def _is_living_being(vocabulary: Vocabulary, noun: str, head_word: str, surface: str) -> bool:
    """Whether people are counted: by the lists, a name ("Americans"), or an ending ("protesters", "musicians")."""
    named = surface[:1].isupper() and not surface.isupper()
    return named or bool({noun, head_word} & vocabulary.living) or head_word.endswith(_OF_PERSONS)


def _find_last_fate(vocabulary: Vocabulary, tokens: list[str], *, before_agents: bool = False) -> str | None:
    """The last phrase that says what happened.

    `before_agents`: leave out what happened to others: "shot by 12 men", "a photo released by police shows 12 men".
    """
    for at in reversed(range(len(tokens))):
        fate = _find_outcome_at(vocabulary, tokens, at)
        if fate and not (before_agents and _BY in tokens[at + 1 : at + 3]):
            return fate
    return None


def _find_outcome_at(vocabulary: Vocabulary, tokens: list[str], position: int, lead: Sequence[str] = ()) -> str | None:
    """What happened, by the longest phrase that starts at a position: "death penalty" before "death".

    None for what somebody only wanted or was told to do: "tried to kill 12 people". `lead`: tokens before these.
    """
    for length in range(min(vocabulary.longest, len(tokens) - position), 0, -1):
        fate = vocabulary.happenings.get(tuple(tokens[position : position + length]))
        if fate is not None:
            governor = read_governor([*lead, *tokens[:position]])
            if governor is Governor.NONE:
                return fate
            return _TOLD_TO_LEAVE if governor is Governor.TOLD and fate in _LEAVING else None
    return None
