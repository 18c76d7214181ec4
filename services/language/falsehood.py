"""Words by which something is called false: nouns, adjectives, adverbs and verbs."""

import re

FALSE = frozenset((
    "false", "untrue", "baseless", "unfounded", "groundless", "fake", "bogus", "lie", "rumor", "rumour", "hoax",
    "fabrication", "nonsense", "myth", "fiction", "slander", "smear", "disinformation", "invention", "falsehood",
    "unsubstantiated", "fabricated", "untruth", "rubbish",
))  # fmt: skip
"""What one calls what is not so. Base forms, for who reads a parse and knows what is called so."""
SAYS_FALSE = (
    r"false|falsehoods?|untrue|not (?:true|accurate|correct)|no truth|lies?|baseless|unfounded|groundless|bogus"
    r"|fake|nonsense|hoax|fabricat\w+|fiction|rumou?rs?|myth|smear|inaccurate|unsubstantiated"
)
"""Piece of a pattern: words, anywhere in a denial, that say of something that it is not so."""
IS_FALSE = r"false|untrue|not true|incorrect|inaccurate|not accurate|not correct|fabricated|a lie|nonsense"
"""Piece of a pattern: words right behind "that is" that say it of all that was said before."""
WRONGLY = frozenset((
    "falsely", "wrongly", "incorrectly", "erroneously", "mistakenly", "inaccurately", "misleadingly", "untruthfully",
))  # fmt: skip
"""How an outlet says of words that they were not true: "falsely claimed"."""
UNPROVEN = frozenset((
    "baseless", "unfounded", "groundless", "unsubstantiated", "unsupported", "unproven", "baselessly", "groundlessly",
))  # fmt: skip
"""The same of words that nothing shows to be true: "unfounded claims", "baselessly alleged"."""
PROOFS = frozenset(("evidence", "proof", "basis", "foundation"))
"""The same of "claimed, without evidence, that"."""
CALLED_FALSE = UNPROVEN | frozenset((
    "false", "untrue", "fake", "bogus", "debunked", "discredited", "disproven", "disproved", "erroneous", "fabricated",
    "phony", "spurious", "incorrect", "inaccurate",
))  # fmt: skip
"""What an outlet calls a claim or report of others: "debunked claims that …"."""
JUDGING_ADVERBS = WRONGLY | {"baselessly", "groundlessly"}
"""Beside a verb of saying: that the outlet calls its words false or unproven."""
FALSELY = "|".join(sorted(WRONGLY))
"""Piece of a pattern: the adverbs of `WRONGLY`."""
CALLING_FALSE = "deny|deni|disput|refut|rebut|reject|dismiss|contradict|disavow"
"""Piece of a pattern: how verbs begin with which somebody says that what others say is not so."""
_WORD = re.compile(r"[\w-]+")


def is_called_unproven(cue: str) -> bool:
    """Whether a cue says that nothing shows what it introduces: "unfounded claims", "said, without evidence"."""
    words = _words(cue)
    return not UNPROVEN.isdisjoint(words) or ("without" in words and not PROOFS.isdisjoint(words))


def is_called_false(cue: str) -> bool:
    """Whether a cue says that what it introduces is not so: "falsely claimed", "debunked reports"."""
    return not is_called_unproven(cue) and not (WRONGLY | CALLED_FALSE).isdisjoint(_words(cue))


def _words(cue: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(cue)]
