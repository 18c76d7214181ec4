"""Names behind what their bearers are ("University of Varn economist Ada Reyl"), and words for what people are."""

from services.contracts.claim import SpeakerKind
from services.extract.names.name_words import OFFICES, is_occupation, is_title
from services.extract.names.people import Entities, Mention
from services.extract.vocabulary.grammar import POSTPONED
from services.extract.vocabulary.lexicon import Lexicon
from services.extract.vocabulary.nouns import PARTISANS
from services.language.places import load_gazetteer
from services.language.ranges import Range

_FIRST_OFFICES = OFFICES | {"ways", "energy", "fire", "management", "oversight", "rules", "health"}
"""First words of offices for two things: "Ways and Means Chairman", "Health and Human Services Secretary"."""
_ONE_OF_THEM = frozenset(("a", "an", "one", "another", "every", "each", "some", "many", "most", "young", "old"))


def is_behind_role(text: str, source: Range, mention: Mention, entities: Entities, lexicon: Lexicon) -> bool:
    """Whether a name ends a source that starts with what its bearer is: "University of Varn economist Ada Reyl".

    Not of "spokesman for Mayor Ada Reyl": there the preposition stands in no name and in no title.
    """
    name = mention.name
    if name.range.end != source.end or len(name.words) == 1 or entities.of(mention).kind is not SpeakerKind.PERSON:
        return False
    before = Range(source.start, max(source.start, name.range.start)).of(text).split()
    return _ends_as_role(before, lexicon) and all(
        _joins_a_title(before, at, lexicon) if word.lower() == "and" else _is_inside(before, at, lexicon)
        for at, word in enumerate(before)
        if word.lower() == "and" or word.lower() in POSTPONED
    )


def shares_a_title(text: str, first: Mention, second: Mention) -> bool:
    """Whether "and" joins the two halves of an office: "House Ways and Means Chairman Otto Keld"."""
    title = second.name.title
    return (
        first.name.words[-1].lower() in _FIRST_OFFICES
        and not first.name.after_the
        and title is not None
        and " " in title.of(text)
        and text[first.name.range.end : title.start] == " and "
    )


def describes_people(mention: Mention, entities: Entities) -> bool:
    """Whether words in upper case are nobody's name, but say what people are: "a Varn Republican", "Latino Americans".

    A German who is alone and not "a German" may be called so.
    """
    if entities.of(mention).kind is not None:
        return False
    words = mention.canonical.split()
    if words[-1].lower() in PARTISANS:
        return True
    several = len(words) > 1 or words[-1].endswith("s") or mention.name.before in _ONE_OF_THEM
    return several and load_gazetteer().is_demonym(words[-1])


def _ends_as_role(before: list[str], lexicon: Lexicon) -> bool:
    """Whether words before a name end with its bearer's role: "… economist", "Speaker of the House"."""
    if not before:
        return False
    last = before[-1].strip(".,").lower()
    if is_title(last, lexicon) or is_occupation(last, lexicon):
        return True
    return any(_opens_office(before, at, lexicon) for at in range(1, len(before)))


def _opens_office(before: list[str], at: int, lexicon: Lexicon) -> bool:
    """Whether a preposition joins a title to what the office is for, up to the name: "Speaker of the House"."""
    rest = before[at + 1 :]
    if before[at] not in ("of", "for") or not is_title(before[at - 1].lower(), lexicon) or not rest:
        return False
    return all(word == "the" or (word[0].isupper() and not is_title(word.lower(), lexicon)) for word in rest)


def _is_inside(before: list[str], at: int, lexicon: Lexicon) -> bool:
    """Whether a preposition stands in a name or title: "University of", "Mayor of", "Editor in Chief"."""
    head, word = before[at - 1] if at else "", before[at]
    if word == "in":
        return head[:1].isupper() and before[at + 1 : at + 2] == ["Chief"]
    if word not in ("of", "for") or not head:
        return False
    is_body = head[0].isupper() and head.lower() in lexicon.name_organisation_words
    return is_body or _opens_office(before, at, lexicon)


def _joins_a_title(before: list[str], at: int, lexicon: Lexicon) -> bool:
    """Whether "and" stands in an office for two things."""
    return at > 0 and before[at - 1].lower() in _FIRST_OFFICES and not is_title(before[at + 1].lower(), lexicon)
