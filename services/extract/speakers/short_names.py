"""Whom a family name means that several people of the article bear: who is named in full before it, and spoke."""

import re
from collections.abc import Collection, Mapping, Sequence

from services.contracts.claim import Speaker
from services.extract.names.people import Mention
from services.language.ranges import Range

_INTRODUCED = re.compile(r", (?:an?|the|who)\b")
_REACH_SENTENCES = 4
"""How far back somebody is named in full whom a family name means."""


def nearest_bearer(
    text: str,
    asked: Mention,
    bearers: Collection[str],
    named: Mapping[int, Sequence[Mention]],
    spoken: Mapping[int, Sequence[tuple[Range, Speaker]]],
) -> str | None:
    """The one of several bearers who is named in full last before a name, and spoke or is introduced there.

    None where nobody is, or several. Who is only named is not meant: a "Reyl" after "the tomb of Ada Reyl" may be
    another.
    """
    place, sentence = asked.name.range, asked.sentence
    for number in range(sentence, max(-1, sentence - 1 - _REACH_SENTENCES), -1):
        full = [
            mention
            for mention in named.get(number, ())
            if mention.name.start < place.start and mention.canonical in bearers and len(mention.name.words) > 1
        ]
        if full:
            heard = {speaker.canonical for at, speaker in spoken.get(number, ()) if at.start < place.start}
            introduced = {mention.canonical for mention in full if _INTRODUCED.match(text, mention.name.range.end)}
            names = {mention.canonical for mention in full}
            return names.pop() if len(names) == 1 and names <= heard | introduced else None
    return None
