"""What a named person is, from the words beside the name: "fire chief Hanne Drosvik", "Dagny Torvald, head of …"."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter

from services.extract.names.first_names import load_first_names
from services.extract.names.name_words import MEMBERSHIPS, is_occupation, is_title
from services.extract.names.names import Name
from services.extract.vocabulary.grammar import BELONGS, DETERMINERS, NO_ROLE, PREPOSITIONS, ROLE_ENDS
from services.extract.vocabulary.lexicon import Lexicon
from services.language.places import load_gazetteer
from services.language.ranges import Range
from services.language.spelling import AFTER_NAMES
from services.language.tokens import WORD, Token

MAX_ROLE_WORDS = 12
MAX_BEFORE_CUE = 2
"""Adverbs and auxiliaries between a name and its cue."""
_AGE_DIGITS = 3
_ADVERBS = frozenset(("now", "then", "currently", "formerly", "previously", "once", "also"))
_PAST = frozenset(("former", "ex", "then", "late", "onetime", "ousted", "deposed", "previous"))
_BEFORE_CUE = _ADVERBS | {"later", "has", "had"}
_CALLED = frozenset(("named", "called"))


@dataclass(frozen=True)
class Role:
    """A role as written, without its article."""

    text: str
    organisation: str | None
    """Name of the body in it, if any."""
    range: Range
    is_title: bool = False
    """Whether it stands in upper case before the name."""
    is_past: bool = False
    """Whether it is told of as over: "former", "then-"."""


def roles_beside(
    text: str, tokens: Sequence[Token], name: Name, names: Sequence[Name], lexicon: Lexicon
) -> tuple[Role, ...]:
    """All that stands beside a name for what the named person is. `tokens`, `names`: of its sentence."""
    roles = (
        _title(text, tokens, name, names),
        role_before(text, tokens, name, names, lexicon),
        None if _is_place(name) else role_after(text, tokens, name, names, lexicon),
        _membership(text, name),
    )
    return tuple(replace(role, is_past=True) if _is_past(tokens, role) else role for role in roles if role is not None)


def _is_past(tokens: Sequence[Token], role: Role) -> bool:
    """Whether a role starts with, or stands behind, "former" and the like."""
    before = _index_at(tokens, role.range.start) - 1
    words = role.text.lower().replace("-", " ").split()
    return words[0] in _PAST or (before >= 0 and tokens[before].lower in _PAST)


def _is_place(name: Name) -> bool:
    """Whether a name without a title is a known place's, or a party's with its state: "R-Ohio"."""
    if name.title is not None:
        return False
    return load_gazetteer().place_of(" ".join(name.words)) is not None or name.words[0][:2] in ("R-", "D-")


def _title(text: str, tokens: Sequence[Token], name: Name, names: Sequence[Name]) -> Role | None:
    """The title before a name, with the country that its bearer holds it in."""
    if name.title is None:
        return None
    country = _country_before(tokens, name.title.start, names) or _country_after(tokens, name, names)
    return Role(name.title.of(text), country, name.title, is_title=True)


def _country_before(tokens: Sequence[Token], start: int, names: Sequence[Name]) -> str | None:
    """The country or place of the office named from `start` on: "Japan" of "Japan's Foreign Minister Ada Reyl"."""
    last = _index_at(tokens, start) - 1
    if last < 0 or not tokens[last].lower.endswith("'s"):
        return None
    return _country(name for name in names if name.range.end == tokens[last].end - 2)


def _country_after(tokens: Sequence[Token], name: Name, names: Sequence[Name]) -> str | None:
    """The country or place that a title is held in: "Japan" of "Premier Ada Reyl of Japan"."""
    at = _index_at(tokens, name.range.end)
    if at + 1 >= len(tokens) or tokens[at].lower != "of":
        return None
    return _country(other for other in names if other.range.start == tokens[at + 1].start)


def _country(names: Iterable[Name]) -> str | None:
    """The first of the names, if it is a known place's."""
    written = next((" ".join(name.words) for name in names), "")
    return written if load_gazetteer().country_of(written) is not None else None


