"""Counts of values by name, which articles add and take back: holders of a role, countries of a source."""

from collections.abc import Collection, Iterable, Mapping

Counted = Mapping[tuple[str, str], int]
"""How often a value is counted for a name, by (name, value)."""


class ValueCounts:
    """How often each value is counted for each name, over all articles of an event."""

    def __init__(self) -> None:
        self._counts: dict[str, dict[str, int]] = {}

    def replace(self, previously_counted: Counted, now_counted: Counted) -> set[str]:
        """Take what an article counts now in the place of what it counted; return the names that this concerns."""
        if previously_counted == now_counted:
            return set()
        self._add(previously_counted, -1)
        self._add(now_counted, 1)
        return {name for name, _ in (*previously_counted, *now_counted)}

    def _add(self, counted: Counted, sign: int) -> None:
        for (name, value), count in counted.items():
            counts = self._counts.setdefault(name, {})
            counts[value] = counts.get(value, 0) + sign * count
            if not counts[value]:
                del counts[value]
                if not counts:
                    del self._counts[name]

    def has_name(self, name: str) -> bool:
        """Whether anything is counted for a name."""
        return name in self._counts

    def list_values(self, name: str) -> Collection[str]:
        """The values of a name, in no order."""
        return self._counts.get(name, {}).keys()

    def find_most_frequent(self, name: str) -> str | None:
        """Return what was counted most often for a name; None: nothing was, or two are equally frequent."""
        counts = self._counts.get(name, {})
        most = max(counts.values(), default=0)
        best = [value for value, count in counts.items() if count == most]
        return best[0] if len(best) == 1 else None


class ArticlesByName:
    """Ids of articles by something that they name, for many names an article."""

    def __init__(self) -> None:
        self._article_ids: dict[str, set[str]] = {}

    def replace(self, article_id: str, previous_names: Iterable[str], new_names: Iterable[str]) -> None:
        """Take what an article names now in the place of what it named."""
        before, after = set(previous_names), set(new_names)
        for name in before - after:
            self._article_ids[name].discard(article_id)
            if not self._article_ids[name]:
                del self._article_ids[name]
        for name in after - before:
            self._article_ids.setdefault(name, set()).add(article_id)

    def find_articles(self, names: Iterable[str]) -> set[str]:
        """The articles that name any of some names."""
        return set().union(*(self._article_ids.get(name, ()) for name in names))
