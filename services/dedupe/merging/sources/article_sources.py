"""The sources of one article as its event knows them, and what the article in turn shows of them to the event."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from services.contracts.claim import SpeakerKind
from services.dedupe.merging.digests import digest
from services.dedupe.merging.sources.article_speakers import ArticleSpeaker, ArticleSpeakers, is_name
from services.dedupe.merging.sources.countries import Countries
from services.dedupe.merging.sources.entities import EventEntities
from services.dedupe.merging.sources.event_names import ORGANISATION, PLACE
from services.dedupe.merging.sources.roles import (
    describe_body,
    drop_owner,
    find_owner_of_body,
    group_roles_by_name,
    is_last_name_of,
    list_descriptions,
    list_roles,
    normalise_role,
)
from services.dedupe.merging.sources.spokespeople import find_body, find_full_name
from services.dedupe.merging.sources.value_counts import Counted

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


class ArticleSources:
    """The sources of one article.

    What is resolved builds on each other over all articles, so it is done step by step for all that have changed:
    names and countries first, then people by their roles, then the sides of sources, then the sources of claims.

    Attributes:
        spoken: The article's speakers.
        holders: Roles with the people who have them, 1 each.
        roles: Roles of speakers without a name, and of those with a last name alone.
        sources: The name of each speaker's source in the event.
        stated_sides: Claims by source and the country that the speaker's name, role or organisation states.
        near_sides: How often countries are named near sources, by both.
        resolved: The source of each claim.
    """

    def __init__(self, spoken: ArticleSpeakers) -> None:
        """Set up, with nothing resolved."""
        self.spoken = spoken
        self._roles_by_name = group_roles_by_name(spoken.speakers)
        self.roles = set(list_roles(spoken.speakers)).union(*self._roles_by_name.values())
        self.holders: Counted = {}
        self.sources: list[str | None] = []
        self.stated_sides: Counted = {}
        self.near_sides: Counted = {}
        self.resolved: list[ResolvedSource] = []
        self._names: dict[str, str] = {}
        """The event's name for each form that stands for anything but a place."""
        self._countries_of: list[str | None] = []
        """The country that each speaker is."""
        self._stated: list[str | None] = []
        """The country that each speaker states to speak for."""
        self._forms = b""
        """A digest of the forms by which `near_sides` was counted; empty: countries are others since."""

    def update_names(self, keys: Iterable[str], entities: EventEntities) -> bool:
        """Look up some names of the article again; return whether its sources, or what it shows of them, may change.

        Args:
            keys: Keys of the names.
            entities: The entities of the event.
        """
        concerned = False
        surfaces_by_key = self.spoken.surfaces_by_key
        for surface in {surface for key in keys for surface in surfaces_by_key.get(key, ())}:
            before = self._names.pop(surface, None)
            after = _find_name(self.spoken.keys_by_surface[surface], entities)
            if after is not None:
                self._names[surface] = after
            concerned |= surface in self.spoken.source_surfaces or (
                before != after and any(name is not None and name in self.sources for name in (before, after))
            )
        return concerned

    def resolve_role_holders(self) -> None:
        """Find out who has which role in the article, and how bodies that it names may be described elsewhere."""
        people = {
            (normalise_role(speaker.role), self._event_name_of(speaker.canonical)): 1
            for speaker in self.spoken.speakers
            if speaker.role and speaker.kind is SpeakerKind.PERSON
        }
        names = {
            self._event_name_of(speaker.canonical)
            for speaker in self.spoken.speakers
            if speaker.kind is SpeakerKind.ORGANISATION and is_name(speaker.canonical)
        }
        self.holders = people | {(described, name): 1 for name in names for described in list_descriptions(name)}

    def resolve_countries(self, countries: Countries) -> None:
        """Look up which speakers are countries, and which countries they state to speak for."""
        speakers = self.spoken.speakers
        self._countries_of = [countries.find_country_by_name(speaker.canonical) for speaker in speakers]
        self._stated = [_find_stated_country(speaker, countries) for speaker in speakers]
        self._forms = b""

    def resolve_sources(self, person_by_role: Mapping[str, str], countries: Countries) -> None:
        """Resolve the source of each speaker, and what the article shows of the sides of these sources."""
        speakers = self.spoken.speakers
        self.sources = [
            country or self._find_source(speaker, person_by_role)
            for speaker, country in zip(speakers, self._countries_of, strict=True)
        ]
        stated: dict[tuple[str, str], int] = {}
        for source, side, count in zip(self.sources, self._stated, self.spoken.counts, strict=True):
            if source is not None and side is not None:
                stated[source, side] = stated.get((source, side), 0) + count
        self.stated_sides = stated
        forms = self._list_forms_of_sources()
        digest_of_forms = digest(sorted((source, sorted(of)) for source, of in forms.items()))
        if digest_of_forms != self._forms:
            self._forms = digest_of_forms
            near = countries.count_countries_near(self.spoken.text_words, forms) if forms else {}
            self.near_sides = {
                (source, side): count for source, counted in near.items() for side, count in counted.items()
            }

    def resolve_claims(self, side_by_source: Mapping[str, str], entities: EventEntities) -> None:
        """Resolve the source of each claim."""
        sides = self._find_countries_spoken_for(side_by_source)
        known: dict[object, ResolvedSource] = {}
        for attribution in self.spoken.attributions:
            if attribution not in known:
                at, links = attribution
                chain = [(self._find_intermediary(name, entities), kind) for name, kind in links]
                source, side = (None, None) if at is None else (self.sources[at], sides[at])
                if at is not None and source is not None:
                    kind = self.spoken.speakers[at].kind
                    chain.append((source, SpeakerKind.ORGANISATION if source == side else kind))
                known[attribution] = ResolvedSource(source, side, tuple(dict.fromkeys(chain)))
        resolved = [known[attribution] for attribution in self.spoken.attributions]
        if resolved != self.resolved:
            self.resolved = resolved

    def _event_name_of(self, name_form: str) -> str:
        """The event's fullest form of a name; the name itself if the event does not list it."""
        return self._names.get(name_form) or name_form

    def _find_source(self, speaker: ArticleSpeaker, person_by_role: Mapping[str, str]) -> str | None:
        """A role ("the transport minister") stands for the only person of the event who has it.

        So does a last name that is given with it, though others of that name are in the event. A spokesman without a
        name stands for the body.
        """
        if speaker.kind is SpeakerKind.UNNAMED:
            person = self._find_holder(normalise_role(speaker.canonical), person_by_role)
            body = find_body(speaker.canonical, self.spoken.bodies) if person is None else None
            return person if body is None else self._event_name_of(body)
        name = self._event_name_of(self._full_name_of(speaker))
        if speaker.kind is SpeakerKind.ORGANISATION and not is_name(name):
            return self._find_described_body(name, person_by_role) or name
        holders = {person_by_role.get(role) for role in self._roles_by_name.get(speaker.canonical, ())} - {None}
        person = holders.pop() if len(holders) == 1 else None
        return person if person is not None and is_last_name_of(name, person) else name

    def _find_holder(self, role: str, person_by_role: Mapping[str, str]) -> str | None:
        """Who has a role; of "Varn's fire chief" the event's only fire chief, if the article lets them speak, too."""
        holder, bare = person_by_role.get(role), drop_owner(role)
        if holder is not None or bare is None:
            return holder
        holder = person_by_role.get(bare)
        speaks = any(
            speaker.kind is SpeakerKind.PERSON and self._event_name_of(speaker.canonical) == holder
            for speaker in self.spoken.speakers
        )
        return holder if speaks else None

    def _find_described_body(self, name: str, body_by_description: Mapping[str, str]) -> str | None:
        """The only body of the event that a description fits, if the article has the rest of its name."""
        description = describe_body(name)
        body = None if description is None else body_by_description.get(description)
        if description is None or body is None:
            return None
        return body if find_owner_of_body(body, description) in self.spoken.text else None

    def _full_name_of(self, speaker: ArticleSpeaker) -> str:
        """What a speaker is called in full: a body in common nouns by the name that the article has of it."""
        name = speaker.canonical
        if speaker.kind is not SpeakerKind.ORGANISATION or is_name(name) or " " not in name:
            return name
        return find_full_name(name, filter(is_name, self.spoken.bodies)) or name

    def _list_forms_of_sources(self) -> dict[str, set[str]]:
        """All forms that the article has of each source with a name."""
        forms: dict[str, set[str]] = {}
        for speaker, source in zip(self.spoken.speakers, self.sources, strict=True):
            if source is not None and speaker.kind is not SpeakerKind.UNNAMED and is_name(source):
                forms.setdefault(source, set()).add(speaker.canonical)
        for surface, name in self._names.items():
            if name in forms:
                forms[name].add(surface)
        return forms

    def _find_countries_spoken_for(self, side_by_source: Mapping[str, str]) -> list[str | None]:
        """The side of each speaker."""
        sides: list[str | None] = []
        offices: dict[str, set[str]] = {}
        for speaker, source, stated in zip(self.spoken.speakers, self.sources, self._stated, strict=True):
            known = None if source is None or speaker.kind is SpeakerKind.UNNAMED else side_by_source.get(source)
            sides.append(stated or known)
            office = find_ministry_stem(speaker.role or "") if speaker.kind is SpeakerKind.PERSON else None
            if office is not None and sides[-1] is not None:
                offices.setdefault(office, set()).add(sides[-1])
        for at, (speaker, stated) in enumerate(zip(self.spoken.speakers, self._stated, strict=True)):
            office = find_ministry_stem(speaker.canonical) if speaker.kind is SpeakerKind.ORGANISATION else None
            if stated is None and self.sources[at] is not None and office is not None:
                # Every country has a Foreign Ministry: its only minister in the article shows which one is meant.
                ministers = offices.get(office, set())
                sides[at] = next(iter(ministers)) if len(ministers) == 1 else None
        return sides

    def _find_intermediary(self, link_name: str, entities: EventEntities) -> str:
        """The organisation that a longer name contains ("the state agency KCNA"); else the name itself."""
        for surface in self.spoken.list_contained_names(link_name):
            listed = [entities.find_entity(key) for key in self.spoken.keys_by_surface[surface]]
            if any(one is not None and one.entity.type == ORGANISATION for one in listed):
                return self._event_name_of(surface)
        return self._event_name_of(link_name)


def find_ministry_stem(name: str) -> str | None:
    """What a ministry and its minister have in common: "foreign minist" of "Vice Foreign Minister"; None: nothing."""
    office = _OFFICE.search(name)
    return office.group().casefold() if office else None


def _find_name(keys: tuple[str, ...], entities: EventEntities) -> str | None:
    """The name of the entity that a form stands for, a place's left aside: of several that in fewest articles."""
    if len(keys) == 1:  # as most
        only = entities.find_entity(keys[0])
        return None if only is None or only.entity.type == PLACE else only.entity.name
    listed = [one for key in keys if (one := entities.find_entity(key)) is not None and one.entity.type != PLACE]
    return max(listed, key=lambda one: one.order).entity.name if listed else None


def _find_stated_country(speaker: ArticleSpeaker, countries: Countries) -> str | None:
    """The country that a speaker's name, role or organisation states."""
    for part in (speaker.surface, speaker.role):
        if part and (country := countries.find_leading_country(part)) is not None:
            return country
    for part in (speaker.canonical, speaker.organisation):
        if part and (country := countries.find_first_country(part)) is not None:
            return country
    return None
