"""Whether a sentence tells at a date what has happened or what is to come: by the verb form nearest to it."""

import re
from collections.abc import Sequence

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
    "favored", "favoured", "projected", "come", "comes", "reopens", "resumes", "concludes", "flies", "hears", "takes",
    "goes", "sits", "becomes", "publishes", "travels", "hosts", "decides", "appears", "retires", "makes", "closes",
    "speaks", "gives", "shuts"
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
_PLAN_VERBS = frozenset((
    "address", "air", "announce", "appear", "apply", "arrive", "become", "begin", "bid", "cease", "celebrate",
    "change", "choose", "close", "compete", "conclude", "consider", "continue", "convene", "cross", "debate",
    "debut", "decide", "deliver", "depart", "disembark", "drop", "elect", "end", "enter", "expire", "face",
    "fall", "fight", "finish", "fly", "gather", "get", "give", "go", "head", "hear", "hit", "hold", "host",
    "inaugurate", "increase", "join", "kick", "land", "lapse", "launch", "leave", "make", "march", "mark", "meet",
    "move", "open", "pick", "play", "premiere", "present", "publish", "race", "reconvene", "release", "reopen",
    "report", "resume", "retire", "return", "review", "rise", "rule", "run", "sail", "set", "shut", "sign", "sit",
    "speak", "stage", "start", "step", "stop", "swear", "switch", "take", "tee", "testify", "tour", "travel",
    "turn", "unveil", "visit", "vote", "welcome",
))
# fmt: on
"""Verbs that news tells plans with in the present tense, if a noun stands before them: "schools reopen on Thursday"."""
_PLAN_FORMS = frozenset(
    ("flies", "testifies", "applies", *(verb + ("es" if verb[-1] in "osh" else "s") for verb in _PLAN_VERBS))
)
_PLURALS = frozenset({"people", "police", "men", "women", "children", "they", "we", "you", "i"})
_NO_SUBJECT = frozenset({
    "a", "an", "the", "this", "that", "these", "those", "his", "her", "its", "their", "our", "my", "your", "no", "of",
    "in", "on", "at", "by", "for", "from", "with", "to", "and", "or", "new", "first", "last", "next", "big", "more",
    "two", "three", "four", "five", "six", "some", "any", "all", "many", "most", "several", "during", "after", "before",
    "final", "early", "late", "under", "over", "into", "about", "than", "as", "did", "do", "does", "not", "per",
    "against", "between", "street", "peace", "protest",
})  # fmt: skip
_COUNTED_AS_WELL = frozenset({"votes", "starts", "meets", "opens", "ends", "heads", "faces", "holds"})
"""Verbs of plans that are nouns behind a number or an article: "passed by 101 votes on Friday"."""
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
    words = _words(before)
    nearest = _nearest(words[::-1], before=True)
    if nearest is not Direction.UNKNOWN:
        return nearest
    if _tells_plan(words):
        return Direction.FORWARD
    following = _words(text[place.end : min(area.end, place.end + WINDOW_CHARS)])
    if not any(word[0].isalpha() for word in words) and _tells_plan(following, after=True):
        return Direction.FORWARD
    nearest = _nearest(following, before=False)
    return Direction.FORWARD if nearest is Direction.UNKNOWN and _BY.search(before) else nearest


def _tells_plan(words: Sequence[str], *, after: bool = False) -> bool:
    """Whether the clause next to a date has a verb of `_PLANNED` with a subject, and nothing that tells of the past."""
    start = 0
    for position, word in enumerate(words):
        if word[0].isalpha() and word not in _CLAUSE:
            continue
        if after and position > start:
            words = words[:position]
            break
        start = position + 1
    clause = words[start:]
    if any(word in _BEHIND or _is_past(word) for word in clause):
        return False
    return any(_is_planned(clause, position) for position in range(1, len(clause)))


def _is_planned(clause: Sequence[str], position: int) -> bool:
    """Whether a word is such a verb by the word before it: "talks resume", "England play", no "prison visit"."""
    subject, verb = clause[position - 1], clause[position]
    if subject in _NO_SUBJECT or subject.endswith(("'s", "ing", "ly")):
        return False
    if verb in _PLAN_VERBS:
        return subject.endswith("s") or subject in _PLURALS or position == 1
    return verb in _PLAN_FORMS


def _is_past(word: str) -> bool:
    return _LOOKS_PAST.search(word) is not None and word not in _NOT_PAST


def _words(text: str) -> list[str]:
    """Words and the marks that part clauses, in lower case; "May" is no verb."""
    words = (match.group() for match in _WORD.finditer(text))
    return [word if word == "May" else word.lower() for word in words]


def _nearest(words: list[str], *, before: bool) -> Direction:
    """What the first telling word says. Before the date, from right to left, the clause's start ends the search."""
    for position, word in enumerate(words):
        if before and position and (word in _CLAUSE or not word[0].isalpha()):
            return Direction.UNKNOWN
        if before and word in _COUNTED_AS_WELL and not _NO_SUBJECT.isdisjoint(words[position + 1 : position + 2]):
            continue
        if word in _AHEAD or word.endswith("'ll"):
            return Direction.FORWARD
        if word in _BEHIND or _is_past(word):
            if before and words[position + 1 : position + 2] in (["be"], ["likely"]):
                continue  # "will be deployed", "is likely headed": what stands before it tells
            return Direction.BACK
    return Direction.UNKNOWN
