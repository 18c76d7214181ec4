"""Whether a sentence tells at a date what has happened or what is to come: by the verb form nearest to it."""

import re

from services.extract.dates.calendar import Direction
from services.language.ranges import Range

WINDOW_CHARS = 110

# fmt: off
_AHEAD = frozenset({
    "will", "won't", "shall", "would", "could", "may", "might", "can", "should", "must", "expected", "scheduled",
    "set", "due", "plans", "plan", "planned", "planning", "slated", "poised", "intends", "hopes", "likely",
    "wants", "vowed", "promised", "preparing", "prepares", "upcoming", "until", "starting", "beginning", "deadline",
    "coming", "begins", "starts", "opens", "meets", "votes", "ends", "expires", "faces", "heads", "arrives", "is",
    "are", "be", "aims", "supposed", "holds", "seeks",
    "favored", "favoured", "projected", "come", "comes"
})
_BEHIND = frozenset({
    "was", "were", "wasn't", "weren't", "had", "hadn't", "did", "didn't", "has", "have", "been", "since", "ago",
    "said", "told", "came", "went", "took", "gave", "made", "met", "won", "lost", "began", "wrote", "spoke", "held",
    "saw", "found", "left", "led", "ran", "sent", "shot", "hit", "fell", "rose", "grew", "became", "brought", "got",
    "put", "cut", "quit", "died", "born", "struck", "broke", "drew", "flew", "swore", "fought", "stood", "sat", "sold",
    "bought", "built", "paid", "kept", "heard", "says", "earlier", "recent", "recently", "beat", "chose", "dealt",
    "drove", "fled", "laid", "sought", "spent", "stole", "taken", "given", "written", "seen", "shown", "known", "done",
    "gone", "begun", "driven", "stolen", "thrown", "blew"
})
# fmt: on
_LOOKS_PAST = re.compile(r"[a-z]{2,}ed$")
_NOT_PAST = frozenset({"need", "indeed", "speed", "feed", "seed", "exceed", "proceed", "hundred", "unprecedented"})
_WORD = re.compile(r"[^\W\d_][\w'-]*|[;:\"()—]|,(?= (?:but|which|who|when|while|after|as|the)\b)")
_CLAUSE = frozenset({"that", "after", "when", "while", "because", "who", "which", "where", "although", "though", "if"})
_AS_SOON_AS = re.compile(r"\bas (?:early|soon) as (?:the |this |next )?$", re.IGNORECASE)
_BY = re.compile(
    r"\b(?:by|until|before|ahead of|starting|beginning) (?:the |this |next |late |early )?$", re.IGNORECASE
)


_TO_DO_BY = re.compile(r"\bto [a-z]+ (?:\w+ ){0,3}(?:by|before) $")
"""An order or a plan, whatever the tense of its verb: "ordered Metro to answer by Sunday"."""


def direction_at(text: str, area: Range, place: Range) -> Direction:
    """Whether what the sentence in `area` tells at the date in `place` lies behind, ahead, or cannot be told."""
    before = text[max(area.start, place.start - WINDOW_CHARS) : place.start]
    if _AS_SOON_AS.search(before) or _TO_DO_BY.search(before):
        return Direction.FORWARD
    found = _nearest(_words(before)[::-1], before=True)
    if found is not Direction.UNKNOWN:
        return found
    found = _nearest(_words(text[place.end : min(area.end, place.end + WINDOW_CHARS)]), before=False)
    return Direction.FORWARD if found is Direction.UNKNOWN and _BY.search(before) else found


def _words(text: str) -> list[str]:
    """Words and the marks that part clauses, in lower case; "May" is no verb."""
    found = [match.group() for match in _WORD.finditer(text)]
    return [word if word == "May" else word.lower() for word in found]


def _nearest(words: list[str], *, before: bool) -> Direction:
    """What the first telling word says. Before the date, from right to left, the clause's start ends the search."""
    for position, word in enumerate(words):
        if before and position and (word in _CLAUSE or not word[0].isalpha()):
            return Direction.UNKNOWN
        if word in _AHEAD or word.endswith("'ll"):
            return Direction.FORWARD
        if word in _BEHIND or (_LOOKS_PAST.search(word) and word not in _NOT_PAST):
            if before and words[position + 1 : position + 2] == ["be"]:
                continue  # "will be deployed": the auxiliary tells
            return Direction.BACK
    return Direction.UNKNOWN