def _membership(text: str, name: Name) -> Role | None:
    """Letters after a name that are a role: "MP"."""
    if name.letters is None or name.letters.of(text).split()[0] not in MEMBERSHIPS:
        return None
    return Role(name.letters.of(text), None, name.letters)


def role_before(text: str, tokens: Sequence[Token], name: Name, names: Sequence[Name], lexicon: Lexicon) -> Role | None:
    """Lower-case role before a name: "coast guard commander Lena Voskamp", "the prosecutor, Ludmila Brandes,"."""
    last = _index_at(tokens, name.start) - 1
    if last > 0 and tokens[last].text == ",":
        return None if _speaks(tokens, name, lexicon) else _apposed_before(text, tokens, last - 1, names, lexicon)
    if last > 0 and tokens[last].lower in _CALLED:  # "a farmer named Kusno"
        last -= 1
    if name.title or last < 0 or not _names_a_role(tokens[last], lexicon) or not tokens[last].text[0].islower():
        return None
    first = last
    while first > 0 and last - first < MAX_ROLE_WORDS // 2 and _modifies(tokens[first - 1], lexicon):
        first -= 1
    area = Range(tokens[first].start, tokens[last].end)
    return Role(area.of(text), _country_before(tokens, area.start, names), area)


def _speaks(tokens: Sequence[Token], name: Name, lexicon: Lexicon) -> bool:
    """Whether a cue follows the name at once: "He is a thief, Reyl said". What stands before the name is then said."""
    at = _index_at(tokens, name.letters.end if name.letters else name.range.end)
    for token in tokens[at : at + MAX_BEFORE_CUE + 1]:
        if token.lower not in _BEFORE_CUE and not token.lower.endswith("ly"):
            return token.lower in lexicon.cues
    return False


def _apposed_before(
    text: str, tokens: Sequence[Token], last: int, names: Sequence[Name], lexicon: Lexicon
) -> Role | None:
    """Role that ends with the token at `last`, before a comma and the name: "The prosecutor, Ludmila Brandes,"."""
    for first in range(last, max(last - MAX_ROLE_WORDS, 0), -1):
        if tokens[first].kind != WORD or tokens[first].lower in ROLE_ENDS or tokens[first].lower in lexicon.cues:
            return None
        if _determines(tokens[first - 1]):
            if _head(tokens, first, last + 1, lexicon) is None:
                return None
            area = Range(tokens[first].start, tokens[last].end)
            return Role(area.of(text), _country_before(tokens, area.start, names), area)
    return None


def _determines(token: Token) -> bool:
    return token.lower in DETERMINERS or token.lower.endswith("'s")


def role_after(text: str, tokens: Sequence[Token], name: Name, names: Sequence[Name], lexicon: Lexicon) -> Role | None:
    """Role in apposition after a name, past an age: "Marta Selwick, 34, a teacher who …"."""
    start = _apposed_after(tokens, name)
    before = _index_at(tokens, name.start) - 1
    if start is None or (name.title is None and before >= 0 and tokens[before].lower == "the"):
        return None  # "at the Dome, the mayor and her deputy spoke"
    first = end = start
    while end < len(tokens) and end - first < MAX_ROLE_WORDS and _goes_on(tokens[end]):
        if tokens[end].lower in lexicon.cues:
            return None
        end += 1
    organisation, first = _owner(tokens, first, end, names)
    head = _head(tokens, first, end, lexicon)
    if head is not None:
        end = _before_other(tokens, first, end, head, names)
        head = _head(tokens, first, end, lexicon)
    if head is None:
        return None
    area = Range(tokens[first].start, tokens[end - 1].end)
    if any(_bears_title_in(tokens, other, area) for other in names):
        return None  # "the suit names Dorn, chief of staff Jon Kelty and others"
    if organisation is None:
        organisation = _body(text, tokens[head + 1 : end], names)
    return Role(area.of(text), organisation, area)


