"""Verbs of saying, in base form: one list for each question that is asked of them."""

SAYING = frozenset((
    "say", "tell", "announce", "claim", "state", "declare", "allege", "report", "add", "insist", "confirm", "deny",
    "warn",
))  # fmt: skip
"""What is said with a clause, and nothing but said."""
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
"""Cues that only who speaks, or what is written, is the subject of."""
SHOWING = frozenset(("show", "find", "suggest", "indicate", "reveal", "conclude", "mean"))
"""What findings do with a clause."""
SAYING_OR_SHOWING = SAYING | frozenset(("find", "show", "indicate", "write", "note", "argue"))
"""What somebody says, or a study shows, whose clause they have for their content."""
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
