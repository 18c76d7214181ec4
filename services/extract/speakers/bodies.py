"""Which body "the ministry" is: the only one of the article that is named so in full."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from services.contracts.claim import Speaker, SpeakerKind
from services.extract.names.people import Entities, Mention
from services.language.ranges import Range

_REACH_SENTENCES = 60
"""How far back "the ministry" may point."""
_REACH_CHARS = 10_000
_NOUNS = frozenset((
    "agency", "association", "authority", "board", "bureau", "commission", "committee", "council", "court",
    "department", "embassy", "foundation", "institute", "ministry", "office", "service", "university",
))  # fmt: skip
"""Bodies that go on by their noun. "The party" or "the company" may be any."""
_KINDS = frozenset((
    "foreign", "defence", "defense", "interior", "justice", "finance", "health", "state", "treasury", "police", "fire",
    "appeals", "district", "circuit", "federal", "high", "supreme", "lower", "trial", "local", "city", "county",
    "education", "energy", "transport", "trade", "intelligence", "judiciary",
))  # fmt: skip
"""Words that tell such bodies apart where they are no names."""
_CENTRAL_BANK = re.compile(r"(?:(?P<of>[A-Z].*)'s )?central bank")
_NAMED_CENTRAL_BANK = re.compile(r"(?:National|Central|Reserve|State|People's) Bank of (?P<of>.+)")
"""Of others, as "Bank of Varn", nothing tells them from those that lend money to people."""


def full_name(text: str, source: Range, noun: str, bodies: Iterable[str]) -> str | None:
    """What the body that is called by its noun alone at `source` is called in full; None where it may be several.

    `bodies`: what those that the article names, or lets speak, before it are called, in text order.
    """
    if noun not in _NOUNS:
        return None
    full = [body for body in dict.fromkeys(bodies) if " " in body and body.split()[-1].lower() == noun]
    if not full:
        return None
    longest = max(full, key=len)
    if not all(longest.lower().endswith(body.lower()) for body in full):
        return None
    words = set(longest.lower().split())
    told_apart = re.findall(rf"\b(\w+) {noun}\b", text[max(0, source.start - _REACH_CHARS) : source.start].lower())
    return longest if all(word in words for word in told_apart if word in _KINDS) else None


def bodies_before(
    source: Range,
    sentence: int,
    entities: Entities,
    named: Mapping[int, Sequence[Mention]],
    spoken: Mapping[int, Sequence[tuple[Range, Speaker]]],
) -> Iterator[str]:
    """What the bodies that are named, or spoke, before a source are called. `named`, `spoken`: by sentence."""
    for number in range(max(0, sentence - _REACH_SENTENCES), sentence + 1):
        for mention in named.get(number, ()):
            if mention.name.start < source.start and entities.of(mention).kind is SpeakerKind.ORGANISATION:
                yield mention.canonical
        for _, speaker in spoken.get(number, ()):
            if speaker.kind is SpeakerKind.ORGANISATION:
                yield speaker.canonical


def central_bank(noun: str, names: Iterable[str]) -> str | None:
    """The name of "Taverra's central bank", or of "the central bank"; None where the article has not just one.

    `noun`: what it is called, without an article. `names`: those of the article.
    """
    called = _CENTRAL_BANK.fullmatch(noun)
    if called is None:
        return None
    banks = {name: match["of"] for name in names if (match := _NAMED_CENTRAL_BANK.fullmatch(name)) is not None}
    if len(banks) != 1:
        return None
    name, country = next(iter(banks.items()))
    return name if called["of"] in (None, country) else None
