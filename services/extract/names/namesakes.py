"""Names of one wording that mean two: the firm Ford and Dee Ford, its chief; Mr and Mrs Keld."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from services.extract.names.name_forms import Words
from services.extract.names.names import Name
from services.extract.names.roles import Role
from services.extract.vocabulary.lexicon import Lexicon

_OWNER = r"(?:its|the (?:company|firm|group|carmaker|automaker|bank|chain|retailer|maker)'s)"
_ITS = re.compile(rf",? (?:\d{{1,3}}, )?{_OWNER} ")
_ITS_BEFORE = re.compile(rf"\b{_OWNER} (?:\S+ ){{1,5}}$", re.IGNORECASE)
_REACH = 80
"""Characters before a name in which "its chief executive, " may stand."""
_OF = frozenset(("of", "at", "for"))


def bodies_named_like_people(text: str, names: Sequence[Name], roles: Sequence[Sequence[Role]]) -> frozenset[int]:
    """Indexes of single-word names that mean a body although a person of the article has that family name.

    So are those before the person is introduced as somebody of that body, and "of Ford" wherever it stands.
    """
    introduced: dict[str, int] = {}
    for index, name in enumerate(names):
        if len(name.words) > 1 and name.words[-1] not in introduced and _is_of_a_body(text, name, roles[index]):
            introduced[name.words[-1]] = index
    return frozenset(
        index
        for index, name in enumerate(names)
        if len(name.words) == 1
        and name.title is None
        and name.words[0] in introduced
        and (index < introduced[name.words[0]] or name.before in _OF)
    )


def couples(names: Sequence[Name], linked: Sequence[Words], lexicon: Lexicon) -> Mapping[tuple[Words, str], str]:
    """For names that "Mr" and "Mrs" share and nothing fuller tells apart: what each is called, by name and title."""
    titles: dict[Words, dict[str, bool]] = defaultdict(dict)
    for name, fullest in zip(names, linked, strict=True):
        plain = name.title_word.rstrip(".")
        if fullest == name.words and (plain in lexicon.feminine) != (plain in lexicon.masculine):
            titles[name.words][name.title_word] = plain in lexicon.feminine
    return {
        (words, title): f"{title.capitalize()} {' '.join(words)}"
        for words, genders in titles.items()
        if len(set(genders.values())) > 1
        for title in genders
    }


def _is_of_a_body(text: str, name: Name, roles: Sequence[Role]) -> bool:
    """Whether a person is introduced as "its chief", or chief of what has the person's family name."""
    if any(role.organisation == name.words[-1] for role in roles):
        return True
    if _ITS.match(text, name.range.end) is not None:
        return True
    return _ITS_BEFORE.search(text, max(0, name.start - _REACH), name.start) is not None
