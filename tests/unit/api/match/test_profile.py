"""What of a text is compared."""

from services.api.match.profile import HEAD_WORDS, Profile, profile_of
from tests.unit.api.examples import NOON

TEXT = (
    "Police in Lima said on Tuesday that Ada Reyl had left the bridges. "
    "Nobody else was there. She flew to New York with Otto Brandt."
)


def test_words_are_singular_and_without_those_that_carry_no_meaning() -> None:
    profile = profile_of("Bridges shut", TEXT, NOON)
    assert {"bridge", "shut", "police", "left"} <= profile.words
    assert not {"bridges", "the", "said"} & profile.words
    assert profile.title == {"bridge", "shut"}


def test_names_are_what_stands_in_upper_case_inside_sentences() -> None:
    profile = profile_of(None, TEXT, None)
    assert {"ada", "reyl", "otto", "brandt", "lima"} <= profile.names
    assert not {"police", "nobody", "she"} & profile.names


def test_places_of_the_head_are_known_ones_and_the_longest_name_counts() -> None:
    profile = profile_of(None, TEXT, None)
    assert any(place.startswith("PE/") for place in profile.places)
    assert any(place.startswith("US/NY") for place in profile.places)
    assert not any(place.startswith("GB") for place in profile.places)


def test_the_head_is_the_opening() -> None:
    text = "It rained. " * HEAD_WORDS + "Then Ada Reyl came from Lima."
    profile = profile_of(None, text, None)
    assert "reyl" in profile.names
    assert not profile.head_names
    assert not profile.places


def test_a_profile_comes_back_as_it_was_packed() -> None:
    for profile in (profile_of("Bridges shut", TEXT, NOON, "https://a.example/b"), profile_of(None, "Rain", None)):
        assert Profile.from_json(profile.to_json()) == profile
