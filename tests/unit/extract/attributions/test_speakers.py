"""Whom the words beside a cue mean."""

import pytest

from services.contracts.claim import Speaker, SpeakerKind
from tests.unit.extract.articles import claims_of, only_claim, speakers


def last_speaker(text: str) -> Speaker:
    speaker = claims_of(text)[-1].speaker
    assert speaker is not None
    return speaker


def test_a_pronoun_stands_for_who_spoke_last() -> None:
    speaker = last_speaker('Ada Reyl said the bridge was safe. "I walked over it this morning," she said.')
    assert (speaker.surface, speaker.canonical) == ("she", "Ada Reyl")


def test_a_pronoun_does_not_change_sides() -> None:
    text = (
        '"The bridge is safe for all," said Mrs. Ada Reyl, the mayor. She spoke beside Mr. Tom Brandt, the builder. '
        '"Not one crack was ever found," he said.'
    )
    assert speakers(text) == ["Ada Reyl", "Tom Brandt"]


def test_a_pronoun_that_could_mean_two_people_stays_a_pronoun() -> None:
    text = 'Mayor Ada Reyl met Judge Lena Holt at the bridge. "It will never be safe again," she said.'
    speaker = last_speaker(text)
    assert speaker.kind is SpeakerKind.UNNAMED
    assert speaker.canonical == "she"


def test_a_surname_stands_for_the_fullest_form_of_the_name() -> None:
    speaker = last_speaker("Roads Minister Ada Reyl visited the bridge. Reyl said it was safe.")
    assert (speaker.surface, speaker.canonical, speaker.role) == ("Reyl", "Ada Reyl", "Roads Minister")


def test_a_role_stands_for_the_person_who_has_it() -> None:
    text = 'Roads Minister Ada Reyl visited the bridge. "It is safe for everybody," the minister said.'
    speaker = last_speaker(text)
    assert (speaker.surface, speaker.canonical, speaker.kind) == ("the minister", "Ada Reyl", SpeakerKind.PERSON)


def test_an_acronym_stands_for_the_name_with_these_initials() -> None:
    text = "The National Bridge Service (NBS) closed the road. The NBS said the bridge was not safe."
    assert last_speaker(text).canonical == "National Bridge Service"


@pytest.mark.parametrize(
    ("text", "role", "organisation"),
    [
        ("Coast guard commander Ada Reyl said the bridge was safe.", "Coast guard commander", None),
        ("Ada Reyl, head of the Bridge Inspectorate, said it was safe.", "head of the Bridge Inspectorate",
         "Bridge Inspectorate"),
        ("Ada Reyl, Karvelia's roads minister, said it was safe.", "roads minister", "Karvelia"),
        ("Karvelia's roads minister, Ada Reyl, said it was safe.", "roads minister", None),
        ('"It is safe for all," said Ada Reyl, 52, a mason and teacher.', None, None),
        ("Dr Ada Reyl, the director of the clinic, said it was safe.", "director of the clinic", None),
    ],
)  # fmt: skip
def test_the_role_is_read_beside_the_name(text: str, role: str | None, organisation: str | None) -> None:
    speaker = only_claim(text).speaker
    assert speaker is not None
    assert (speaker.canonical, speaker.role, speaker.organisation) == ("Ada Reyl", role, organisation)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Ada Reyl said the bridge was safe.", SpeakerKind.PERSON),
        ("Tolmar Lines said the bridge was safe.", SpeakerKind.ORGANISATION),
        ("The ferry company Kestrel Coast said the bridge was safe.", SpeakerKind.ORGANISATION),
        ("The coast guard said the bridge was safe.", SpeakerKind.ORGANISATION),
        ("The roads ministry said the bridge was safe.", SpeakerKind.ORGANISATION),
        ("Officials said the bridge was safe.", SpeakerKind.UNNAMED),
        ("South Korea said the bridge was safe.", SpeakerKind.ORGANISATION),
    ],
)
def test_people_bodies_and_the_unnamed_are_told_apart(text: str, kind: SpeakerKind) -> None:
    speaker = only_claim(text).speaker
    assert speaker is not None
    assert speaker.kind is kind


def test_a_place_is_not_short_for_a_body_named_after_it() -> None:
    text = "The Bank of Taverra met on Monday. Taverra said it would wait for the outcome."
    assert last_speaker(text).canonical == "Taverra"
