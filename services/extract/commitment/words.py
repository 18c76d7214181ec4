"""Words that tell how far a source stands behind what it says."""

from services.extract.commitment.declined import CONFIRMING
from services.extract.vocabulary.saying import TELLING_WHETHER

OPINIONS = frozenset(("believe", "think", "agree", "accept", "expect", "recognize", "recognise", "buy", "support"))
"""Verbs that are told although they are negated: "does not believe that"."""
FACTIVE = frozenset((
    "realize", "realise", "know", "notice", "see", "learn", "remember", "forget", "understand", "regret", "mind",
    "care", "wonder", "resist", "help",
))  # fmt: skip
"""Verbs whose content holds, or stays open, whether they are negated or not."""
STANDS = frozenset(("confirm", "deny", "refute"))
"""Verbs that settle whether something is so."""
STAND_NOUNS = frozenset(("confirmation", "acknowledgement", "acknowledgment", "admission", "denial"))
"""Nouns of the same."""
UNSAID = CONFIRMING | TELLING_WHETHER | frozenset((
    "mention", "talk", "discuss", "speak", "address", "describe", "respond", "reply", "answer",
))  # fmt: skip
"""Verbs of saying: negated, they leave it open."""
ANYTHING = frozenset(("anything", "much", "more", "word"))
POLLS = frozenset(("poll", "survey", "study"))
PLANS = frozenset(("idea", "suggestion", "notion"))
"""Those of them that can be for something to do: "the idea of arming teachers"."""
TURNED_DOWN = frozenset((
    "reject", "dismiss", "repudiate", "rebut", "rubbish", "discount", "deride", "denounce", "challenge",
))  # fmt: skip
"""Verbs that deny a claim, though not a plan."""
DISPUTING = TURNED_DOWN | frozenset(("dispute", "contest"))
"""Verbs that settle whether something is so where their object is a claim."""
CALLING = frozenset((
    "call", "describe", "dismiss", "reject", "label", "brand", "denounce", "deride", "characterize", "characterise",
    "condemn", "slam", "ridicule", "decry", "dub", "blast",
))  # fmt: skip
NAMED = frozenset(("oprd", "ccomp", "xcomp", "attr", "acomp"))
"""Relations of "called it a lie"."""
POINTERS = frozenset(("it", "that", "this", "they", "those", "these", "such"))
HYPOTHETICAL = frozenset(("potential", "possible", "hypothetical", "eventual", "prospective"))
HYPOTHETICAL_VERBS = frozenset(("would", "could", "might", "'d"))
OWNERS = frozenset(("my", "our", "his", "her", "its", "their"))
ASKING = frozenset(("ask", "wonder", "question", "inquire", "enquire", "query"))
GRANTED = frozenset((
    "bail", "access", "entry", "permission", "request", "visa", "parole", "asylum", "right", "service", "chance",
    "opportunity", "motion", "application", "appeal", "victory", "petition", "coverage", "admission", "care",
    "license", "licence", "permit", "attempt", "bid", "stay", "injunction", "relief", "clemency",
))  # fmt: skip
"""What is granted or denied, as opposed to said or denied."""
IMPERSONAL = frozenset(("one", "'s"))
"""Subjects of what is only put: "one may say", "let's say"."""
INSIDE = frozenset(("conj", "xcomp", "acomp", "attr", "dobj", "acl", "pcomp", "prep", "pobj", "advcl"))
"""Relations over which a predicate of the content may lie below its top."""
PROVING = frozenset(
    ("prove", "show", "find", "establish", "claim", "demonstrate", "suggest", "argue", "allege", "tell")
)
"""Verbs that, negated, leave no claim: "never proved that it was so"."""
SUPPOSING = frozenset(("assume", "suppose", "presume", "imagine", "grant"))
"""Participles and imperatives with which nobody asserts: "assuming that it is so"."""
POSSIBLE = frozenset(("may", "might", "could", "should"))
ARGUING = frozenset(("argue", "claim", "suggest", "think", "believe", "say", "conclude", "ask", "wonder"))
"""Verbs that only might be said: "critics may argue that"."""
SHOWN_OR_SAID = frozenset(
    ("say", "tell", "show", "prove", "request", "demonstrate", "determine", "know", "see", "ensure")
)
"""Verbs whose infinitive has not happened: "forces them to show that"."""
