"""Which names of an event have a key, and which are enough to tell who is meant."""

import pytest

from services.api.names.name_keys import MOST_KEY_CHARACTERS, NameKeys, entity_page, name_key, speaker_page
from services.contracts.claim import SpeakerKind
from tests.unit.api.names.named_events import entity, speaker


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Ada Reyl", "ada-reyl"),
        ("ADA  REYL", "ada-reyl"),
        ("ada-reyl", "ada-reyl"),
        ("Jürgen Müller-Lind", "jurgen-muller-lind"),
        ("Seán O'Neil", "sean-oneil"),
        ("J.K. Orrin", "jk-orrin"),
        ("Мария Орлова", "мария-орлова"),
        ("<script>alert(1)</script>", "script-alert-1-script"),
        ("\u202eAda\u202c Reyl", "ada-reyl"),
        ("../../etc/passwd?x#y", "etc-passwd-x-y"),
        ("—", None),
        ("", None),
        ("a" * (MOST_KEY_CHARACTERS + 1), None),
        ("long name " * 100_000, None),
    ],
)
def test_the_key_of_a_name_has_letters_digits_and_hyphens_alone(name: str, key: str | None) -> None:
    assert name_key(name) == key


def test_addresses_of_keys_are_percent_encoded() -> None:
    assert speaker_page("мария") == "/speakers/%D0%BC%D0%B0%D1%80%D0%B8%D1%8F"
    assert entity_page("a/b?c") == "/entities/a%2Fb%3Fc"


def test_a_form_of_a_name_stands_for_the_fullest_one_of_its_event() -> None:
    keys = NameKeys([entity("Ilya Marchenkov", "Ilia Marchenkov", "Ilya")])
    known = keys.speaker(speaker("Ilia Marchenkov"))
    assert known is not None
    assert (known.key, known.full) == ("ilya-marchenkov", True)
    assert keys.speaker(speaker("Ilya")) == known


@pytest.mark.parametrize(
    ("name", "kind", "full"),
    [
        ("Ada Reyl", SpeakerKind.PERSON, True),
        ("Reyl", SpeakerKind.PERSON, False),
        ("Mr Reyl", SpeakerKind.PERSON, False),
        ("Reuters", SpeakerKind.ORGANISATION, None),
        ("NBS", SpeakerKind.ORGANISATION, True),
        ("Port Eldrin harbour authority", SpeakerKind.ORGANISATION, True),
        ("police", SpeakerKind.ORGANISATION, None),
        ("Trade unions", SpeakerKind.ORGANISATION, None),
        ("Police", SpeakerKind.ORGANISATION, None),
        ("Ada Reyl", SpeakerKind.UNNAMED, None),
    ],
)
def test_a_speaker_is_told_by_a_full_name_alone(name: str, kind: SpeakerKind, full: bool | None) -> None:
    known = NameKeys().speaker(speaker(name, kind))
    assert (None if known is None else known.full) is full


@pytest.mark.parametrize(
    ("name", "kind", "full"),
    [
        ("Reyl", "person", False),
        ("Reyl", "unknown", False),
        ("Ostwick", "place", True),
        ("Reuters", "organisation", True),
        ("Hospital", "organisation", False),
        ("Hospitals", "organisation", False),
        ("Sorrel Vale", "unknown", True),
    ],
)
def test_a_single_word_is_enough_for_places_and_for_bodies_with_a_name_of_their_own(
    name: str, kind: str, full: bool
) -> None:
    (known,) = NameKeys([entity(name, kind=kind)]).entities()
    assert known.full is full


def test_a_body_that_the_event_names_may_be_one_word() -> None:
    known = NameKeys([entity("Reuters", kind="organisation")]).speaker(speaker("Reuters", SpeakerKind.ORGANISATION))
    assert known is not None
    assert known.full
