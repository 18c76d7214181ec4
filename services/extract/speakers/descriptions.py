"""Whom a description means: "the minister", "the Ukrainian leader"."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from services.contracts.claim import SpeakerKind
from services.extract.names.name_words import OFFICES
from services.extract.names.people import Entities, Entity, Mention
from services.extract.names.roles import Role
from services.extract.speakers.like_offices import holder_of
from services.extract.speakers.offices import NEAR_SENTENCES, Holders, is_national, may_be_meant
from services.extract.vocabulary.grammar import POSTPONED
from services.language.places import load_gazetteer
from services.language.ranges import Range

ROLE_REACH_SENTENCES = 60
"""How far back "the minister" may point, and how far ahead if nobody before it is one."""
TOPIC_REACH_SENTENCES = 2
"""Who opens one of so many last sentences is "the governor" before one who is named more often, but further back."""
_LEADING = frozenset((
    "president", "premier", "chancellor", "ruler", "king", "queen", "dictator", "leader", "emir", "sultan", "taoiseach",
    "prime",
))  # fmt: skip
"""Words for the roles of whoever "the leader" of a country is."""
_VAGUE = frozenset(("leader", "official", "aide", "source"))
"""Nouns that fit too many to mean who is only named later."""
_ABBREVIATED = {"senator": "sen", "governor": "gov", "representative": "rep", "congressman": "rep", "general": "gen"}
_PARTIES = (frozenset(("democratic", "democrat")), frozenset(("republican", "gop")))
_APART = frozenset(("one", "only", "other", "lone", "sole", "next"))
"""Of "the one senator to vote for it", "the next president": somebody else than who is known to be that."""
_HELD = _LEADING | frozenset((
    "senator", "sen", "governor", "gov", "representative", "rep", "congressman", "congresswoman", "secretary", "mayor",
    "speaker", "justice", "ambassador", "minister", "general", "lawmaker", "legislator",
))  # fmt: skip
"""Offices of which somebody holds one at a time."""
_PORTFOLIOS = OFFICES | {"prime", "attorney", "press", "inspector", "solicitor", "surgeon", "postmaster"}
_PAST = frozenset(("former", "ex", "then", "late", "ousted", "deposed"))
_DEPUTY = frozenset(("vice", "deputy", "assistant"))
_WORD = re.compile(r"[\w'-]+")


@dataclass
class Descriptions:
    """The people and bodies of an article, to be asked for by role. One per article."""

    entities: Entities
    by_sentence: Mapping[int, Sequence[Mention]]
    starts: Mapping[int, int] = field(default_factory=dict)
    """Where each sentence starts."""
    _counts: Counter[str] = field(default_factory=Counter)
    """How often each name stands in the article."""
    _countries: dict[str, frozenset[str]] = field(default_factory=dict)
    _offices: dict[str, Holders] = field(default_factory=dict)
    """Who holds each office, with its countries."""

    def by_role(self, phrase: str, noun: str, source: Range, sentence: int) -> Entity | None:
        """Whom "the Ukrainian leader" means: the one mentioned last before it with such a role, else the one after it.

        Beside "the president" alone, who is named once only gives way to who is named more often.
        `phrase`: without its article, in lower case; `noun`: its head. After it, only who alone has the role in full.
        """
        if not POSTPONED.isdisjoint(phrase.split()):  # "the president of the council": who is called so
            near = range(sentence - ROLE_REACH_SENTENCES, sentence + ROLE_REACH_SENTENCES)
            return self._alone(phrase, near, source) or self._in_other_words(phrase, near, source, sentence)
        if not _APART.isdisjoint(phrase.split()):
            return None
        wanted = self._wanted(noun)
        country = self._country(phrase)
        allowed = self._may_be_meant(noun, phrase, source, sentence)
        first: Entity | None = None
        is_topic = False
        for number in range(sentence, max(-1, sentence - ROLE_REACH_SENTENCES), -1):
            for mention in reversed(self.by_sentence.get(number, ())):
                entity = self.entities.of(mention)
                before = mention.name.range.start < source.start and entity.canonical in allowed
                if before and self._has(entity, wanted, country, phrase):
                    first = entity if first is None else first
                    if phrase != noun or self._is_prominent(entity):
                        return entity
                    is_topic = is_topic or self._is_topic(mention, sentence)
            if is_topic and number <= sentence - TOPIC_REACH_SENTENCES:
                break
        if first is not None:
            return first
        if noun in _VAGUE or not allowed:
            return None
        return self._alone(phrase, range(sentence, sentence + ROLE_REACH_SENTENCES), source)

    def may_be_called(self, entity: Entity, phrase: str, noun: str, *, often: bool) -> bool:
        """Whether nothing that somebody is known to be speaks against a description: no other office, party, country.

        Of who "the Ostmark senator" is, the article does not tell that he is one. `often`: whether it must be a person
        who is named more than once; else a full name of unknown kind will do.
        """
        may_be_a_person = entity.kind is SpeakerKind.PERSON or (entity.kind is None and " " in entity.canonical)
        if not may_be_a_person or (often and (entity.kind is None or not self._is_prominent(entity))):
            return False
        country = self._country(phrase)
        wanted = frozenset((noun,)) if "opposition" in phrase.split() else self._wanted(noun)
        past = not _PAST.isdisjoint(phrase.split())
        for role in entity.roles:
            words = _words(role)
            if _other_party(phrase, words) or _other_country(country, self._country_of(role)):
                return False
            if not past and not role.is_past and noun in _HELD and words & _HELD and not words & wanted:
                return False
        return True

    def _may_be_meant(self, noun: str, phrase: str, source: Range, sentence: int) -> Collection[str]:
        """Of whom the words may be said: of anybody who holds the office where these name a country, or no office."""
        if self._country(phrase) or not is_national(noun):
            return self.entities.by_name
        if not _PAST.isdisjoint(phrase.split()):
            wanted = self._wanted(noun)
            past = [
                name
                for name, entity in self.entities.by_name.items()
                if any(role.is_past and _is_held(role, wanted, phrase) for role in entity.roles)
            ]
            return past or self.entities.by_name
        if noun not in self._offices:
            wanted = self._wanted(noun)
            self._offices[noun] = {
                name: countries
                for name, entity in self.entities.by_name.items()
                if (countries := self._countries_held(entity, wanted, phrase)) is not None
            }
        near = [
            {mention.canonical for mention in self.by_sentence.get(number, ()) if mention.name.start < source.start}
            for number in range(sentence, sentence - NEAR_SENTENCES - 1, -1)
        ]
        return may_be_meant(noun, self._offices[noun], self._counted(), near)

    def _countries_held(self, entity: Entity, wanted: frozenset[str], phrase: str) -> frozenset[str] | None:
        """The countries in which somebody holds an office, none where it is told without; None if they do not."""
        held = [role for role in entity.roles if _is_held(role, wanted, phrase)]
        if not held:
            return None
        return frozenset[str]().union(*map(self._country_of, held))

    def _is_topic(self, mention: Mention, sentence: int) -> bool:
        """Whether somebody opens one of the last sentences: then "the governor" is no one named far before."""
        near = sentence - TOPIC_REACH_SENTENCES <= mention.sentence < sentence
        return near and self.starts.get(mention.sentence) == mention.name.start

    def _is_prominent(self, entity: Entity) -> bool:
        """Whether somebody is named more than once: who is not is the less likely to be "the president" of a text."""
        return self._counted()[entity.canonical] > 1

    def _counted(self) -> Counter[str]:
        if not self._counts:
            self._counts.update(mention.canonical for mention in self.entities.mentions)
        return self._counts

    def _alone(self, phrase: str, sentences: Iterable[int], source: Range) -> Entity | None:
        """The only one outside `source` whose role has the whole phrase."""
        mentions = (mention for number in sentences for mention in self.by_sentence.get(number, ()))
        holders = {
            mention.canonical: self.entities.of(mention)
            for mention in mentions
            if not source.holds(mention.name.range) and _is_called(self.entities.of(mention), phrase)
        }
        return next(iter(holders.values())) if len(holders) == 1 else None

    def _in_other_words(self, phrase: str, near: Iterable[int], source: Range, sentence: int) -> Entity | None:
        """Who holds an office that the description at `source` tells without a name; None where it may be several."""
        if any(source.holds(mention.name.range) for mention in self.by_sentence.get(sentence, ())):
            return None
        mentions = (mention for number in near for mention in self.by_sentence.get(number, ()))
        return holder_of(phrase, (self.entities.of(mention) for mention in mentions))

    def _wanted(self, noun: str) -> frozenset[str]:
        if noun == "leader":
            return _LEADING
        return frozenset((noun, _ABBREVIATED.get(noun, noun)))

    def _has(self, entity: Entity, wanted: frozenset[str], country: frozenset[str], phrase: str) -> bool:
        if entity.kind is SpeakerKind.ORGANISATION:
            return False
        for role in entity.roles:
            if _is_held(role, wanted, phrase) and not _other_country(country, self._country_of(role)):
                # "The leader" of nowhere may lead anything.
                return wanted is not _LEADING or bool(country & self._country_of(role)) or "leader" in _words(role)
        return False

    def _country_of(self, role: Role) -> frozenset[str]:
        return self._country(f"{role.text} {role.organisation or ''}".lower())

    def _country(self, phrase: str) -> frozenset[str]:
        if phrase not in self._countries:
            self._countries[phrase] = frozenset(_countries(phrase))
        return self._countries[phrase]


def _is_called(entity: Entity, phrase: str) -> bool:
    return any(f" {phrase} " in f" {role.text.lower()} " for role in entity.roles)


def _is_held(role: Role, wanted: frozenset[str], phrase: str) -> bool:
    """Whether a role is the office that a description names, and not that of another party, rank or portfolio."""
    words = _words(role)
    if _other_party(phrase, words) or _other_rank(phrase, words) or _other_office(phrase, words):
        return False
    return bool(words & wanted) and not (role.is_past and _PAST.isdisjoint(phrase.split()))


def _words(role: Role) -> set[str]:
    return {word.strip(".") for word in role.text.lower().replace("vice-", "vice ").split()}


def _other_party(phrase: str, words: set[str]) -> bool:
    described = set(phrase.split())
    return any(party & described and other & words and not party & words for party, other in (_PARTIES, _PARTIES[::-1]))


def _other_rank(phrase: str, words: set[str]) -> bool:
    """Whether one of the two is a deputy: the vice president is no president."""
    return bool(_DEPUTY.intersection(phrase.split())) != bool(_DEPUTY & words)


def _other_office(phrase: str, words: set[str]) -> bool:
    """Whether each is the minister of something else: the health minister is no prime minister."""
    held = {word.removesuffix("'s") for word in phrase.split()}
    one, other = held & _PORTFOLIOS, words & _PORTFOLIOS
    return bool(one) and bool(other) and not one & other


def _other_country(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one) and bool(other) and not one & other


def _countries(phrase: str) -> Iterable[str]:
    """Codes of the countries that a phrase names or that its demonyms tell of."""
    words = [word.removesuffix("'s") for word in _WORD.findall(phrase)]
    gazetteer = load_gazetteer()
    at = 0
    while at < len(words):
        for size in (2, 1):
            written = " ".join(words[at : at + size])
            country = gazetteer.country_of(written)
            if country is not None:
                yield country
                at += size - 1
                break
        at += 1
