"""The names of an article as readers get them: what each names, and all its forms."""

from collections.abc import Sequence

from services.contracts.base import trusted
from services.contracts.claim import ArticleName, NameForm, SpeakerKind
from services.extract.names.first_names import load_first_names
from services.extract.names.name_forms import is_acronym
from services.extract.names.people import Entities, Mention
from services.language.places import load_gazetteer
from services.language.spelling import spelling_key

MAX_NAMES = 200
"""An article with more is a list; the first so many are kept."""
PERSON, ORGANISATION, PLACE, UNKNOWN = "person", "organisation", "place", "unknown"
_KINDS = {SpeakerKind.PERSON: PERSON, SpeakerKind.ORGANISATION: ORGANISATION}
_PLACE_WORDS = frozenset((
    "airport", "avenue", "bay", "beach", "bridge", "canal", "city", "coast", "county", "district", "falls", "forest",
    "gulf", "harbor", "harbour", "hill", "hills", "island", "islands", "lake", "mountain", "mountains", "ocean", "park",
    "peninsula", "plaza", "province", "region", "river", "road", "sea", "square", "strait", "street", "tower", "valley",
    "village",
))  # fmt: skip
_NO_NAMES = frozenset((
    "north", "south", "east", "west", "northern", "southern", "eastern", "western", "republican", "democratic",
    "christian", "christians", "muslim", "muslims", "jew", "jews", "jewish", "catholic", "catholics", "latino",
    "latinos", "hispanic", "hispanics", "african-american", "african-americans", "native american",
    "native americans", "asian", "arab", "arabs", "european", "europeans", "western", "kurdish", "islamic",
))  # fmt: skip
"""What people and things are, not what they are called."""
_NAME_WORDS = range(2, 5)


class Types:
    """What the names of one article name."""

    def __init__(self, entities: Entities) -> None:
        """Judges each name by all its mentions."""
        self._entities = entities
        self._alone = {
            (mention.canonical, mention.name.words[0]) for mention in entities.mentions if len(mention.name.words) == 1
        }
        """Names with the single words that stand for them."""
        self._known: dict[str, str | None] = {}

    def of(self, mention: Mention) -> str | None:
        """Kind of thing that is named; None for words such as "North Korean", which name nothing by themselves."""
        if mention.canonical not in self._known:
            self._known[mention.canonical] = self._type(mention.canonical)
        return self._known[mention.canonical]

    def _type(self, canonical: str) -> str | None:
        gazetteer = load_gazetteer()
        entity = self._entities.by_name[canonical]
        if gazetteer.is_demonym(canonical) or _names_nothing(canonical):
            return None
        titled = any(role.is_title or (role.organisation is None and role.text[0].isupper()) for role in entity.roles)
        if gazetteer.place_of(canonical) is not None and not titled:
            return PLACE
        words = canonical.split()
        if words[-1].lower() in _PLACE_WORDS and len(words) > 1 and entity.kind is not SpeakerKind.PERSON:
            return PLACE
        if entity.kind is not None:
            return _KINDS[entity.kind]
        if is_acronym(tuple(words)):
            return ORGANISATION
        called_by_surname = len(words) in _NAME_WORDS and (canonical, words[-1]) in self._alone
        return PERSON if called_by_surname else UNKNOWN


def article_names(entities: Entities, types: Types) -> tuple[ArticleName, ...]:
    """People, organisations and places of an article in order of first mention, each with the forms it goes by."""
    groups: dict[str, list[Mention]] = {}
    for mention in entities.mentions:
        if types.of(mention) is not None:
            groups.setdefault(mention.canonical, []).append(mention)
    return tuple(
        _article_name(canonical, types.of(mentions[0]) or UNKNOWN, mentions)
        for canonical, mentions in list(groups.items())[:MAX_NAMES]
    )


def _article_name(canonical: str, kind: str, mentions: Sequence[Mention]) -> ArticleName:
    key = person_key(canonical) if kind == PERSON else name_key(canonical)
    return ArticleName(name=canonical, type=kind, key=key, forms=_forms(mentions))


def _names_nothing(canonical: str) -> bool:
    return len(canonical) == 1 or canonical.lower() in _NO_NAMES


def name_key(canonical: str) -> str:
    """What two spellings of one name, or two names of one known place, share."""
    return load_gazetteer().place_of(canonical) or spelling_key(tuple(canonical.split()))


def person_key(canonical: str) -> str:
    """What "Mike Brun" and "Michael Brun" share."""
    words = canonical.split()
    first = load_first_names().full_form(words[0]) if len(words) > 1 else words[0]
    return spelling_key((first, *words[1:]))


def _forms(mentions: Sequence[Mention]) -> tuple[NameForm, ...]:
    first: dict[str, Mention] = {}
    counts: dict[str, int] = {}
    for mention in mentions:
        surface = mention.surface
        first.setdefault(surface, mention)
        counts[surface] = counts.get(surface, 0) + 1
    return tuple(
        trusted(
            NameForm,
            {
                "surface": surface,
                "span": mention.name.range.to_span(),
                "mentions": counts[surface],
                "link": mention.link,
            },
        )
        for surface, mention in first.items()
    )
