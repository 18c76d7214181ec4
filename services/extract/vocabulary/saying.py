"""Verbs of saying, in base form: one list for each question that is asked of them."""

SAYING = frozenset((
    "say", "tell", "announce", "claim", "state", "declare", "allege", "report", "add", "insist", "confirm", "deny",
    "warn",
))  # fmt: skip
"""Verbs of saying and nothing else, with a clause for what is said."""
SPEAKING = SAYING | frozenset((
    "write", "tweet", "note", "argue", "explain", "hint", "suggest", "assert", "maintain", "testify", "post", "reply",
    "stress", "acknowledge", "admit", "believe", "predict", "remind", "inform", "assure", "complain",
))  # fmt: skip
"""The many ways to say, hint, write or think something aloud."""
SPEAKERS_ONLY = SAYING | frozenset((
    "write", "note", "explain", "ask", "reply", "answer", "respond", "argue", "tweet", "post", "recall", "joke",
    "shout", "yell", "whisper", "conclude", "find", "estimate", "predict", "project", "forecast", "read",
    "accord", "according",
    "describe", "quote", "continue", "agree", "recommend", "advise", "urge", "testify", "assert", "contend", "maintain",
    "acknowledge", "admit", "concede", "dispute", "promise", "vow", "pledge", "complain", "boast", "remark", "mention",
    "stress", "emphasize", "emphasise",
))  # fmt: skip
"""Cues whose subject can only be somebody who speaks, or something written."""
SHOWING = frozenset(("show", "find", "suggest", "indicate", "reveal", "conclude", "mean"))
"""Verbs with which a finding introduces its clause: "the study suggests that"."""
SAYING_OR_SHOWING = SAYING | frozenset(("find", "show", "indicate", "write", "note", "argue"))
"""Verbs that make a whole clause the content of their subject: "a poll found that voters blame the mayor"."""
ADDRESSING = frozenset(("tell", "remind", "assure", "inform", "warn"))
"""Verbs of saying whose object is who hears it."""
RELAYED = frozenset(("say", "tell", "announce", "declare", "claim", "warn", "state", "confirm", "admit", "insist"))
"""What a medium reports that somebody did: "Reuters reported that the minister warned"."""
PASSING_ON = frozenset(("report", "say", "write", "tell", "note", "according", "hear"))
"""Cues that pass on what somebody else said, where the content is that."""
ANSWERING = frozenset(("respond", "reply", "answer"))
"""Verbs that, negated, tell that no answer came; nobody has declined by that."""
TELLING_WHETHER = frozenset((
    "say", "tell", "know", "specify", "indicate", "explain", "clarify", "state", "detail", "announce", "report",
))  # fmt: skip
"""Verbs without which a question stays open: "did not say whether"."""
