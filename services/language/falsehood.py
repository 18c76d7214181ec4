"""Words by which something is called false: nouns, adjectives, adverbs and verbs."""

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
FALSELY = "falsely|wrongly|incorrectly|erroneously|mistakenly|inaccurately|misleadingly"
"""Piece of a pattern: how an outlet says of words that they were not true: "falsely claimed"."""
CALLING_FALSE = "deny|deni|disput|refut|rebut|reject|dismiss|contradict|disavow"
"""Piece of a pattern: how verbs begin with which somebody says that what others say is not so."""
