"""Who speaks in an event: one name for a source in all its articles, and the country that it speaks for."""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files

from services.contracts.article import UNNAMED_AGENCY, Article
from services.contracts.claim import ArticleName, AttributionLink, Speaker, SpeakerKind
from services.contracts.event import EventEntity
from services.dedupe.merging.reports import Report

NEARBY_WORDS = 6
"""Words around a mention of somebody in which a country may be named that he speaks for."""
_PLACE, _ORGANISATION = "place", "organisation"
_JOINED = re.compile(r"\b(?:and|or)\b|,|&")
_OFFICE = re.compile(r"\b[A-Z]?\w+ [Mm]inist(?=er\b|ry\b)")
_ARTICLES = ("the", "a", "an")
_CODE = re.compile(r"[A-Z]{2}")
_WORD = re.compile(r"[^\W_]+")


class Sources:
    """The sources of one event.

    Args:
        entities: People, organisations and places of the event with their forms.
        names: The names of its articles, each with the article's id.
        reports: All its claims.
    """

    def __init__(
        self, entities: Sequence[EventEntity], names: Iterable[tuple[str, ArticleName]], reports: Sequence[Report]
    ) -> None:
        self._fullest = {
            (article_id, variant.surface): entity.name
            for entity in entities
            if entity.type != _PLACE
            for variant in entity.variants
            for article_id in variant.article_ids
        }
        self._organisations: dict[str, list[str]] = defaultdict(list)
        for entity in entities:
            for variant in entity.variants if entity.type == _ORGANISATION else ():
                for article_id in variant.article_ids:
                    self._organisations[article_id].append(variant.surface)
        self._countries = _Countries(name for _, name in names)
        self._by_role = _people_by_role(reports, self)
        self._near = self._mentions(reports)
        self._offices = self._sides_of_offices(reports)

    def told(self, report: Report) -> Report:
        """The report with its source and that source's side."""
        speaker = report.claim.speaker
        source = self.name(report)
        side = None if speaker is None else self._side(report.article.article_id, speaker, source)
        chain = [(self._go_between(report.article.article_id, link.name), link.kind) for link in _named(report)]
        if speaker is not None and source is not None:
            chain.append((source, SpeakerKind.ORGANISATION if source == side else speaker.kind))
        return replace(report, source=source, side=side, chain=tuple(dict.fromkeys(chain)))

    def name(self, report: Report) -> str | None:
        """Who says it, under the name that the whole event has for it; None: unknown, or nobody by name.

        A role ("the transport minister") stands for the only person of the event who has it.
        """
        speaker = report.claim.speaker
        if speaker is None:
            return None
        country = self._countries.named(speaker.canonical)
        if country is not None:
            return country
        if speaker.kind is SpeakerKind.UNNAMED:
            return self._by_role.get(_plain(speaker.canonical))
        return self.fullest(report.article.article_id, speaker.canonical)

    def fullest(self, article_id: str, name: str) -> str:
        """The event's fullest form of a name in one article; itself where the event does not list it."""
        return self._fullest.get((article_id, name)) or name

    def _go_between(self, article_id: str, name: str) -> str:
        """The organisation that a longer name shows ("the state agency KCNA"); else the name itself."""
        listed = self._organisations[article_id]
        known = [surface for surface in listed if re.search(rf"\b{re.escape(surface)}\b", name)]
        return self.fullest(article_id, max(known, key=lambda surface: (len(surface), surface), default=name))

    def _side(self, article_id: str, speaker: Speaker, source: str | None) -> str | None:
        told = [self._countries.leading(part) for part in (speaker.surface, speaker.role) if part]
        told += [self._countries.first(part) for part in (speaker.canonical, speaker.organisation) if part]
        found = next((country for country in told if country), None)
        if found is not None or source is None or speaker.kind is SpeakerKind.UNNAMED:
            return found
        if speaker.kind is SpeakerKind.ORGANISATION and (office := _office(speaker.canonical)) is not None:
            return self._offices.get((article_id, office))
        return self._near.get(source)

    def _sides_of_offices(self, reports: Sequence[Report]) -> dict[tuple[str, str], str]:
        """By article and office ("foreign minist") the side of the minister, where the article has only one such.

        Every country has a Foreign Ministry: which one an article means is told by its minister.
        """
        sides: dict[tuple[str, str], set[str]] = defaultdict(set)
        for one in reports:
            speaker = one.claim.speaker
            if speaker is None or speaker.kind is not SpeakerKind.PERSON or not speaker.role:
                continue
            office, side = _office(speaker.role), self._side(one.article.article_id, speaker, self.name(one))
            if office is not None and side is not None:
                sides[one.article.article_id, office].add(side)
        return {office: next(iter(found)) for office, found in sides.items() if len(found) == 1}

    def _mentions(self, reports: Sequence[Report]) -> dict[str, str]:
        """By source the country most often named near it, where one is named more often than any other."""
        forms: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        articles: dict[str, Article] = {}
        by_name: dict[tuple[str, str], set[str]] = defaultdict(set)
        for (article_id, surface), name in self._fullest.items():
            by_name[article_id, name].add(surface)
        for one in reports:
            speaker = one.claim.speaker
            source = self.name(one)
            if speaker is None or source is None or speaker.kind is SpeakerKind.UNNAMED:
                continue
            article_id = one.article.article_id
            articles[article_id] = one.article
            forms[article_id][source] |= by_name[article_id, source] | {speaker.canonical}
        counts: dict[str, Counter[str]] = defaultdict(Counter)
        for article_id in sorted(forms):
            for name, near in self._countries.near(articles[article_id].text, forms[article_id]).items():
                counts[name].update(near)
        return {name: country for name, found in counts.items() if (country := _commonest(found)) is not None}


