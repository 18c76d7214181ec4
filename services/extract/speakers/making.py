"""Makes speakers of an article: the words that name them, and who they are."""

from services.contracts.base import trusted
from services.contracts.claim import Speaker, SpeakerKind
from services.extract.names.people import Entity
from services.extract.text.document import Document
from services.extract.vocabulary.grammar import HONORIFICS
from services.language.ranges import Range

_ARTICLES = ("the ", "a ", "an ")


def described_speaker(document: Document, source: Range, canonical: str, kind: SpeakerKind) -> Speaker:
    """The speaker that the words at `source` describe, by another or the same description."""
    return Speaker(surface=source.of(document.raw), span=source.to_span(), canonical=canonical, kind=kind)


def stand_in(document: Document, source: Range, meant: Speaker) -> Speaker:
    """A known speaker, as the words at `source` call them: "she"."""
    return meant.model_copy(update={"surface": source.of(document.raw), "span": source.to_span()})


def named_speaker(document: Document, source: Range, entity: Entity, kind: SpeakerKind) -> Speaker:
    """Somebody whom the article names, with role and body."""
    role = next((role for role in entity.roles if role.text.strip(".").lower() not in HONORIFICS), None)
    organisation = next((role.organisation for role in entity.roles if role.organisation), None)
    return trusted(
        Speaker,
        {
            "surface": source.of(document.raw),
            "span": source.to_span(),
            "canonical": entity.canonical,
            "kind": kind,
            "role": role.text if role else None,
            "organisation": organisation,
        },
    )


def without_article(words: str) -> str:
    """A description without "the" or "a" before it."""
    article = next((each for each in _ARTICLES if words.lower().startswith(each)), "")
    return words[len(article) :]
