"""Resolves who speaks in an event: one name for a source in all articles, and the country that it speaks for."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from services.contracts.article import UNNAMED_AGENCY, Article
from services.contracts.claim import ArticleName, AttributionLink, Speaker, SpeakerKind
from services.contracts.event import EventEntity
from services.dedupe.merging.sources.attributed import Attributed
from services.dedupe.merging.sources.countries import PLACE, Countries, NearCountries, strip_leading_article

_ORGANISATION = "organisation"
_OFFICE = re.compile(r"\b[A-Z]?\w+ [Mm]inist(?=er\b|ry\b)")


@dataclass(frozen=True, slots=True)
class ResolvedSource:
    """Who says a claim, as the whole event knows them.

    Attributes:
        name: The source under one name for the whole event; None: unknown, or nobody by name.
        side: Country that it speaks for; None: unknown.
        chain: Named sources from the outlet to the speaker, each under one name for the whole event.
    """

    name: str | None
    side: str | None
    chain: tuple[tuple[str, SpeakerKind], ...]


class SourceResolver:
    """Resolves the sources of one event.

    Args:
        entities: People, organisations and places of the event with their forms.
        names: The names of its articles, each with the article's id.
        reports: All its claims.
        near_countries: Which countries its articles name near whom, from the last time; brought up to date.
    """

    def __init__(
        self,
        entities: Sequence[EventEntity],
        names: Iterable[tuple[str, ArticleName]],
        reports: Sequence[Attributed],
        near_countries: NearCountries | None = None,
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
        self._near_countries = NearCountries() if near_countries is None else near_countries
        self._near_countries.begin_view(self._countries)
        self._stated: dict[tuple[str | None, ...], str | None] = {}
        self._names: dict[tuple[str, str, SpeakerKind], str | None] = {}
        self._by_role = _find_people_by_role(reports, self)
        self._sides = _most_frequent_by_name(
            {**self._count_countries_nearby(reports), **self._count_stated_sides(reports)}
        )
        self._offices = self._find_sides_of_offices(reports)

    def resolve_source(self, report: Attributed) -> ResolvedSource:
        """Return the source of a claim, the side of that source, and the sources between it and the outlet."""
        speaker = report.claim.speaker
        source = self.find_source_name(report)
        side = None if speaker is None else self._find_side(report.article.article_id, speaker, source)
        chain = [
            (self._find_intermediary(report.article.article_id, link.name), link.kind)
            for link in _list_named_links(report)
        ]
        if speaker is not None and source is not None:
            chain.append((source, SpeakerKind.ORGANISATION if source == side else speaker.kind))
        return ResolvedSource(source, side, tuple(dict.fromkeys(chain)))

    def find_source_name(self, report: Attributed) -> str | None:
        """Return the source of a claim under its name for the whole event; None: unknown, or nobody by name.

        A role ("the transport minister") stands for the only person of the event who has it.
        """
        speaker = report.claim.speaker
        if speaker is None:
            return None
        key = report.article.article_id, speaker.canonical, speaker.kind
        if key not in self._names:
            self._names[key] = self._resolve_source_name(*key)
        return self._names[key]

    def _resolve_source_name(self, article_id: str, canonical_name: str, speaker_kind: SpeakerKind) -> str | None:
        country = self._countries.find_country_by_name(canonical_name)
        if country is not None:
            return country
        if speaker_kind is SpeakerKind.UNNAMED:
            return self._by_role.get(_normalise_role(canonical_name))
        return self.find_fullest_name(article_id, canonical_name)

    def find_fullest_name(self, article_id: str, name_form: str) -> str:
        """Return the event's fullest form of a name in one article; the name itself if the event does not list it."""
        return self._fullest.get((article_id, name_form)) or name_form

    def _find_intermediary(self, article_id: str, link_name: str) -> str:
        """The organisation that a longer name contains ("the state agency KCNA"); else the name itself."""
        listed = self._organisations[article_id]
        known = [
            surface for surface in listed if surface in link_name and re.search(rf"\b{re.escape(surface)}\b", link_name)
        ]
        return self.find_fullest_name(
            article_id, max(known, key=lambda surface: (len(surface), surface), default=link_name)
        )

    def _find_side(self, article_id: str, speaker: Speaker, source_name: str | None) -> str | None:
        stated = self._find_stated_side(speaker)
        if stated is not None or source_name is None or speaker.kind is SpeakerKind.UNNAMED:
            return stated
        if speaker.kind is SpeakerKind.ORGANISATION and (office := _find_office(speaker.canonical)) is not None:
            return self._offices.get((article_id, office))
        return self._sides.get(source_name)

    def _find_stated_side(self, speaker: Speaker) -> str | None:
        """The country that a speaker's name, role or organisation states."""
        key = speaker.surface, speaker.role, speaker.canonical, speaker.organisation
        if key not in self._stated:
            stated = [self._countries.find_leading_country(part) for part in (speaker.surface, speaker.role) if part]
            stated += [
                self._countries.find_first_country(part) for part in (speaker.canonical, speaker.organisation) if part
            ]
            self._stated[key] = next((country for country in stated if country), None)
        return self._stated[key]

    def _count_stated_sides(self, reports: Sequence[Attributed]) -> dict[str, Counter[str]]:
        """How often the name, role or organisation of each source states each country."""
        counts: dict[str, Counter[str]] = defaultdict(Counter)
        for one in reports:
            speaker, source = one.claim.speaker, self.find_source_name(one)
            stated = None if speaker is None else self._find_stated_side(speaker)
            if source is not None and stated is not None:
                counts[source][stated] += 1
        return counts

    def _find_sides_of_offices(self, reports: Sequence[Attributed]) -> dict[tuple[str, str], str]:
        """The side of the minister by article and office ("foreign minist"), where the article has only one such.

        Every country has a Foreign Ministry: its minister shows which one an article means.
        """
        sides: dict[tuple[str, str], set[str]] = defaultdict(set)
        for one in reports:
            speaker = one.claim.speaker
            if speaker is None or speaker.kind is not SpeakerKind.PERSON or not speaker.role:
                continue
            office, side = (
                _find_office(speaker.role),
                self._find_side(one.article.article_id, speaker, self.find_source_name(one)),
            )
            if office is not None and side is not None:
                sides[one.article.article_id, office].add(side)
        return {office: next(iter(named)) for office, named in sides.items() if len(named) == 1}

    def _count_countries_nearby(self, reports: Sequence[Attributed]) -> dict[str, Counter[str]]:
        """How often each country is named near each source."""
        forms: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        articles: dict[str, Article] = {}
        by_name: dict[tuple[str, str], set[str]] = defaultdict(set)
        for (article_id, surface), name in self._fullest.items():
            by_name[article_id, name].add(surface)
        for one in reports:
            speaker = one.claim.speaker
            source = self.find_source_name(one)
            if speaker is None or source is None or speaker.kind is SpeakerKind.UNNAMED or not _is_name(source):
                continue
            article_id = one.article.article_id
            articles[article_id] = one.article
            forms[article_id][source] |= by_name[article_id, source] | {speaker.canonical}
        counts: dict[str, Counter[str]] = defaultdict(Counter)
        for article_id in sorted(forms):
            counts_near = self._near_countries.count_countries_near(
                article_id, articles[article_id].text, forms[article_id]
            )
            for name, near in counts_near.items():
                counts[name].update(near)
        return counts


