"""Whose office "the president" is, in an article that names presidents of several countries."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet

_NATIONAL = frozenset((
    "president", "minister", "premier", "chancellor", "king", "queen", "emir", "sultan", "prince", "princess",
))  # fmt: skip
"""Offices that many countries have."""
NEAR_SENTENCES = 3
"""Of those whose office is another country's: who is named in so many last sentences is meant."""
_PREDOMINANCE = 3
"""How often more than all others together somebody is named whom an article is about."""
_AT_HOME = "White House"
"""Who names it has a president at home."""

Holders = Mapping[str, Collection[str]]
"""Names of those who hold an office, with the countries of it; none: it is told without a country."""


def is_national(noun: str) -> bool:
    """Whether many countries have an office."""
    return noun in _NATIONAL


def may_be_meant(
    noun: str, holders: Holders, counts: Counter[str], near: Sequence[AbstractSet[str]]
) -> Collection[str]:
    """Those of whom "the president" may be said without a country; nobody where the article does not tell.

    A president told without a country is the article's own. Of several others the one named in the last sentences is
    meant, or the one whom the article is about.

    Args:
        noun: The office.
        holders: Who holds it.
        counts: How often each name stands in the article.
        near: The names of each of the sentences before, the nearest first.
    """
    is_american = noun == "president" and counts[_AT_HOME] > 0
    home = [name for name, countries in holders.items() if not countries or (is_american and "US" in countries)]
    if home:
        return home
    countries = {country for held in holders.values() for country in held}
    abroad = is_american and bool(countries)
    if min(len(holders), len(countries)) <= 1 and not abroad:
        return holders.keys()
    named = [set(holders) & names for names in near[:NEAR_SENTENCES]]
    last = set[str]().union(*named)
    if len(last) == 1 and not abroad:
        return last
    return [name for name in holders if _is_topic(name, holders, counts, abroad=abroad)]


def _is_topic(name: str, holders: Holders, counts: Counter[str], *, abroad: bool) -> bool:
    """Whether the article is about somebody: before all others who hold the office, or, abroad, before anybody."""
    others = counts if abroad else {other: counts[other] for other in holders}
    most = max((count for other, count in others.items() if other != name), default=0)
    return counts[name] > most if abroad else counts[name] >= _PREDOMINANCE * most
