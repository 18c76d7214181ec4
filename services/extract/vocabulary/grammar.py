"""Closed classes of English words that the rules read by. Open classes are in `data/`."""

# fmt: off
PRONOUNS = frozenset({"he", "she", "they", "it"})
"""Subjects that stand for a source named before."""
SUBJECT_PRONOUNS = PRONOUNS | {"i", "we"}
"""Subjects with which a source speaks of itself, in its own words or the outlet's."""
RELATIVES = frozenset({"who", "which", "that", "whom", "whose"})
CONDITIONS = frozenset({"if", "unless"})
CONTRASTS = frozenset({"while", "whereas"})
"""Marks of a clause that stands beside another, and is as true as that."""
CONCEDING = CONTRASTS | {"though", "although"}
"""Marks of a clause that is set against what is said before."""
SIDES = frozenset({"to", "for"})
"""Before those in whose view a sentence tells: "To Reyl, the plan is dead"."""
REFUSING = frozenset({"refuse", "decline"})
ANONYMOUS = frozenset({"anonymity", "named", "identified", "unnamed"})
"""Words of "asked not to be named", which says nothing but that."""
HAVE = frozenset({"has", "have", "had", "having"})
BE = frozenset({"is", "was", "are", "were", "be", "been", "being", "am"})
SAME_IN_PAST = frozenset({"cast", "put", "set", "cut", "hit", "let", "quit"})
"""Verbs that are the same in the past, which the parse takes for nouns ("Reyl cast doubt on it") or for past."""
PREPOSITIONS = frozenset({
    "on", "in", "at", "by", "from", "during", "with", "without", "to", "through", "under", "over", "for", "amid",
    "among", "despite", "following", "of", "into", "about"
})
DETERMINERS = frozenset({"a", "an", "the", "its", "their", "his", "her", "our", "another"})
BELONGS = frozenset({"of", "for", "at", "with", "from"})
"""Prepositions between a role and its body."""
ROLE_ENDS = frozenset({"who", "which", "whose", "where", "when", "that", "and", "but", "was", "is", "has", "had"})
POSTPONED = frozenset({"of", "for", "at", "from", "in", "with", "to", "who"})
"""Words after which a name is not what the phrase is about."""
HONORIFICS = frozenset({"mr", "mrs", "ms", "miss", "dr", "prof", "sir", "lady", "lord", "dame"})
INSTITUTIONS = frozenset({
    "league", "congress", "union", "party", "council", "parliament", "university", "ministry", "association",
    "federation", "army", "navy", "court", "police", "institute", "government", "authority", "commission",
    "committee", "school", "hospital", "clinic", "times", "post", "herald", "tribune"
})
"""Last words of names whose first word is a place, not a short form."""
PLURALS = frozenset({
    "people", "men", "women", "children", "police", "troops", "personnel", "crew", "staff", "aircraft", "fish",
    "sheep", "cattle", "dead", "wounded", "injured", "missing", "killed", "hurt", "arrested", "homeless",
    "livestock", "mice", "feet", "teeth", "spacecraft"
})
"""Counted nouns that do not end in -s."""
STATES = frozenset({"killed", "hurt", "arrested"})
"""Counted only right after the amount: "14 killed", but "14 people killed"."""
FRACTIONS = frozenset({
    "third", "thirds", "quarter", "quarters", "fifth", "fifths", "sixth", "tenth", "tenths", "half", "halves",
    "times", "figures"
})
"""Words that make no amount of the number before them."""
NO_ROLE = frozenset({"man", "men", "woman", "women", "people", "friend", "friends", "person"})
"""Nouns for sources that say nothing of what somebody is."""
TITLES_AND_SURNAMES = frozenset({
    "king", "pope", "bishop", "judge", "dean", "prince", "major", "marshal", "lord", "sergeant", "chambers"
})
"""Titles that end a name as often as they start one."""
COUNTED_ENDS = frozenset({"more", "fewer", "less", "old", "per", "each"})
"""Words that end a counted noun phrase."""
# fmt: on
