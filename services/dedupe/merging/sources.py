"""Who speaks in an event: one name for a source in all its articles, and the country that it speaks for."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from services.contracts.article import UNNAMED_AGENCY, Article
from services.contracts.claim import ArticleName, AttributionLink, Speaker, SpeakerKind
from services.contracts.event import EventEntity
from services.dedupe.merging.countries import PLACE, Countries, NearCountries, bare
from services.dedupe.merging.reports import Report

_ORGANISATION = "organisation"
_OFFICE = re.compile(r"\b[A-Z]?\w+ [Mm]inist(?=er\b|ry\b)")


class Sources:
    """The sources of one event.

    Args:
        entities: People, organisations and places of the event with their forms.
        names: The names of its articles, each with the article's id.
        reports: All its claims.
        known: Which countries its articles name near whom, from the last time; brought up to date.
    """

    def __init__(
        self,
        entities: Sequence[EventEntity],
        names: Iterable[tuple[str, ArticleName]],
        reports: Sequence[Report],
        known: NearCountries | None = None,
    ) -> None:
        self._fullest = {
            (article_id, variant.surface): entity.name
            for entity in entities
            if entity.type != PLACE
            for variant in entity.variants
            for article_id in variant.article_ids
        }
        self._organisations: dict[str, list[str]] = defaultdict(list)
        for entity in entities:
            for variant in entity.variants if entity.type == _ORGANISATION else ():
                for article_id in variant.article_ids:
                    self._organisations[article_id].append(variant.surface)
        self._countries = Countries(name for _, name in names)
        self._known = NearCountries() if known is None else known
        self._known.begin(self._countries)
        self._told: dict[tuple[str | None, ...], str | None] = {}
        self._names: dict[tuple[str, str, SpeakerKind], str | None] = {}
        self._by_role = _people_by_role(reports, self)
        self._sides = _commonest({**self._near(reports), **self._told_sides(reports)})
        self._offices = self._sides_of_offices(reports)

    def told(self, report: Report, origin_id: str, before: Report | None = None) -> Report:
        """The report with its origin, its source and that source's side.

        Args:
            report: As its article tells it.
            origin_id: Of its text.
            before: What this answered before; it is answered again if nothing has changed.
        """
        speaker = report.claim.speaker
        source = self.name(report)
        side = None if speaker is None else self._side(report.article.article_id, speaker, source)
        chain = [(self._go_between(report.article.article_id, link.name), link.kind) for link in _named(report)]
        if speaker is not None and source is not None:
            chain.append((source, SpeakerKind.ORGANISATION if source == side else speaker.kind))
        links = tuple(dict.fromkeys(chain))
        told = origin_id, source, side, links
        is_known = before is not None and before.prepared is report.prepared
        if before is not None and is_known and (before.origin_id, before.source, before.side, before.chain) == told:
            return before
        return replace(report, origin_id=origin_id, source=source, side=side, chain=links)

    def name(self, report: Report) -> str | None:
        """Who says it, under the name that the whole event has for it; None: unknown, or nobody by name.

        A role ("the transport minister") stands for the only person of the event who has it.
        """
        speaker = report.claim.speaker
        if speaker is None:
            return None
        key = report.article.article_id, speaker.canonical, speaker.kind
        if key not in self._names:
            self._names[key] = self._name(*key)
        return self._names[key]

    def _name(self, article_id: str, canonical: str, kind: SpeakerKind) -> str | None:
        country = self._countries.named(canonical)
        if country is not None:
            return country
        if kind is SpeakerKind.UNNAMED:
            return self._by_role.get(_plain(canonical))
        return self.fullest(article_id, canonical)

    def fullest(self, article_id: str, name: str) -> str:
        """The event's fullest form of a name in one article; itself where the event does not list it."""
        return self._fullest.get((article_id, name)) or name

    def _go_between(self, article_id: str, name: str) -> str:
        """The organisation that a longer name shows ("the state agency KCNA"); else the name itself."""
        listed = self._organisations[article_id]
        known = [surface for surface in listed if surface in name and re.search(rf"\b{re.escape(surface)}\b", name)]
        return self.fullest(article_id, max(known, key=lambda surface: (len(surface), surface), default=name))

    def _side(self, article_id: str, speaker: Speaker, source: str | None) -> str | None:
        told = self._told_side(speaker)
        if told is not None or source is None or speaker.kind is SpeakerKind.UNNAMED:
            return told
        if speaker.kind is SpeakerKind.ORGANISATION and (office := _office(speaker.canonical)) is not None:
            return self._offices.get((article_id, office))
        return self._sides.get(source)

    def _told_side(self, speaker: Speaker) -> str | None:
        """The country that its name, role or organisation tells."""
        key = speaker.surface, speaker.role, speaker.canonical, speaker.organisation
        if key not in self._told:
            told = [self._countries.leading(part) for part in (speaker.surface, speaker.role) if part]
            told += [self._countries.first(part) for part in (speaker.canonical, speaker.organisation) if part]
            self._told[key] = next((country for country in told if country), None)
        return self._told[key]

    def _told_sides(self, reports: Sequence[Report]) -> dict[str, Counter[str]]:
        """By source how often its name, role or organisation tells which country."""
        counts: dict[str, Counter[str]] = defaultdict(Counter)
        for one in reports:
            speaker, source = one.claim.speaker, self.name(one)
            told = None if speaker is None else self._told_side(speaker)
            if source is not None and told is not None:
                counts[source][told] += 1
        return counts

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

    def _near(self, reports: Sequence[Report]) -> dict[str, Counter[str]]:
        """By source how often each country is named near it."""
        forms: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        articles: dict[str, Article] = {}
        by_name: dict[tuple[str, str], set[str]] = defaultdict(set)
        for (article_id, surface), name in self._fullest.items():
            by_name[article_id, name].add(surface)
        for one in reports:
            speaker = one.claim.speaker
            source = self.name(one)
            if speaker is None or source is None or speaker.kind is SpeakerKind.UNNAMED or not _is_name(source):
                continue
            article_id = one.article.article_id
            articles[article_id] = one.article
            forms[article_id][source] |= by_name[article_id, source] | {speaker.canonical}
        counts: dict[str, Counter[str]] = defaultdict(Counter)
        for article_id in sorted(forms):
            for name, near in self._known.of(article_id, articles[article_id].text, forms[article_id]).items():
                counts[name].update(near)
        return counts


