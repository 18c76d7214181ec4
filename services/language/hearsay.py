"""Nouns for what others say and for what may be so: one list, and what each question adds to it or leaves out.

Base forms in lower case, for who reads a parse. `either_number` makes a piece of a pattern, for who reads a text.
"""

from collections.abc import Collection

SAYINGS = frozenset((
    "account", "accusation", "allegation", "assertion", "claim", "report", "statement", "story", "suggestion",
    "version",
))  # fmt: skip
"""What somebody has said, as others take it up."""
RUMOURS = frozenset(("rumor", "rumour"))
"""What nobody is known to have said."""
PASSED_AROUND = RUMOURS | {"report"}
"""What is said without who says it: "rumours that …"."""
HEARSAY = PASSED_AROUND | {"allegation", "accusation", "speculation"}
"""What others say, unless somebody makes it: "amid speculation that …"."""
CHARGES = frozenset(("allegation", "accusation", "speculation", "contention", "insinuation"))
"""What somebody is said to have done: without an owner, its clause is only what the sentence is about."""
IDEAS = frozenset(("notion", "idea", "theory"))
"""What may be thought, though nobody need have said it."""
ALLEGATIONS = SAYINGS | HEARSAY | CHARGES | IDEAS | {
    "charge", "complaint", "narrative", "characterization", "remark", "implication", "talk", "insistence", "assessment",
}  # fmt: skip
"""What can be denied, disputed or called false."""
FROM_SOMEWHERE = HEARSAY | {
    "intelligence", "evidence", "claim", "information", "news", "warning", "suggestion", "indication", "assertion",
    "assessment", "word",
}  # fmt: skip
"""What comes with those it is "from", and a clause of "that" behind them."""
DOUBTED = RUMOURS | IDEAS | {"claim", "suggestion", "allegation", "accusation", "assertion"}
"""Of "denies the notion that …": the denial is of the clause."""
POINTED_AT = SAYINGS | RUMOURS | {"charge", "insinuation", "notion"}
"""Of "these allegations": what says nothing by itself to one who has not read it."""
LEFT_OPEN = SAYINGS | RUMOURS | {"charge", "comment", "information", "matter", "news", "remark"}
"""Of "could not confirm the information": what says by itself nothing of what is left open."""


def either_number(nouns: Collection[str]) -> str:
    """A piece of a pattern for one or several of what nouns name: "claims?", "stor(?:y|ies)"."""
    return "|".join(f"{noun[:-1]}(?:y|ies)" if noun.endswith("y") else f"{noun}s?" for noun in sorted(nouns))
