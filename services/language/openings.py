"""What hangs before the first sentence of a paragraph, and sentences that mean nothing without the one before."""

import re

from services.language.agencies import IN_DATELINES
from services.language.calendar import MONTHS, SHORT_MONTHS
from services.language.places import load_gazetteer

_DATELINE = re.compile(
    r"[A-Z][A-Z.'-]+(?:[ ,/]+[A-Z][A-Z.'-]*){0,4}(?:, [A-Za-z][\w. ]{1,24})?(?: ?\([^()\n]{1,40}\))? ?(?:--|[—―–-]) "
    r"|[A-Z][\w.'-]+(?: [A-Z][\w.'-]+){0,3}(?:, [A-Z][\w. ]{1,24})? ?"
    rf"\((?:{IN_DATELINES})\) ?(?:(?:--|[—―–-]) ?)?"
    rf"|\((?:{IN_DATELINES})\) ?(?:(?:--|[—―–-]) ?)?(?=[A-Z\d\"“])"
)
_PLACE_AND_DASH = re.compile(
    r"(?P<place>[A-Z][\w.'-]+(?: [A-Z][\w.'-]+){0,2})(?:, [A-Z][\w. ]{1,24})? (?:--|[—―–-]) (?=[A-Z\d\"“])"
)
_SPACED_DASH = re.compile(r" (?:--|[—―–-]) ")
_SENTENCE_END = re.compile(r"[.!?][\"”]? ")
_SYMBOL = r"(?:[^\w\s'\"\u201c\u2018(\[$€£¥₹#@+.…-]|-{1,3} |\* | )"
_LABEL = re.compile(
    rf"{_SYMBOL}*(?:(?:BREAKING|Breaking)(?: NEWS| News| news)?|EXCLUSIVE|Exclusive|UPDATED?|Updated?|WATCH|Watch|"
    rf"JUST IN|Just in|LIVE|Live|DEVELOPING|Developing|ALERT|Alert|URGENT|Urgent|VIDEO|Video){_SYMBOL}*[:|—–-] "
    rf"{_SYMBOL}*"
    r"|Updated?(?: at)? \d{1,2}(?::\d\d)? ?[ap]\.?m\.?(?: [A-Z]{2,4})?: "
    rf"|{_SYMBOL}+"
)
"""What hangs before a paragraph: emoji, bullets, "BREAKING:"."""
_LONGEST_OPENING = 160
"""Characters in which a label and a dateline end."""
PRONOUNS = frozenset(("i", "you", "he", "she", "it", "we", "they", "who", "which", "that", "this", "there", "one"))
"""Words that stand for somebody or something named elsewhere."""
_POINTS_BACK = re.compile(
    r"\W*(?:(?:he|she|they|it|his|her|their|its|this|that|these|those|such|both"
    r"|the (?:former|latter)(?=,| (?:is|was|has|had|will|would|did|does|said|says)\b)|but|and|or|"
    r"also|yet|so|however|meanwhile|instead|still|then|otherwise|nevertheless|nonetheless|likewise|moreover|therefore|thus)\b"
    r"(?! (?:is|was|will be) (?:expected|estimated|likely|unclear|feared|believed|thought|not clear)))",
    re.IGNORECASE,
)
"""First words that take their meaning from what was said before; not "it is unclear" and the like."""
_CONNECTS = re.compile(
    r"\W*(?:after all|as a result|at the same time|by contrast|even so|for (?:example|instance)"
    r"|for (?:his|her|their|its) part|in (?:addition|contrast|fact|other words|response|return|turn)"
    r"|indeed|of course|on the other hand|that said|well|yes|no),",
    re.IGNORECASE,
)
"""First words that tie a sentence to the one before: "Even so, …"."""
_LINE_OF_TIMELINE = re.compile(
    rf"(?:{'|'.join((*MONTHS, *SHORT_MONTHS))})\.? \d{{1,2}}(?:, \d{{4}})?: |\d{{1,2}}[:.]\d\d ?(?:[ap]\.?m\.?)?:? ",
    re.IGNORECASE,
)
"""A sentence under a date or time of its own."""
_ALSO = re.compile(
    r"(?:[\w'\u2019.-]+ ){1,4}also\b"
    r"|(?:[\w'\u2019.-]+ ){0,4}[\w'\u2019.-]+, (?:meanwhile|however|though|too|for (?:his|her|its|their) part),"
)
"""A sentence that adds to the one before: "Members also plan hearings", "Reyl, meanwhile, …"."""
_KNOWN_TEXT = re.compile(
    r"\b(?:the|this|that|these|those) (?P<noun>(?:news )?reports?|stor(?:y|ies)|claims?|allegations?|accusations?"
    r"|charges?|lawsuits?|suits?|comments?|remarks?|statements?|stud(?:y|ies)|letters?|video|footage)\b"
    # Not where it is told which one: "the report of the board", "the lawsuit that the family filed".
    r"(?! (?:of|by|from|that|which|who|against|about|into|on|in|filed|published|released|made|posted|shows?)\b)",
    re.IGNORECASE,
)
"""A text that the sentence takes as known: "the report", "these allegations"."""
_FOR_A_KNOWN_BODY = re.compile(
    r"\b(?:spokes(?:man|woman|person)|lawyer|attorney|adviser|official|executive|director|head|chief) "
    r"(?:for|of|at|with) the "
    r"(?:company|firm|operator|group|agency|ministry|department|bank|union|party|campaign|family)\b"
    r"(?! (?:of|that|which|who|in)\b)",
    re.IGNORECASE,
)
"""Who speaks for a body that only an earlier sentence names: "a spokeswoman for the company"."""
_OTHER_NAMED_BEFORE = re.compile(
    r"^\W*(?:in )?another\b|\bthe same (?:man|woman|person|group|report|article)\b"
    r"|\b(?:described|called|regarded) that \w+ as\b",
    re.IGNORECASE,
)
"""Other words for something named before: "another message", "the same man"."""