class _Countries:
    """The countries that an event's articles name, by country, capital, other known place, or demonym."""

    def __init__(self, names: Iterable[ArticleName]) -> None:
        self._places: dict[str, str] = {}
        for name in names:
            code = name.key.split("/")[0]
            if name.type == _PLACE and _CODE.fullmatch(code):
                for surface in (name.name, *(form.surface for form in name.forms)):
                    self._places[_bare(surface)] = code
        self._codes = {**demonyms(), **self._places}
        longest_first = sorted(self._codes, key=lambda word: (-len(word), word))
        # As written: "US" is a country, "us" is not.
        self._pattern = re.compile(r"\b(?:" + "|".join(map(re.escape, longest_first)) + r")\b")

    def named(self, name: str) -> str | None:
        """The country whose name, or the name of whose capital or other place, this is: a state that speaks."""
        return self._places.get(_bare(name))

    def first(self, text: str) -> str | None:
        """The country named first in `text`; None if two are joined ("Ukraine and Western governments")."""
        found = self._pattern.search(text)
        if found is None or (_JOINED.search(text) and found.end() != text.find("'s")):
            return None
        return self._codes[found.group()]

    def leading(self, text: str) -> str | None:
        """The country that `text` begins with ("Russian President", but not "minister for Russian affairs")."""
        plain = _bare(text)
        found = self._pattern.match(plain)
        if found is None or _JOINED.match(plain, found.end() + 1):
            return None
        return self._codes[found.group()]

    def near(self, text: str, forms: Mapping[str, set[str]]) -> dict[str, Counter[str]]:
        """For each source how often each country is named within some words of one of its forms, not inside it."""
        number = {each.start(): at for at, each in enumerate(_WORD.finditer(text))}
        hits = [(number.get(each.start(), -1), self._codes[each.group()]) for each in self._pattern.finditer(text)]
        found: dict[str, Counter[str]] = defaultdict(Counter)
        for name in sorted(forms):
            alternatives = "|".join(map(re.escape, sorted(forms[name], key=lambda form: (-len(form), form))))
            for mention in re.finditer(rf"\b(?:{alternatives})\b", text):
                first = number.get(mention.start(), -1)
                last = first + len(_WORD.findall(mention.group())) - 1
                found[name].update(
                    code for at, code in hits if first - NEARBY_WORDS <= at < first or last < at <= last + NEARBY_WORDS
                )
        return found


@cache
def demonyms() -> Mapping[str, str]:
    """Country code by demonym ("Ukrainian"), as shipped. Read once."""
    data = json.loads((files("services.dedupe") / "data" / "demonyms.json").read_text(encoding="utf-8"))
    return {word.title(): country for country, words in data["demonyms"].items() for word in words}


def _office(name: str) -> str | None:
    """What a ministry and its minister have in common: "foreign minist" of "Vice Foreign Minister"; None: no such."""
    found = _OFFICE.search(name)
    return found.group().casefold() if found else None


def _named(report: Report) -> list[AttributionLink]:
    """The links of its chain that name somebody."""
    links = report.claim.attribution
    return [link for link in links if link.kind is not SpeakerKind.UNNAMED and link.name != UNNAMED_AGENCY]


def _people_by_role(reports: Sequence[Report], sources: Sources) -> dict[str, str]:
    """People by their role in plain words, those roles that only one person of the event has."""
    holders: dict[str, set[str]] = defaultdict(set)
    for one in reports:
        speaker = one.claim.speaker
        if speaker is not None and speaker.role and speaker.kind is SpeakerKind.PERSON:
            holders[_plain(speaker.role)].add(sources.fullest(one.article.article_id, speaker.canonical))
    return {role: next(iter(people)) for role, people in holders.items() if len(people) == 1}


def _commonest(counts: Counter[str]) -> str | None:
    ranked = sorted(counts.items(), key=lambda told: (-told[1], told[0]))
    if not ranked or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        return None
    return ranked[0][0]


def _plain(text: str) -> str:
    return _bare(text).casefold()


def _bare(text: str) -> str:
    """Without the article that it may begin with."""
    words = text.replace("\u2019", "'").split()
    return " ".join(words[1:] if words[:1] and words[0].casefold() in _ARTICLES else words)
