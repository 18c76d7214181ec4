"""Which name in the words for a source is the speaker's: at their head, in apposition, or of who sent a statement."""

import re
from collections.abc import Sequence

from services.contracts.claim import SpeakerKind
from services.extract.names.name_words import is_letters
from services.extract.names.people import Entities, Mention
from services.extract.speakers.behind_roles import is_behind_role
from services.extract.vocabulary.grammar import POSTPONED
from services.extract.vocabulary.lexicon import Lexicon
from services.extract.vocabulary.nouns import SENT, head_noun, is_one_person
from services.language.ranges import Range

FEWEST_APPOSED = 4
"""Words of "a spokesman for police," before the name."""
_IN_EVERY_COUNTRY = frozenset((
    "joint chiefs", "joint chiefs of staff", "supreme court", "high court", "constitutional court", "central bank",
    "national assembly", "navy", "army", "air force", "coast guard",
))  # fmt: skip
"""Bodies that many countries have under one name: theirs is told by the country's."""
_WORDS_OF_A_ROLE = 6
"""Words from "from" on to the name of who sent a statement: "from Reyl campaign spokesman"."""

_NEWS = frozenset((
    "news", "agency", "newspaper", "television", "tv", "radio", "network", "magazine", "daily", "website", "channel",
    "wire", "service",
))  # fmt: skip
"""Words after the name of a medium that do not change who is meant: "the KCNA news agency"."""
_COORDINATED = re.compile(r"[A-Z][\w'-]*,? and ")
"""A name and "and": what follows is not the whole source."""
_BESIDE_OTHERS = re.compile(r"[a-z]s,? (?:as well as|along with|and) (?:the )?$")
"""Others and what joins a name to them: "some ministries, as well as the OBG"."""


def head_mention(
    text: str, source: Range, inside: Sequence[Mention], entities: Entities, lexicon: Lexicon
) -> Mention | None:
    """The name that a source is about: neither the "Karvelia" of "Karvelia's prosecutor" nor one after "of".

    `inside`: the names in it, in text order.
    """
    apposed = next(
        (
            mention
            for mention in inside
            if _is_bearer(text, source, mention, entities, lexicon)
            or is_behind_role(text, source, mention, entities, lexicon)
        ),
        None,
    )
    if apposed is not None:
        return apposed
    for mention in inside:
        name = mention.name.range
        start = max(source.start, mention.name.start)  # "Minister of Aviation" is part of who he is
        before = Range(source.start, start).of(text).lower().split()
        if any(word in POSTPONED for word in before) or _COORDINATED.search(text, source.start, mention.name.start):
            return None
        if _BESIDE_OTHERS.search(text, source.start, max(source.start, mention.name.start)) is not None:
            return None
        after = Range(name.end, source.end).of(text)
        rest = after.split(None, 1)
        if not rest or is_letters(after) or rest[0].lower() in POSTPONED or rest[0] in (",", "."):
            return mention
        if mention.surface.isupper() and all(word in _NEWS for word in " ".join(rest).lower().split()):
            return mention
    return None


def _is_bearer(text: str, source: Range, mention: Mention, entities: Entities, lexicon: Lexicon) -> bool:
    """Whether a name after other words of the source is the speaker's."""
    before = Range(source.start, max(source.start, mention.name.start)).of(text).lower().split()
    kind = entities.of(mention).kind
    if kind is not SpeakerKind.ORGANISATION and " " in mention.surface and _is_after_description(before):
        if text.startswith(", who ", mention.name.range.end):
            return True
        if mention.name.range.end == source.end and _describes(before, lexicon):
            return True
    return kind is SpeakerKind.PERSON and mention.name.range.end == source.end and _is_after_letter(before)


def is_somebodys_office(text: str, source: Range, mention: Mention, lexicon: Lexicon) -> bool:
    """Whether a name is but the noun of "Ruvia's Embassy in Taverra", "Ruvia's Joint Chiefs of Staff"."""
    before = Range(source.start, mention.name.range.start).of(text)
    lower = mention.surface.lower()
    return (lower in lexicon.organisation_nouns or lower in _IN_EVERY_COUNTRY) and before.endswith("'s ")


def _is_after_description(before: list[str]) -> bool:
    return len(before) >= FEWEST_APPOSED and before[-1].endswith(",") and before[0] in ("a", "an", "the")


def _describes(before: list[str], lexicon: Lexicon) -> bool:
    """Of "a spokesman for the company, Ada Reyl": a body in common nouns has no such name, so its man has.

    Of "a spokesman for the president, Ada Reyl" either may.
    """
    noun, last = head_noun(" ".join(before[1:])), before[-1].strip(",")
    is_head = noun is not None and is_one_person(noun, lexicon) and (last == noun or not is_one_person(last, lexicon))
    return is_head or (before[0] != "the" and last in lexicon.organisation_nouns)


def _is_after_letter(before: list[str]) -> bool:
    """Of "an emailed statement from spokesman Otto Keld": it is his."""
    at = next((at for at, word in enumerate(before) if word in ("from", "by") and at > 0), None)
    return at is not None and before[at - 1] in SENT and len(before) - at <= _WORDS_OF_A_ROLE
