"""Outlets that name different sources for the same words."""

from services.api.pages.different_sources import different_sources
from services.contracts.base import Span
from services.contracts.claim import Speaker, SpeakerKind
from services.contracts.event_claims import MergedClaim, SupportForm
from tests.unit.api.pages.test_one_source import claim


def given_by(*names: str, kind: SpeakerKind = SpeakerKind.ORGANISATION) -> MergedClaim:
    """Words that each outlet quotes of whom it names; nothing shows that these are one."""
    given = claim(("Ada Reyl", (0, 1, 2)))
    span = Span(start=0, end=1)
    supports = tuple(
        support.model_copy(
            update={
                "speaker": Speaker(surface=name, canonical=name, span=span, kind=kind),
                "form": SupportForm.FULL,
            }
        )
        for support, name in zip(given.supports, names, strict=True)
    )
    return given.model_copy(update={"supports": supports, "ultimate_source": None})


def test_outlets_that_give_the_same_words_to_different_bodies_are_told_with_whom_they_name() -> None:
    assert different_sources(
        given_by("Karvelia's foreign ministry", "the Ministry of Defence", "Ministry of Defence")
    ) == (
        "Outlets name different sources for these words: Karvelia's foreign ministry (Post) "
        "and the Ministry of Defence (Gazette and Reuters)."
    )
    assert different_sources(given_by("Karvelia's foreign ministry", "the ministry", "officials")) is None


def test_outlets_that_give_the_same_words_to_different_persons_are_told_with_whom_they_name() -> None:
    assert different_sources(given_by("Ada Reyl", "Ilya Marchenkov", "Reyl", kind=SpeakerKind.PERSON)) == (
        "Outlets name different sources for these words: Ada Reyl (Post), Ilya Marchenkov (Gazette) and Reyl (Reuters)."
    )
