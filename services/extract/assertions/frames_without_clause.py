"""Words that say something of somebody without a clause: "urged X to go", "called X a fraud", "vowed to go"."""

from services.extract.syntax.candidate import Candidate
from services.extract.syntax.tree import Tree

_DIRECTING = frozenset((
    "ask", "call", "demand", "encourage", "order", "press", "require", "tell", "urge", "want", "advise", "instruct",
    "implore", "beg", "warn", "direct", "pressure", "push", "command", "remind", "recommend", "request", "invite",
    "beseech", "exhort", "caution", "challenge", "wish",
))  # fmt: skip
"""With an object and an infinitive."""
_NAMING = frozenset((
    "call", "characterise", "characterize", "describe", "declare", "label", "see", "view", "brand", "dub", "regard",
    "portray", "deem", "depict", "paint", "term", "consider", "hail", "dismiss", "denounce", "deride",
))  # fmt: skip
"""With an object and what it is called."""
_INTENDING = frozenset((
    "plan", "threaten", "vow", "refuse", "decline", "deny", "pledge", "promise", "agree", "offer", "decide",
    "intend", "hope", "want", "wish", "swear", "choose", "expect", "propose", "aim", "demand", "ask", "claim",
    "prefer", "consider", "commit", "volunteer", "opt", "pretend", "profess",
))  # fmt: skip
"""With an infinitive or a participle."""
_AVOWING = frozenset(("confirm", "acknowledge", "admit", "concede", "indicate", "report", "recall", "suggest"))
"""With a participle or infinitive of the subject's own: "admitted selling it"."""
_JUDGING = frozenset((
    "accuse", "blame", "criticise", "criticize", "praise", "reject", "announce", "condemn", "defend", "support",
    "oppose", "slam", "blast", "denounce", "decry", "deride", "dismiss", "deny", "confirm", "endorse", "propose",
    "applaud", "welcome", "mock", "ridicule", "deplore", "commend", "congratulate", "thank", "rebuke", "lambaste",
    "fault", "credit", "tout", "hail", "urge", "demand", "favor", "favour", "back", "dispute", "acknowledge",
    "admit", "concede", "disavow", "champion", "question", "predict", "promise", "pledge", "reaffirm", "warn",
    "reiterate", "refute", "rebut", "cite", "stress", "emphasize", "emphasise", "lament", "regret", "compare",
    "liken", "attribute", "doubt", "protest", "express", "voice", "scold", "berate", "vow", "threaten", "report",
    "estimate", "expect", "fear", "forecast", "detail",
))  # fmt: skip
"""With an object, and "of", "for" or "as" beside it."""
_RESPONDING = frozenset((
    "call", "apologize", "apologise", "warn", "complain", "object", "agree", "disagree", "argue", "lash", "insist",
    "caution", "appeal", "protest", "hint", "lobby", "advocate",
))  # fmt: skip
"""With a preposition: "called for", "warned of", "apologised for"."""
_REPORTED = frozenset((
    "expect", "estimate", "believe", "think", "allege", "say", "report", "presume", "rumor", "rumour", "accuse",
    "suspect", "consider", "project", "forecast", "know", "charge",
))  # fmt: skip
"""In the passive with an infinitive or a preposition: "is expected to go", "is accused of lying"."""
FELT = frozenset(("oppose", "commit", "determine", "concern", "worry", "alarm", "dedicate", "convince"))
"""Verbs whose passive subject is who holds something: "is opposed to the plan"."""
_STATES_OF_MIND = frozenset((
    "eager", "willing", "ready", "prepared", "opposed", "critical", "confident", "hopeful", "concerned", "worried",
    "supportive", "skeptical", "sceptical", "unwilling", "reluctant", "determined", "open", "committed",
    "optimistic", "pessimistic", "wary", "furious", "angry", "grateful", "proud", "sorry", "adamant",
    "certain", "sure",
))  # fmt: skip
_RESOLVES = frozenset((
    "decision", "plan", "pledge", "promise", "threat", "vow", "intention", "offer", "call", "demand", "refusal",
    "proposal", "commitment", "request", "appeal", "support", "opposition", "concern", "fear", "hope", "doubt",
    "criticism", "accusation", "apology", "desire", "willingness", "readiness", "regret", "confidence", "outrage",
))  # fmt: skip
"""Nouns for what somebody holds, with an infinitive or a preposition."""
_VOICING = frozenset((
    "make", "announce", "have", "voice", "express", "issue", "take", "repeat", "reiterate", "defend", "withdraw",
    "offer", "state", "declare", "raise", "renew", "unveil", "outline", "reaffirm", "underscore", "underline",
    "share", "confirm", "reverse", "drop", "criticize", "criticise", "praise", "condemn", "slam", "blast",
    "welcome", "reject",
))  # fmt: skip
"""Verbs of those nouns: "announced plans to", "voiced support for"."""


_BY_FRAME = (
    ("dobj+xcomp", _DIRECTING | _INTENDING),
    ("ccomp", _DIRECTING | _INTENDING | _NAMING),
    ("xcomp", _INTENDING | _AVOWING | {"call", "advocate"}),
    ("dobj+oprd", _NAMING | _JUDGING),
    ("dobj+prep:as", _NAMING | _JUDGING),
    ("oprd", _NAMING | _JUDGING),
    ("dobj", _JUDGING | {"want"}),
    ("prep", _RESPONDING | FELT),
)
"""Verbs by how their frame starts."""


def predicate_of(tree: Tree, candidate: Candidate) -> int | None:
    """Index of the verb that says, with its subject and the content, what somebody holds; None for any other cue."""
    head, lemma = candidate.head, candidate.lemma
    if candidate.part == "verb" and candidate.frame.startswith("pass+") and tree.has(head, "agent"):
        return head if lemma in _JUDGING | _NAMING | _REPORTED else None
    if candidate.part == "verb":
        return head if _is_listed(lemma, candidate.frame) else None
    if candidate.part == "adjective":
        be = tree.heads[head]
        return be if lemma in _STATES_OF_MIND and tree.lemmas[be] in ("be", "remain", "seem") else None
    if candidate.part != "noun" or lemma not in _RESOLVES or tree.deps[head] != "dobj":
        return None
    verb = tree.heads[head]
    return verb if tree.lemmas[verb] in _VOICING else None


def _is_listed(lemma: str, frame: str) -> bool:
    """Whether the verb says something with such content."""
    if frame.startswith("pass+"):
        in_frame = frame.removeprefix("pass+") in ("xcomp", "prep:of", "prep:as")
        return lemma in FELT or (lemma in _REPORTED and in_frame)
    return any(frame.startswith(start) and lemma in lemmas for start, lemmas in _BY_FRAME)
