"""The people and bodies of one article: their fullest names, roles, and what is known of each."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from services.contracts.claim import SpeakerKind
from services.extract.names.names import Name
from services.extract.names.roles import Role, role_after, role_before
from services.extract.text.grammar import INSTITUTIONS
from services.extract.text.lexicon import Lexicon
from services.extract.text.tokens import Token

_ACRONYM_LETTERS = range(2, 7)


@dataclass(frozen=True)
class Mention:
    """A name in the text and whom it means."""

    name: Name
    canonical: str
    sentence: int


@dataclass(frozen=True)
class Being:
    """A named person or body."""

    canonical: str
    kind: SpeakerKind | None
    """None: the article does not tell."""
    roles: tuple[Role, ...]
    feminine: bool | None
    """None: the article's titles do not tell."""


@dataclass(frozen=True)
class Cast:
    """All mentions in text order, and who is behind them."""

    mentions: tuple[Mention, ...]
    beings: Mapping[str, Being]

    def of(self, mention: Mention) -> Being:
        """Who is meant."""
        return self.beings[mention.canonical]


def read_cast(
    text: str,
    sentences: Sequence[Sequence[Token]],
    names: Sequence[Sequence[Name]],
    lexicon: Lexicon,
) -> Cast:
    """Join the names of all sentences into people and bodies, each under the fullest form of its name."""
    flat = [(name, number) for number, found in enumerate(names) for name in found]
    fullest = _fullest([name.words for name, _ in flat], lexicon)
    written = {name.words: " ".join(name.range.of(text).split()) for name, _ in reversed(flat)}
    mentions = tuple(Mention(name, written[fullest[name.words]], number) for name, number in flat)
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
    bodies = {mention.canonical for mention in mentions if _is_body(mention, lexicon)}
    beings = {key: _being(key, tuple(found), key in bodies, lexicon) for key, found in roles.items()}
    return Cast(mentions, beings)


def _is_body(mention: Mention, lexicon: Lexicon) -> bool:
    """Whether "the", or a word like "company", before the name says that it is not a person's."""
    name = mention.name
    return name.title is None and (name.after_the or name.before in lexicon.organisation_nouns)


def _title_role(text: str, name: Name) -> Role | None:
    return Role(name.title.of(text), None, name.title) if name.title else None


def _fullest(spelt: Sequence[tuple[str, ...]], lexicon: Lexicon) -> dict[tuple[str, ...], tuple[str, ...]]:
    """For each name the longest name that it begins or ends; of several the one named most, then first."""
    counts = Counter(spelt)
    first = {words: position for position, words in reversed(list(enumerate(spelt)))}
    by_end: dict[str, list[tuple[str, ...]]] = {}
    for words in counts:
        if len(words) > 1:
            by_end.setdefault(words[-1], []).append(words)
            by_end.setdefault(words[0], []).append(words)
    fullest = {}
    for words in counts:
        key = " ".join(words).lower()
        candidates = [] if key in lexicon.countries or key in lexicon.country_phrases else _fuller(words, by_end)
        if len(words) == 1 and words[0].isupper():
            candidates = [longer for longer in counts if len(longer) > 1 and _initials(longer) == words[0]]
        best = min(candidates, key=lambda fuller: (-counts[fuller], first[fuller]), default=words)
        fullest[words] = best
    return fullest


def _initials(words: tuple[str, ...]) -> str:
    return "".join(word[0] for word in words if word[0].isupper())


def _fuller(words: tuple[str, ...], by_end: Mapping[str, list[tuple[str, ...]]]) -> list[tuple[str, ...]]:
    size = len(words)
    near = [*by_end.get(words[-1], ()), *by_end.get(words[0], ())][:50]
    return [longer for longer in near if len(longer) > size and _is_short_for(words, longer)]


def _is_short_for(words: tuple[str, ...], longer: tuple[str, ...]) -> bool:
    """Whether the one name may stand for the other: not the place in "Bank of Taverra" or "Taverra Labour Congress"."""
    size = len(words)
    if words == longer[-size:]:
        return longer[-size - 1].lower() not in ("of", "for")
    return words == longer[:size] and longer[-1].lower() not in INSTITUTIONS and not words[0].isupper()


def _being(canonical: str, roles: tuple[Role, ...], is_body: bool, lexicon: Lexicon) -> Being:
    return Being(canonical, _kind(canonical, roles, is_body, lexicon), roles, _gender(roles, lexicon))


def _kind(canonical: str, roles: tuple[Role, ...], is_body: bool, lexicon: Lexicon) -> SpeakerKind | None:
    words = canonical.split()
    lower = canonical.lower()
    if lower.rstrip(".") in lexicon.country_phrases or lower in lexicon.countries:
        return SpeakerKind.ORGANISATION
    titled = any(role.organisation is None and role.text[0].isupper() for role in roles)
    if words[-1].lower() in lexicon.name_organisation_words and not titled:
        return SpeakerKind.ORGANISATION
    if roles:
        return SpeakerKind.PERSON
    if any(word.lower() in lexicon.name_organisation_words for word in words) or is_body:
        return SpeakerKind.ORGANISATION
    acronym = len(words) == 1 and canonical.isupper() and len(canonical) in _ACRONYM_LETTERS
    return SpeakerKind.ORGANISATION if acronym else None


def _gender(roles: tuple[Role, ...], lexicon: Lexicon) -> bool | None:
    words = {word.strip(".").lower() for role in roles for word in role.text.split()}
    feminine, masculine = bool(words & lexicon.feminine), bool(words & lexicon.masculine)
    return None if feminine == masculine else feminine
