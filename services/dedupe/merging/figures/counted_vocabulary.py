"""The word lists of `data/counted.json`: synonyms of counted things, and what can happen to them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from services.language.stems import singulars

PEOPLE = "people"
"""The noun for anybody: it says nothing on its own, only together with what happened to them."""

GATHERED = "gathered"
"""What those did who came together; a key of `data/counted.json`."""


@dataclass(frozen=True)
class Vocabulary:
    """All lists. Words are stems (`singulars`)."""

    things: Mapping[str, str]
    """Word to thing: troop and soldier to troops."""
    implied: Mapping[str, str]
    """Words that count people to what happened to them: body, evacuee, crowd."""
    groups: frozenset[str]
    """Words that count only together with what follows: members of a team."""
    happenings: Mapping[tuple[str, ...], str]
    """Phrase to what happened: `("lost", "their", "job")` to laid off."""
    living: frozenset[str]
    """Words for people and animals: only they are killed, and only things are destroyed."""
    of_things: frozenset[str]
    """What can happen to things."""
    measures: frozenset[str]
    """Words that measure and count nothing."""
    longest: int
    """Words of the longest of these phrases."""
    only_grow: frozenset[str]
    """What happened, where a count of it only grows as news comes in."""


@cache
def load_vocabulary() -> Vocabulary:
    """The lists that ship with the package. Read once."""
    read = json.loads((files("services.dedupe") / "data" / "counted.json").read_text(encoding="utf-8"))
    happenings = {tuple(singulars(phrase)): fate for fate, listed in read["what_happened"].items() for phrase in listed}
    return Vocabulary(
        things=_map_stems_to_names(read["things"]),
        implied=_map_stems_to_names(read["people_by_what_happened"]),
        groups=frozenset(read["groups"].split()),
        happenings=happenings,
        living=frozenset(singulars(read["living"])),
        of_things=frozenset(read["fates_of_things"]),
        measures=frozenset(singulars(read["measures"])),
        longest=max(map(len, happenings)),
        only_grow=frozenset(read["only_grow"]),
    )


def _map_stems_to_names(words_by_name: Mapping[str, str]) -> dict[str, str]:
    return {
        stem: name for name, members in words_by_name.items() for word in members.split() for stem in singulars(word)
    }
