"""Where the words for a source start and end: without a time of day before them, with all of a name."""

import re
from collections.abc import Sequence

from services.extract.names.name_words import is_letters
from services.extract.names.people import Mention
from services.language.ranges import Range, trim

_CLOCK = re.compile(
    r"\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?: ?[ap]\.?m\.?)?(?: (?:GMT|UTC|BST|CET|EST|EDT|ET|PT|IST|local time))?[\s,:–—-]+"
)
"""Of "14:05 Mayor Mary Hall says", as live reports write."""
_BRANCH = r"(?:office|bureau|branch|division|plant|campus|headquarters|facility|newsroom|unit)"
_BEFORE_BRANCH = re.compile(r"(?:(?:[Tt]he )?(?:[\w-]+ ){0,3}[\w-]+'s )?(?:[A-Z][\w.-]+ ){0,2}[A-Z][\w.-]+, $")
_AFTER_PLACE = re.compile(rf", {_BRANCH}\b")
"""Around the "Ostmark" of "the service's Varn, Ostmark, office"."""
_IS_BRANCH = re.compile(rf"(?:.+'s )?(?:[A-Z][\w.-]+ )*[A-Z][\w.-]+, (?:[A-Z][\w.-]+ )*[A-Z][\w.-]+, {_BRANCH}")
_FROM_PLACE = re.compile(r".*\bfrom (?:[A-Z][\w.-]+ )*[A-Z][\w-]+")
_TO_PLACE = re.compile(r" to (?:[A-Z][\w.-]+ )*[A-Z][\w-]+")
"""Of "officials from Ostmark to Varn"."""
_STATION = re.compile(r"(?:[Tt]he )?(?:Fox|Channel|News|Local|Action|[A-Z]{2,5}) ?\d{1,2}(?: [A-Z][\w-]+){1,3}")
"""A television station: "Fox 35 Varn"."""
_LONGEST_BRANCH = 80
_REST_OF_WORD = re.compile(r"-[A-Za-z][\w-]*(?: (?:[A-Z][\w.'-]*[\w.]|[a-z]+(?= [A-Z])))*")
"""Of "co-host Ada Reyl": what follows "co"."""
_BRACKETED = re.compile(r"\[([^\[\]]{2,60})$")
_BRACKETED_REACH = 62
"""Characters before "]" in which it may stand."""
_JOINED_BEFORE = re.compile(r"(?:and|or|but|nor|yet|which|whom|whose) +")
_JOINED_AFTER = re.compile(r"(?:,? +(?:as well as|along with|and|or|but)|[\"”]?[—–]+ ?(?:and|but))$")
_BETWEEN = re.compile(r"[A-Za-z., ]{0,30}")


def whole_source(text: str, source: Range, mentions: Sequence[Mention]) -> Range:
    """The source as a reader takes it. `mentions`: names of its sentence, in text order."""
    source = trim(text, source.start, source.end, right=",") or source
    clock = _CLOCK.match(text, source.start, source.end)
    if clock is not None and clock.end() < source.end:
        source = Range(clock.end(), source.end)
    bracketed = (
        _BRACKETED.search(text, max(0, source.start - _BRACKETED_REACH), source.start)
        if source.of(text) == "]"
        else None
    )
    if bracketed is not None:
        return Range(*bracketed.span(1))  # "[Reyl] told"
    named = _named_whole(text, source, mentions)
    if named is not None:
        return named
    source = _with_places(text, _whole_words(text, source))
    if not is_letters(source.of(text)):
        return source
    for mention in reversed(mentions):  # "MBE", of "Ilse Grau MP, MBE"
        name = mention.name
        if name.range.end <= source.start:
            between = text[name.range.end : source.start]
            is_joined = _BETWEEN.fullmatch(between) is not None and (not between.strip(", ") or is_letters(between))
            return Range(name.start, source.end) if is_joined else source
    return source


def _named_whole(text: str, source: Range, mentions: Sequence[Mention]) -> Range | None:
    """The name that a source is cut from; None where it is cut from none."""
    whole = _whole_words(text, source)
    for mention in mentions:
        name = mention.name
        if whole.end > source.end and name.range.end == whole.end:
            return name.range  # Ada Reyl, of "the Orla and Friends co-host Ada Reyl"
        if name.range.holds(source) and source.end == name.range.end and not source.holds(name.range):
            return name.range  # "Broek", of "van den Broek"
        if name.start == source.start and name.start < name.range.start and text[source.end : source.end + 1] == "-":
            return Range(source.start, name.range.end)  # "Co", of "Co-founder Ann Wood"
        if name.title is not None and name.title.holds(source):
            return Range(source.start, name.range.end)  # "Cmdr", of "Cmdr. Ann Wood"
    return None


def _whole_words(text: str, source: Range) -> Range:
    """The source with the rest of a word that it is cut in, and without what joins it to other words."""
    before = _JOINED_BEFORE.match(text, source.start, source.end)
    after = _JOINED_AFTER.search(text[source.start : source.end])
    start = source.start if before is None else before.end()
    end = source.end if after is None else source.start + after.start()
    rest = _REST_OF_WORD.match(text, end) if after is None and text[end - 1 : end].isalpha() else None
    end = end if rest is None else rest.end()
    return Range(start, end) if start < end else source


def is_station(words: str) -> bool:
    """Whether a source is a station called by its number and place, of which the place is no speaker."""
    return _STATION.fullmatch(words) is not None


def is_branch(words: str) -> bool:
    """Whether a source is the office of a body at some place."""
    return _IS_BRANCH.fullmatch(words) is not None


def _with_places(text: str, source: Range) -> Range:
    """The source with all of the places that belong to it."""
    branch = _AFTER_PLACE.match(text, source.end)
    start = max(0, source.start - _LONGEST_BRANCH)
    before = _BEFORE_BRANCH.search(text[start : source.start]) if branch is not None else None
    if branch is not None and before is not None:
        return Range(start + before.start(), branch.end())
    onward = _TO_PLACE.match(text, source.end)
    if onward is not None and _FROM_PLACE.fullmatch(source.of(text)) is not None:
        return Range(source.start, onward.end())
    return source
