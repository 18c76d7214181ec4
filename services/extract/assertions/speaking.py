"""Whether a noun names somebody who can say something."""

from services.extract.text.candidate import Candidate
from services.extract.text.lexicon import Lexicon
from services.extract.text.tree import Tree

_PERSONAL = frozenset(("he", "she", "they", "we", "i", "it", "who", "both", "all", "each", "none", "neither", "either"))
_COUNTED = frozenset(("CD", "DT", "JJ", "JJS", "JJR", "PDT", "PRP", "WP"))
"""Tags of what stands for people: "both", "16%", "most", "some"."""
_PERSON_ENDINGS = (
    "ers",
    "ors",
    "ists",
    "ians",
    "men",
    "women",
    "ants",
    "ees",
    "ist",
    "ian",
    "man",
    "woman",
    "yer",
    "crats",
)
_SPEAKING = frozenset((
    "respondent", "voter", "citizen", "family", "advocate", "critic", "signatory", "member", "rival", "delegate",
    "ally", "group", "panel", "jury", "leadership", "majority", "minority", "side", "crowd", "community", "public",
    "staff", "team", "teen", "youth", "kid", "child", "girl", "boy", "cousin", "uncle", "aunt", "host", "guest",
    "chef", "cop", "caucus", "lobby", "church", "delegation", "duo", "trio", "pair", "rest", "half", "third",
    "quarter", "number", "percent", "%", "alumnus", "alumni", "economist", "trade", "industry", "outlet", "paper",
    "editorial", "letter", "note", "tribunal", "mother", "spouse", "couple", "fan", "friend", "colleague", "party",
    "camp", "regime", "junta", "client", "individual", "person", "people", "american", "candidate", "nominee",
    "patient", "nation", "state", "city", "town", "firm", "surrogate", "insider", "doc",
))  # fmt: skip
_DEEDS = frozenset((
    "see", "decide", "aim", "choose", "opt", "introduce", "deliver", "sign", "launch", "prepare", "seek",
    "consider", "continue",
))  # fmt: skip
"""Verbs for what somebody does or has in mind: that it is so, the outlet says."""


def is_deed(candidate: Candidate) -> bool:
    """Whether a cue tells what somebody does or means to do, no word of theirs: "decided to", "took the decision"."""
    if candidate.part == "noun":
        return candidate.lemma == "decision"
    return candidate.part == "verb" and candidate.lemma in _DEEDS and not candidate.frame.startswith("ccomp")


def can_speak(tree: Tree, noun: int, lexicon: Lexicon) -> bool:
    """Whether the noun is a name, a pronoun, a number of people, or a word for people, bodies or what they write."""
    word, lemma, tag = tree.words[noun], tree.lemmas[noun], tree.tags[noun]
    if tag in ("NNP", "NNPS") or tag in _COUNTED or word in _PERSONAL:
        return True
    known = (lexicon.source_nouns, lexicon.organisation_nouns, lexicon.titles, _SPEAKING)
    if any(word in words or lemma in words for words in known):
        return True
    return word.endswith(_PERSON_ENDINGS)
