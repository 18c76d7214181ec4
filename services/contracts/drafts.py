"""What the api asks of extract and dedupe about texts that are not published: drafts, queries.

Not part of any topic. `POST /v1/read` of extract takes the contract `Article` and answers `ExtractedArticle`;
`POST /v1/embed` of dedupe takes and answers what is here.
"""

from pydantic import Field

from services.contracts.base import Contract

MOST_EMBEDDED_TEXTS = 128
"""In one request."""
MOST_TEXT_CHARS = 100_000
"""Of one text: more than any article."""
MOST_TITLE_CHARS = 2_000


class TextToEmbed(Contract):
    """A text as articles are: the vector is of its title and opening. A query or a claim has no title."""

    title: str | None = Field(default=None, max_length=MOST_TITLE_CHARS)
    """Headline, if it has one."""
    text: str = Field(max_length=MOST_TEXT_CHARS)
    """The text; what is beyond the opening is not read."""


class EmbedRequest(Contract):
    """Texts whose vectors are wanted."""

    texts: tuple[TextToEmbed, ...] = Field(min_length=1, max_length=MOST_EMBEDDED_TEXTS)
    """The texts."""


class EmbedAnswer(Contract):
    """Their vectors, those that articles of the same words would have."""

    model: str
    """Name and hash of the embedding model. Vectors of different models are never compared."""
    vectors: tuple[str, ...]
    """One for each text, in order: base64 of little-endian float16, L2-normalised."""
