"""What an event is found by besides its headline and names. Pure.

Made once, in the projector: a rebuild of the index does nothing for the hundreds of words of an event.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from services.api.search.index_row import MARK, ClaimKeys, FactsRow, NameRow, NamesOfEvent, joined, key_mark, mark


def event_tokens(facts: FactsRow, names: NamesOfEvent, claims: Sequence[ClaimKeys]) -> str:
    """The marks of an event's values and names and the words of its claims, each once, joined by blanks."""
    name_marks = (*_name_marks("entity", names["entities"]), *_name_marks("speaker", names["speakers"]))
    return joined((*_event_marks(facts), *name_marks, *_words_of_claims(claims)))


def _event_marks(facts: FactsRow) -> Iterator[str]:
    listed = (
        ("publisher", facts["publishers"]),
        ("family", facts["families"]),
        ("entity", facts["entities"]),
        ("speaker", facts["speakers"]),
        ("kind", facts["kinds"]),
        ("language", facts["languages"]),
        ("status", [facts["status"]]),
        ("has", facts["has"]),
    )
    return (mark(condition, value) for condition, values in listed for value in values)


def _name_marks(role: str, names: Iterable[NameRow]) -> Iterator[str]:
    for name in names:
        yield key_mark(f"{role}_key" if name["full"] else f"{role}_part", name["key"])


def _words_of_claims(claims: Sequence[ClaimKeys]) -> Iterator[str]:
    tokens = dict.fromkeys(chain.from_iterable(claim["tokens"].split() for claim in claims))
    return (token for token in tokens if MARK not in token)
