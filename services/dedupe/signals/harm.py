"""Reports of harm done at one place: a shooting, a stabbing, a fire, a crash.

Days part the steps of an affair, but not the reports of one such happening: on Monday what was seen, on Thursday who
is charged. Two of them that share a name which few articles hold, of a town or a street as well as of a person, tell of
one though days lie between them.
"""

import re
from typing import Any

import numpy as np
from numpy.typing import NDArray

from services.dedupe.signals.full_names import keep_rare_now
from services.dedupe.signals.head_names import HEAD_CHARACTERS
from services.dedupe.signals.live_terms import LiveTerms
from services.dedupe.signals.shared_ids import find_shared_id_positions, have_shared_ids
from services.dedupe.signals.terms import RARITY_STEPS

RARE_IDF = 7.0
"""A name counts as rare if its inverse document frequency in the background is at least this. Names of towns are rare;
those of states and of the biggest cities are not."""
_LEAST_WORDS = 2
"""Different words of harm where nobody deals with it: one alone may be a figure of speech."""
_WORDS_OF_HARM = (
    "shot shoot shoots shooting shootings shooter shootout gunned gunman gunmen gunfire gunshot gunshots "
    "stab stabs stabbed stabbing stabbings robbery robbed assaulted kidnapped kidnapping abducted "
    "fire fires blaze arson explosion exploded crash crashes crashed collision collided drowned drowning "
    "kill kills killed killing killings killer murder murders murdered homicide homicides slain slaying manslaughter "
    "wounds wounded injured dead dies died fatal fatally deadly"
)
_WORDS_OF_DEALING = (
    "police sheriff deputy deputies detective detectives trooper troopers firefighter firefighters coroner "
    "suspect suspects arrest arrested charged victim victims hospital hospitalized custody jail funeral vigil"
)
_HARM, _DEALING = frozenset(_WORDS_OF_HARM.split()), frozenset(_WORDS_OF_DEALING.split())
_WORD = re.compile("[a-z]+")


def opens_with_harm(title: str | None, text: str) -> bool:
    """Whether title and first 400 characters tell of harm: by two words of it, or one and who deals with it."""
    words = set(_WORD.findall(f"{title or ''} {text[:HEAD_CHARACTERS]}".lower()))
    harm = words & _HARM
    return len(harm) >= _LEAST_WORDS or (bool(harm) and not words.isdisjoint(_DEALING))


def mask_by_harm(
    article_row: Any, other_rows: Any, days_apart: NDArray[np.bool_], live_terms: LiveTerms
) -> NDArray[np.bool_]:
    """Which of `other_rows` tell of the harm that the only row in `article_row` tells of, though days lie between them.

    Both open with harm, and either one opens with a name that the other holds, which is rare in the background, or both
    hold a rare full name. Names that more than `MOST_LIVE` articles hold are not rare now.

    Args:
        article_row: One article.
        other_rows: Those it is compared with.
        days_apart: Between which days lie, shape (n,); false of what has no day.
        live_terms: Say how many articles hold a name.
    """
    own = article_row[0]
    shared = np.asarray(other_rows["harm"] & own["harm"] & days_apart, np.bool_)
    at = np.flatnonzero(shared)
    if len(at):
        others = other_rows[at]
        full_names = keep_rare_now(own["known_full_names"], live_terms)
        shared[at] = _share_rare_names(own, others, live_terms) | have_shared_ids(
            others["known_full_names"], full_names
        )
    return shared


def _share_rare_names(own_row: Any, other_rows: Any, live_terms: LiveTerms) -> NDArray[np.bool_]:
    """Which rows open with a rare name that `own_row` holds, or hold one that it opens with."""
    least = RARE_IDF * RARITY_STEPS
    shared = np.zeros(len(other_rows), np.bool_)
    opened = np.ascontiguousarray(other_rows["head_names"])
    at, _ = find_shared_id_positions(opened.ravel(), keep_rare_now(own_row["known_names"], live_terms))
    rare = other_rows["head_rarities"].ravel()[at] >= least
    shared[at[rare] // opened.shape[1]] = True
    own_rare = own_row["head_names"][own_row["head_rarities"] >= least]
    return shared | have_shared_ids(other_rows["known_names"], keep_rare_now(own_rare, live_terms))