def _office(name: str) -> str | None:
    """What a ministry and its minister have in common: "foreign minist" of "Vice Foreign Minister"; None: no such."""
    found = _OFFICE.search(name)
    return found.group().casefold() if found else None


def _named(report: Report) -> list[AttributionLink]:
    """The links of its chain that name somebody."""
    links = report.claim.attribution
    named = [link for link in links if link.kind is not SpeakerKind.UNNAMED and link.name != UNNAMED_AGENCY]
    return [link for link in named if _is_name(link.name)]


def _is_name(text: str) -> bool:
    """Whether it names somebody: "the statement" and "state media" are anybody's."""
    return any(letter.isupper() for letter in text)


def _people_by_role(reports: Sequence[Report], sources: Sources) -> dict[str, str]:
    """People by their role in plain words, those roles that only one person of the event has."""
    holders: dict[str, set[str]] = defaultdict(set)
    for one in reports:
        speaker = one.claim.speaker
        if speaker is not None and speaker.role and speaker.kind is SpeakerKind.PERSON:
            holders[_plain(speaker.role)].add(sources.fullest(one.article.article_id, speaker.canonical))
    return {role: next(iter(people)) for role, people in holders.items() if len(people) == 1}


def _commonest(counts: Mapping[str, Counter[str]]) -> dict[str, str]:
    """What was counted most often for each name; nothing where two were equally often."""
    ranked = {name: sorted(found.items(), key=lambda told: -told[1]) for name, found in counts.items()}
    return {
        name: found[0][0] for name, found in ranked.items() if found and (len(found) == 1 or found[0][1] > found[1][1])
    }


def _plain(text: str) -> str:
    return bare(text).casefold()
