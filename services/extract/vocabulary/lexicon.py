"""The word lists of `data/`: verbs that attribute, titles, words for people and bodies that speak."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from services.contracts.claim import Commitment
from services.language.calendar import MONTHS, SHORT_MONTHS, SHORT_WEEKDAYS, WEEKDAYS


@dataclass(frozen=True)
class Cue:
    """A verb form that attributes."""

    lemma: str
    commitment: Commitment
    takes_quotation: bool
    """Whether direct speech may stand beside it."""


@dataclass(frozen=True)
class Lexicon:
    """All word lists. Keys and members are in lower case."""

    cues: Mapping[str, Cue]
    quote_verbs: frozenset[str]
    """Base forms of the cues that direct speech may stand beside."""
    commitments: Mapping[str, Commitment]
    """By base form, where the cue does not simply assert."""
    titles: frozenset[str]
    occupations: frozenset[str]
    """What people do, beside titles and the nouns for sources."""
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
    events: frozenset[str]
    """Base forms of verbs for what happens, that news is made of: die, sign, ban."""
    idle_forms: frozenset[str]
    """Forms that introduced content in the counts, but seldom any that a reader takes for a claim: attitudes, acts."""
    event_forms: frozenset[str]
    """Their past forms and participles."""
    speaking_nouns: frozenset[str]
    """People, bodies and writings that speak, beside titles and the nouns for sources."""
    record_nouns: frozenset[str]
    """What is written, measured or handed down, from which something can be read, beside what speaks."""
    also_speaking_nouns: frozenset[str]
    """Nouns for people and bodies, many of them adjectives too."""
    part_nouns: frozenset[str]
    """Nouns of which those after "of" speak: "a handful of supporters"."""
    people_nouns: frozenset[str]
    """Nouns for people, beside those that speak in the news every day."""
    thing_nouns: frozenset[str]
    """Things and happenings: what they show nobody says."""
    speaking_abstracts: frozenset[str]
    """Nouns that end like abstract ones, for bodies, people and writings, which do speak."""


@cache
def load_lexicon() -> Lexicon:
    """The lexicon that ships with the package. Read once."""
    folder = files("services.extract") / "data"
    cues = json.loads((folder / "cues.json").read_text(encoding="utf-8"))
    words = json.loads((folder / "words.json").read_text(encoding="utf-8"))
    events = json.loads((folder / "events.json").read_text(encoding="utf-8"))
    entries = [_cue(entry) for entry in cues["cues"]]
    return Lexicon(
        cues={form: cue for cue, entry in zip(entries, cues["cues"], strict=True) for form in entry["forms"]},
        quote_verbs=frozenset(cue.lemma for cue in entries if cue.takes_quotation),
        commitments={cue.lemma: cue.commitment for cue in entries if cue.commitment is not Commitment.ASSERTS},
        weekdays=frozenset((*WEEKDAYS, *SHORT_WEEKDAYS)),
        months=frozenset((*MONTHS, *SHORT_MONTHS)),
        events=frozenset(events),
        event_forms=frozenset(form for forms in events.values() for form in forms),
        **{name: frozenset(listed) for name, listed in words.items()},
    )


def _cue(entry: Mapping[str, object]) -> Cue:
    takes = entry["takes"]
    assert isinstance(takes, list)
    return Cue(str(entry["lemma"]), Commitment(str(entry["commitment"])), "quotation" in takes)
