"""Where the words for a source start and end: without a time of day before them, with all of a name."""

import re
from collections.abc import Sequence

from services.extract.names.name_words import is_letters
from services.extract.names.people import Mention
from services.language.ranges import Range

_CLOCK = re.compile(
    r"\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?: ?[ap]\.?m\.?)?(?: (?:GMT|UTC|BST|CET|EST|EDT|ET|PT|IST|local time))?[\s,:–—-]+"
)
"""Of "14:05 Mayor Mary Hall says", as live reports write."""
_BETWEEN = re.compile(r"[A-Za-z., ]{0,30}")


def whole_source(text: str, source: Range, mentions: Sequence[Mention]) -> Range:
    """The source as a reader takes it. `mentions`: names of its sentence, in text order."""
    clock = _CLOCK.match(text, source.start, source.end)
    if clock is not None and clock.end() < source.end:
        source = Range(clock.end(), source.end)
    for mention in mentions:
        name = mention.name
        if name.range.holds(source) and source.end == name.range.end and not source.holds(name.range):
            return name.range  # "Broek", of "van den Broek"
        if name.start == source.start and name.start < name.range.start and text[source.end : source.end + 1] == "-":
            return Range(source.start, name.range.end)  # "Co", of "Co-founder Ann Wood"
    if not is_letters(source.of(text)):
        return source
    for mention in reversed(mentions):  # "MBE", of "Ilse Grau MP, MBE"
        name = mention.name
        if name.range.end <= source.start:
            between = text[name.range.end : source.start]
            is_joined = _BETWEEN.fullmatch(between) is not None and (not between.strip(", ") or is_letters(between))
            return Range(name.start, source.end) if is_joined else source
    return source
