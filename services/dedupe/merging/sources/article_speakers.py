"""Who speaks in one article, as the article alone tells it: read once, and kept while the event around it changes."""

import re
import sys
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import NamedTuple, Self

from services.contracts.article import UNNAMED_AGENCY
from services.contracts.claim import ArticleName, NameForm, NameLink, Speaker, SpeakerKind
from services.dedupe.merging.sources.attributed import Attributed, AttributedArticle
from services.dedupe.merging.sources.countries import split_words, strip_leading_determiner
from services.dedupe.merging.sources.event_names import ORGANISATION, PERSON
from services.dedupe.signals.name_matching import split_name_words


class ArticleSpeaker(NamedTuple):
    """Who says a claim, as the article calls them: a `Speaker` without its place, in a sixth of the room."""

    surface: str
    canonical: str
    kind: SpeakerKind
    role: str | None
    organisation: str | None

    @classmethod
    def of(cls, speaker: Speaker) -> Self:
        """What is asked of a speaker; equal words of several articles are one object."""
        role, organisation = (
            None if words is None else sys.intern(words) for words in (speaker.role, speaker.organisation)
        )
        return cls(sys.intern(speaker.surface), sys.intern(speaker.canonical), speaker.kind, role, organisation)


Links = tuple[tuple[str, SpeakerKind], ...]
_SPEAKER_TYPES = {SpeakerKind.PERSON: PERSON, SpeakerKind.ORGANISATION: ORGANISATION}


class ArticleSpeakers:
    """The speakers of an article's claims, and the names by which the event may know them.

    Attributes:
        given: The article as given.
        speakers: Its speakers, each once.
        attributions: For each claim the place of its speaker among them, None without one, and the named sources
            through whom it came.
        counts: How many claims each speaker has.
        keys_by_surface: The keys of the names that have a form.
    """

    def __init__(self, given: AttributedArticle) -> None:
        """Read the article."""
        self.given = given
        self.speakers: list[ArticleSpeaker] = []
        self.attributions: list[tuple[int | None, Links]] = []
        self.counts: list[int] = []
        places: dict[object, int] = {}
        for one in given.claims:
            self.attributions.append((self._add_speaker(one.claim.speaker, places), _list_named_links(one)))
        keys: dict[str, dict[str, None]] = {}
        for name in list_article_names(given):
            for form in name.forms:
                keys.setdefault(sys.intern(form.surface), {})[sys.intern(name.key)] = None
        self.keys_by_surface: Mapping[str, tuple[str, ...]] = {surface: tuple(of) for surface, of in keys.items()}
        self._contained: dict[str, list[str]] = {}

    def _add_speaker(self, speaker: Speaker | None, places: dict[object, int]) -> int | None:
        if speaker is None:
            return None
        who = ArticleSpeaker.of(speaker)
        at = places.setdefault(who, len(self.speakers))
        if at == len(self.speakers):
            self.speakers.append(who)
            self.counts.append(0)
        self.counts[at] += 1
        return at

    @property
    def text(self) -> str:
        """Text of the article."""
        return self.given.named.article.text

    @property
    def text_words(self) -> tuple[str, ...]:
        """The words of the text, in order. They are not kept: of most articles they are asked for once."""
        return split_words(self.text)

    def has_words(self, words: Sequence[str]) -> bool:
        """Whether all of some words stand in the text, or in what it calls its speakers."""
        # Hardly any article has them: its words are told apart only if it has these letters.
        if not all(word in self.text or any(word in text for text in self._list_descriptions()) for word in words):
            return False
        return set(words) <= set(self.text_words).union(*map(split_words, self._list_descriptions()))

    def _list_descriptions(self) -> list[str]:
        """All that it calls its speakers."""
        return [
            text
            for speaker in self.speakers
            for text in (speaker.surface, speaker.role, speaker.canonical, speaker.organisation)
            if text
        ]

    @cached_property
    def bodies(self) -> tuple[str, ...]:
        """What it calls the bodies that it names, or lets speak."""
        named = [name.name for name in list_article_names(self.given) if name.type == ORGANISATION]
        spoke = [speaker.canonical for speaker in self.speakers if speaker.kind is SpeakerKind.ORGANISATION]
        return tuple(dict.fromkeys((*named, *spoke)))

    @cached_property
    def speaker_names(self) -> frozenset[str]:
        """What it calls its speakers, without a leading article."""
        return frozenset(strip_leading_determiner(speaker.canonical) for speaker in self.speakers)

    @property
    def surfaces_by_key(self) -> Mapping[str, Sequence[str]]:
        """The forms of each name."""
        surfaces: dict[str, list[str]] = {}
        for surface, keys in self.keys_by_surface.items():
            for key in keys:
                surfaces.setdefault(key, []).append(surface)
        return surfaces

    @cached_property
    def source_surfaces(self) -> frozenset[str]:
        """The forms by which speakers, and those through whom claims came, are looked up in the event."""
        links = {name for _, named in self.attributions for name, _ in named}
        contained = {surface for name in links for surface in self.list_contained_names(name)}
        return frozenset(links | contained | {speaker.canonical for speaker in self.speakers})

    @cached_property
    def shared_keys(self) -> frozenset[str]:
        """Keys of names that have a form in common."""
        return frozenset(key for keys in self.keys_by_surface.values() if len(keys) > 1 for key in keys)

    def list_contained_names(self, text: str) -> Sequence[str]:
        """The article's names that a text contains as whole words, the longest first."""
        contained = self._contained.get(text)
        if contained is None:
            surfaces = [
                surface
                for surface in self.keys_by_surface
                if surface in text and re.search(rf"\b{re.escape(surface)}\b", text)
            ]
            contained = sorted(surfaces, key=lambda surface: (len(surface), surface), reverse=True)
            self._contained[text] = contained
        return contained


def list_article_names(given: AttributedArticle) -> Sequence[ArticleName]:
    """Return the names of an article; where its extractor lists none, the named speakers of its claims."""
    names = given.named.names
    if names:
        return names
    speakers: dict[str, ArticleName] = {}
    for one in given.claims:
        speaker = one.claim.speaker
        if speaker is None or speaker.kind not in _SPEAKER_TYPES:
            continue
        speakers[speaker.canonical] = ArticleName(
            name=speaker.canonical,
            type=_SPEAKER_TYPES[speaker.kind],
            key=" ".join(split_name_words(speaker.canonical)),
            forms=(NameForm(surface=speaker.canonical, span=speaker.span, mentions=1, link=NameLink.SAME),),
        )
    return list(speakers.values())


def is_name(text: str) -> bool:
    """Whether a text names somebody; "the statement" and "state media" do not."""
    return any(letter.isupper() for letter in text)


def _list_named_links(one: Attributed) -> Links:
    """The links of a claim's chain that name somebody."""
    return tuple(
        (link.name, link.kind)
        for link in one.claim.attribution
        if link.kind is not SpeakerKind.UNNAMED and link.name != UNNAMED_AGENCY and is_name(link.name)
    )