def _find_office(name: str) -> str | None:
    """What a ministry and its minister have in common: "foreign minist" of "Vice Foreign Minister"; None: nothing."""
    office = _OFFICE.search(name)
    return office.group().casefold() if office else None


def _list_named_links(report: Attributed) -> list[AttributionLink]:
    """The links of a claim's chain that name somebody."""
    links = report.claim.attribution
    named = [link for link in links if link.kind is not SpeakerKind.UNNAMED and link.name != UNNAMED_AGENCY]
    return [link for link in named if _is_name(link.name)]


def _is_name(text: str) -> bool:
    """Whether a text names somebody; "the statement" and "state media" do not."""
    return any(letter.isupper() for letter in text)


def _find_people_by_role(reports: Sequence[Attributed], sources: SourceResolver) -> dict[str, str]:
    """People by role, for roles that only one person of the event has."""
    holders: dict[str, set[str]] = defaultdict(set)
    for one in reports:
        speaker = one.claim.speaker
        if speaker is not None and speaker.role and speaker.kind is SpeakerKind.PERSON:
            holders[_normalise_role(speaker.role)].add(
                sources.find_fullest_name(one.article.article_id, speaker.canonical)
            )
    return {role: next(iter(people)) for role, people in holders.items() if len(people) == 1}


def _most_frequent_by_name(counts_by_name: Mapping[str, Counter[str]]) -> dict[str, str]:
    """What was counted most often for each name; nothing where two are equally frequent."""
    ranked = {name: sorted(counted.items(), key=lambda item: -item[1]) for name, counted in counts_by_name.items()}
    return {name: best[0][0] for name, best in ranked.items() if best and (len(best) == 1 or best[0][1] > best[1][1])}


def _normalise_role(text: str) -> str:
    return strip_leading_article(text).casefold()
