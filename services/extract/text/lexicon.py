"""The word lists of `data/`: verbs that attribute, titles, words for people and bodies that speak."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from services.contracts.claim import Commitment


@dataclass(frozen=True)
class Cue:
    """A verb form that attributes."""

    lemma: str
    commitment: Commitment
    takes_quotation: bool
    takes_clause: bool
    takes_that: bool
    takes_person: bool
    takes_object: bool
    also_noun: bool
    """The form is a noun as well ("reports"): it needs more evidence."""


@dataclass(frozen=True)
class Lexicon:
    """All word lists. Keys and members are in lower case."""

    cues: Mapping[str, Cue]
    withholding_verbs: frozenset[str]
    """declined, refused: with `to` and one of `withholding_objects` a cue of its own."""
    withholding_objects: frozenset[str]
    titles: frozenset[str]
    source_nouns: frozenset[str]
    organisation_nouns: frozenset[str]
    name_organisation_words: frozenset[str]
    """Words that make a name the name of a body: Ministry, Bank, Lines."""
    countries: frozenset[str]
    country_phrases: frozenset[str]
    not_names: frozenset[str]
    """Words that start sentences in upper case without being names."""
    weekdays: frozenset[str]
    months: frozenset[str]
    adjunct_starts: frozenset[str]
    """Words that start a phrase of time, place or hearer after a cue."""
    feminine: frozenset[str]
    masculine: frozenset[str]


@cache
def load_lexicon() -> Lexicon:
    """The lexicon that ships with the package. Read once."""
    folder = files("services.extract") / "data"
    cues = json.loads((folder / "cues.json").read_text(encoding="utf-8"))
    words = json.loads((folder / "words.json").read_text(encoding="utf-8"))
    nouns = frozenset(cues["also_nouns"])
    return Lexicon(
        cues={form: _cue(entry, form in nouns) for entry in cues["cues"] for form in entry["forms"]},
        withholding_verbs=frozenset(cues["withholding"]["verbs"]),
        withholding_objects=frozenset(cues["withholding"]["objects"]),
        **{name: frozenset(listed) for name, listed in words.items()},
    )


def _cue(entry: Mapping[str, object], also_noun: bool) -> Cue:
    takes = entry["takes"]
    assert isinstance(takes, list)
    return Cue(
        lemma=str(entry["lemma"]),
        commitment=Commitment(str(entry["commitment"])),
        takes_quotation="quotation" in takes,
        takes_clause="clause" in takes,
        takes_that="that" in takes,
        takes_person="person" in takes,
        takes_object="object" in takes,
        also_noun=also_noun,
    )