def refers_back(sentence: str) -> bool:
    """Whether it speaks of "the report", "another message" or "a lawyer of the firm" without telling of which one."""
    if _OTHER_NAMED_BEFORE.search(sentence) or _FOR_A_KNOWN_BODY.search(sentence):
        return True
    known_text = _KNOWN_TEXT.search(sentence)
    if known_text is None:
        return False
    noun = known_text["noun"].casefold().split()[-1]
    forms = (noun.removesuffix("s"), f"{noun[:-3]}y") if noun.endswith("ies") else (noun.removesuffix("s"),)
    before = sentence[: known_text.start()].casefold()
    return not any(form in before for form in forms)


def opening_end(paragraph: str) -> int:
    """Return where the first sentence of a paragraph starts, behind a label ("BREAKING:") and a dateline."""
    label = _LABEL.match(paragraph[:_LONGEST_OPENING])
    start = label.end() if label and label.end() < len(paragraph) else 0
    match = _DATELINE.match(paragraph[:_LONGEST_OPENING], start) or _place_before_dash(paragraph, start)
    return match.end() if match else start


def _place_before_dash(paragraph: str, start: int) -> re.Match[str] | None:
    """A known place alone before the only dash of a paragraph's first sentence: "Kyiv — A ferry sank."."""
    match = _PLACE_AND_DASH.match(paragraph[:_LONGEST_OPENING], start)
    if match is None or load_gazetteer().place_of(match["place"]) is None:
        return None
    sentence = _SENTENCE_END.split(paragraph[match.end() :], maxsplit=1)[0]
    return None if _SPACED_DASH.search(sentence) else match


def points_back(sentence: str) -> bool:
    """Return whether a sentence starts in the middle of one or of a list, or with what takes up something earlier."""
    return (
        sentence[:1].islower()
        or sentence.startswith("[")
        or any(opening.match(sentence) for opening in (_POINTS_BACK, _CONNECTS, _LINE_OF_TIMELINE, _ALSO))
    )
