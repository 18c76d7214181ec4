"""The words of people's names that tell two people of one name apart: "Jr.", "bin", middle names.

Words come as `spelling.spelling_key` writes them: in lower case, each with its sounds written one way.
"""

from collections.abc import Sequence

NAME_PARTICLES = frozenset((
    "de", "da", "di", "del", "della", "der", "den", "von", "van", "bin", "ibn", "al", "el", "la", "le", "du", "dos",
    "das", "ter", "ap",
))  # fmt: skip
"""Lower-case words inside names."""
SON_OF = frozenset(("bin", "ibn", "bint"))
"""Words before the name of a parent: who is "Faris bin Salwan" is not called "Salwan"."""
_VOWELS = frozenset("aeiou")


def is_parents(full: Sequence[str], size: int) -> bool:
    """Whether the last `size` words of a full name are only the name of the bearer's parent."""
    return size < len(full) and full[-size - 1] in SON_OF


def middle_names_agree(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether full names with equal first and last words can be one person's by what stands between these.

    "George W. Halden" is not "George H. W. Halden"; "Ada Reyl" is "Ada M. Reyl" and "Ada Mona Reyl".
    """
    mine, yours = _middle(one), _middle(other)
    if _are_among(mine, yours) or _are_among(yours, mine):
        return True
    first, second = sorted(("".join(map(_initials, mine)), "".join(map(_initials, yours))), key=len)
    return second.startswith(first)


def _middle(words: Sequence[str]) -> list[str]:
    return [word for word in words[1:-1] if word not in NAME_PARTICLES]


def _are_among(words: Sequence[str], others: Sequence[str]) -> bool:
    """Whether all words, none of them an initial, are among others."""
    return all(len(word) > 1 for word in words) and set(words) <= set(others)


def _initials(word: str) -> str:
    """The letters that a middle word stands for: all of "hv", the initials H. W. in one; the first of "mona"."""
    return word if len(word) <= 3 and _VOWELS.isdisjoint(word) else word[0]  # noqa: PLR2004