def _bears_title_in(tokens: Sequence[Token], name: Name, area: Range) -> bool:
    """Whether a person is named at the end of what could be a role, right behind it: then it is that person's."""
    if not area.start < name.range.start < area.end or len(name.words) == 1:
        return False
    before = tokens[_index_at(tokens, name.range.start) - 1]
    return load_first_names().is_firm(name.words[0]) and before.lower not in PREPOSITIONS


def _apposed_after(tokens: Sequence[Token], name: Name) -> int | None:
    """Index of the first word, its article aside, after a name, a comma, an age, and a comma."""
    at = _index_at(tokens, name.letters.end if name.letters else name.range.end)
    if at < len(tokens) and tokens[at].text == "." and name.words[-1].lower() in AFTER_NAMES:
        at += 1
    if at + 2 < len(tokens) and tokens[at].text == "," and _is_age(tokens[at + 1]) and tokens[at + 2].text == ",":
        at += 2
    if at + 1 >= len(tokens) or tokens[at].text != "," or tokens[at + 1].lower == "according":
        return None
    first = at + 1
    if first + 1 < len(tokens) and tokens[first].lower in _ADVERBS:
        first += 1
    return first + 1 if tokens[first].lower in DETERMINERS else first


def _before_other(tokens: Sequence[Token], first: int, end: int, head: int, names: Sequence[Name]) -> int:
    """Where a role ends: before somebody else's name and title, if its noun is theirs ("sent Vice President Marn")."""
    following = tokens[head + 1].start if head + 1 < len(tokens) else -1
    for name in names:
        if name.range.start == following and name.title is None:
            return first
        if name.start <= tokens[head].start < name.range.start:
            end = max(first, _index_at(tokens, name.start))
            while end > first and tokens[end - 1].lower in PREPOSITIONS:
                end -= 1
            return end
    return end


def _goes_on(token: Token) -> bool:
    return token.kind == WORD and token.lower not in ROLE_ENDS


def _index_at(tokens: Sequence[Token], offset: int) -> int:
    """Index of the first token that starts at or after `offset`."""
    return bisect_left(tokens, offset, key=attrgetter("start"))


def _is_age(token: Token) -> bool:
    return token.kind == WORD and token.text.isdigit() and len(token.text) <= _AGE_DIGITS


def _names_a_role(token: Token, lexicon: Lexicon) -> bool:
    return is_title(token.lower, lexicon) or (is_occupation(token.lower, lexicon) and token.lower not in NO_ROLE)


def _modifies(token: Token, lexicon: Lexicon) -> bool:
    if token.kind != WORD or token.lower in lexicon.not_names or token.lower in lexicon.cues:
        return False
    if token.text[0].isdigit() and not token.lower.endswith(("st", "nd", "rd", "th")):  # a time of day
        return False
    return token.lower not in DETERMINERS and not token.lower.endswith(("ly", "ed", "'s"))


def _owner(tokens: Sequence[Token], first: int, end: int, names: Sequence[Name]) -> tuple[str | None, int]:
    """Body in a possessive at the start of a role ("Karvelia's transport minister"), and where the rest starts."""
    for index in range(first, end):
        if tokens[index].lower in BELONGS:
            break
        if tokens[index].lower.endswith("'s"):
            for name in names:
                if name.range.start >= tokens[first].start and name.range.end == tokens[index].end - 2:
                    return " ".join(name.words), index + 1
            return None, first
    return None, first


def _head(tokens: Sequence[Token], first: int, end: int, lexicon: Lexicon) -> int | None:
    """Index of the role noun: before the first preposition, last of its kind."""
    head = None
    for index in range(first, end):
        if tokens[index].lower in BELONGS or tokens[index].lower in ("in", "on"):
            break
        if _names_a_role(tokens[index], lexicon):
            head = index
    return head


def _body(text: str, tokens: Sequence[Token], names: Sequence[Name]) -> str | None:
    """Name after "of", "for", "at"."""
    if not tokens or tokens[0].lower not in BELONGS:
        return None
    start, end = tokens[0].start, tokens[-1].end
    for name in names:
        if start <= name.range.start and name.range.end <= end:
            return name.range.of(text)
    return None
