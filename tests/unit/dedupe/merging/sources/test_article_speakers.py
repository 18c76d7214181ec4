from services.contracts.claim import ExtractedArticle, SpeakerKind
from services.dedupe.merging.sources.article_speakers import ArticleSpeakers, list_article_names
from services.dedupe.merging.sources.attributed import AttributedArticle
from tests.support.attributed_articles import Told, make_article_of_names
from tests.support.dedupe_articles import make_article, make_claim


def spoken_by(*speakers: str | None) -> ArticleSpeakers:
    article = make_article("herald", "The ship was safe, said Ada Reyl.")
    claims = [Told(make_claim(article, "The ship was safe", speaker=speaker)) for speaker in speakers]
    return ArticleSpeakers(AttributedArticle(ExtractedArticle(article=article, extractor="test"), claims))


def test_a_named_speaker_is_a_name_where_the_article_lists_none() -> None:
    (name,) = list_article_names(spoken_by("Ada Reyl", None, "Ada Reyl").given)
    assert (name.name, name.type, name.key) == ("Ada Reyl", "person", "ada reyl")


def test_an_article_that_lists_names_has_these_alone() -> None:
    _, article = make_article_of_names("herald", [("Ole Brandt", "person", "ole brandt")], "Ada Reyl")
    assert [name.name for name in list_article_names(article)] == ["Ole Brandt"]


def test_a_speaker_is_read_once_and_has_all_its_claims() -> None:
    spoken = spoken_by("Ada Reyl", None, "Ole Brandt", "Ada Reyl")
    assert [(speaker.canonical, speaker.kind) for speaker in spoken.speakers] == [
        ("Ada Reyl", SpeakerKind.PERSON),
        ("Ole Brandt", SpeakerKind.PERSON),
    ]
    assert spoken.counts == [2, 1]
    assert [at for at, _ in spoken.attributions] == [0, None, 1, 0]


def test_names_that_a_text_contains_are_whole_words_the_longest_first() -> None:
    names = [(name, "organisation", name.casefold()) for name in ("NRA", "State NRA", "NRAs", "RA")]
    _, article = make_article_of_names("herald", names)
    assert list(ArticleSpeakers(article).list_contained_names("the State NRA")) == ["State NRA", "NRA"]
