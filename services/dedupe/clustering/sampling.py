"""Bounded samples of the articles of an event: those whose ids stand next to that of an article, on both sides.

Ids are hashes, so these are a random sample, a different one for each article, that does not depend on the order of
arrival. Every article is in the samples of as many others as they are in its own, however big the event is: none has to
be compared with all. An article that comes is compared with its neighbours by id; who comes between them later is
compared with it. So of the nearest ones the pairs are always known.
"""

from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence


def sample_ids_around(
    ascending_ids: Sequence[str], article_id: str, max_count: int, excluded_ids: Collection[str] = ()
) -> Iterator[str]:
    """The ids that stand nearest to one in a ring of ascending ids, to the right and to the left in turn.

    Args:
        ascending_ids: Ascending ids.
        article_id: The one in question, which may be among them and is not given.
        max_count: How many at most.
        excluded_ids: Ids that do not count.
    """
    size = len(ascending_ids)
    start = bisect_left(ascending_ids, article_id)
    right, left = start, start - 1
    given = 0
    for step in range(size):
        place = right if step % 2 == 0 else left
        other = ascending_ids[place % size]
        if step % 2 == 0:
            right += 1
        else:
            left -= 1
        if other == article_id or other in excluded_ids:
            continue
        yield other
        given += 1
        if given == max_count:
            return
