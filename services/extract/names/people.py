"""The people and bodies of one article: their fullest names, roles, and what is known of each."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from services.contracts.claim import NameLink, SpeakerKind
from services.extract.names.explanations import explained
from services.extract.names.gazetteer import load_gazetteer
from services.extract.names.linking import Linker
from services.extract.names.names import Name
from services.extract.names.roles import Role, role_after, role_before
from services.extract.text.grammar import INSTITUTIONS
from services.extract.text.lexicon import Lexicon
from services.language.tokens import Token

_BELONGS_TO_A_PERSON = re.compile(r" (?:administration|campaign|presidency|era|team|family|regime|transition|camp)\b")
"""Nouns before which "the" does not belong to the name: "the Reyl campaign"."""
MAX_ROLES = 50
"""Of one name; whoever has more is no person but a pattern."""
_ACRONYM_LETTERS = range(2, 7)
_FULL_NAME_WORDS = range(2, 5)
_NAMED_AFTER = frozenset((
    "act", "airport", "amendment", "avenue", "award", "awards", "bay", "beach", "bill", "bridge", "building",
    "campaign", "canal", "cathedral", "center", "centre", "city", "college", "county", "cup", "day", "doctrine",
    "drive", "field", "hall", "high", "highway", "hotel", "island", "islands", "lake", "law", "library", "memorial",
    "mountain", "park", "peninsula", "plaza", "prize", "report", "river", "road", "show", "square", "stadium",
    "strait", "street", "theater", "theatre", "tower", "valley",
))  # fmt: skip
"""Last words of what bears a person's name."""
_ACRONYMS = frozenset(("un", "eu", "cia", "fbi", "gop", "kgb", "nsa", "nato"))


@dataclass(frozen=True)
class Mention:
    """A name in the text and whom it means."""

    name: Name
    canonical: str
    sentence: int
    surface: str = ""
    """The name as written, white space squeezed."""
    link: NameLink = NameLink.SAME
    """How the name is known to be short for, or the same as, the canonical form."""


@dataclass(frozen=True)
class Entity:
    """A named person or body."""

    canonical: str
    kind: SpeakerKind | None
    """None: the article does not tell."""
    roles: tuple[Role, ...]
    feminine: bool | None
    """None: the article's titles do not tell."""


@dataclass(frozen=True)
class Entities:
    """All mentions in text order, and who is behind them."""

    mentions: tuple[Mention, ...]
    by_name: Mapping[str, Entity]

    def of(self, mention: Mention) -> Entity:
        """Who is meant."""
        return self.by_name[mention.canonical]


def read_entities(
    text: str,
    sentences: Sequence[Sequence[Token]],
    names: Sequence[Sequence[Name]],
    lexicon: Lexicon,
) -> Entities:
    """Join the names of all sentences into people and bodies, each under the fullest form of its name."""
    flat = [(name, number) for number, found in enumerate(names) for name in found]
    ordered = [name for name, _ in flat]
    linker = Linker(ordered, explained(text, ordered), lexicon, load_gazetteer())
    written = {name.words: " ".join(name.range.of(text).split()) for name in reversed(ordered)}
    links = [linker.link(name) for name in ordered]
    mentions = tuple(
        Mention(name, written[linked.fullest], number, " ".join(name.range.of(text).split()), linked.link)
        for (name, number), linked in zip(flat, links, strict=True)
    )
    roles: dict[str, list[Role]] = {}
    for mention in mentions:
        tokens = sentences[mention.sentence]
        found = roles.setdefault(mention.canonical, [])
        found.extend(
            role
            for role in (
                _title_role(text, mention.name),
                role_before(text, tokens, mention.name, lexicon),
                role_after(text, tokens, mention.name, names[mention.sentence], lexicon),
            )
            if role is not None
        )
    bodies = {mention.canonical for mention in mentions if _is_body(text, mention, lexicon)}
    by_name = {key: _entity(key, _distinct(found), key in bodies, lexicon) for key, found in roles.items()}
    return Entities(mentions, by_name)


def _distinct(roles: Sequence[Role]) -> tuple[Role, ...]:
    """The first role of each wording."""
    first: dict[tuple[str, str | None], Role] = {}
    for role in roles:
        first.setdefault((role.text, role.organisation), role)
    return tuple(islice(first.values(), MAX_ROLES))


def _is_body(text: str, mention: Mention, lexicon: Lexicon) -> bool:
    """Whether "the", or a word like "company", before the name says that it is not a person's."""
    name = mention.name
    if name.title is not None:
        return False
    bears_the = name.after_the and _BELONGS_TO_A_PERSON.match(text, name.range.end) is None
    return bears_the or name.before in lexicon.organisation_nouns


def _title_role(text: str, name: Name) -> Role | None:
    return Role(name.title.of(text), None, name.title) if name.title else None


def _entity(canonical: str, roles: tuple[Role, ...], is_body: bool, lexicon: Lexicon) -> Entity:
    return Entity(canonical, _kind(canonical, roles, is_body, lexicon), roles, _gender(roles, lexicon))


def _kind(canonical: str, roles: tuple[Role, ...], is_body: bool, lexicon: Lexicon) -> SpeakerKind | None:
    words = canonical.split()
    lower = canonical.lower()
    if lower.rstrip(".") in lexicon.country_phrases or lower in lexicon.countries:
        return SpeakerKind.ORGANISATION
    titled = any(role.organisation is None and role.text[0].isupper() for role in roles)
    if _names_a_body(words[-1], lexicon) and not titled:
        return SpeakerKind.ORGANISATION
    if roles or _has_given_name(words, lexicon):
        return SpeakerKind.PERSON
    if any(_names_a_body(word, lexicon) for word in words) or is_body:
        return SpeakerKind.ORGANISATION
    acronym = len(words) == 1 and canonical.isupper() and len(canonical) in _ACRONYM_LETTERS
    return SpeakerKind.ORGANISATION if acronym else None


def _names_a_body(word: str, lexicon: Lexicon) -> bool:
    """Whether a word of a name says that a body bears it; acronyms only in capitals: "Kim Jong Un" is a person."""
    lower = word.lower()
    return lower in lexicon.name_organisation_words and (word.isupper() or lower not in _ACRONYMS)


def _has_given_name(words: Sequence[str], lexicon: Lexicon) -> bool:
    """Whether a name of two to four words starts with a person's first name and ends in no word for something else."""
    if len(words) not in _FULL_NAME_WORDS or words[0].lower() not in lexicon.given_names:
        return False
    return not any(word.lower() in _NAMED_AFTER or word.lower() in INSTITUTIONS or word == "of" for word in words[1:])


def _gender(roles: tuple[Role, ...], lexicon: Lexicon) -> bool | None:
    words = {word.strip(".").lower() for role in roles for word in role.text.split()}
    feminine, masculine = bool(words & lexicon.feminine), bool(words & lexicon.masculine)
    return None if feminine == masculine else feminine
