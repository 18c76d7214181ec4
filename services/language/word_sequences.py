"""What two sequences of words have in common, in order."""

from collections.abc import Sequence


def longest_common_subsequence(one: Sequence[str], other: Sequence[str]) -> int:
    """Length of the longest common subsequence, bit-parallel (Hyyrö 2004): one whole-number addition a word."""
    places: dict[str, int] = {}
    for at, word in enumerate(other):
        places[word] = places.get(word, 0) | 1 << at
    everything = (1 << len(other)) - 1
    row = everything
    for word in one:
        step = row & places.get(word, 0)
        row = (row + step) | (row - step)
    return len(other) - (row & everything).bit_count()


def longest_run(one: Sequence[str], other: Sequence[str]) -> int:
    """Length of the longest run of words that both have."""
    # Most pairs have no two words in a row in common, and few have many places where a run may be.
    common = set(one).intersection(other)
    if not common:
        return 0
    places: dict[str, list[int]] = {}
    for at, word in enumerate(other):
        if word in common:
            places.setdefault(word, []).append(at)
    longest = 0
    before: dict[int, int] = {}
    for word in one:
        if word not in common:
            before = {}
            continue
        before = {at: before.get(at - 1, 0) + 1 for at in places[word]}
        longest = max(longest, *before.values())
    return longest
