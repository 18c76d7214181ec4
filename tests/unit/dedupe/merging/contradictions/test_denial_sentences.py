"""The sentences that are shown of a denial."""

import numpy as np

from services.contracts.base import Span
from services.contracts.claim import Commitment
from services.dedupe.merging.contradictions.denial_sentences import find_denial_span
from tests.support.dedupe_articles import make_article, make_claim
from tests.support.reports import make_report


def test_a_sentence_that_is_a_mere_dateline_is_not_shown() -> None:
    article = make_article("herald", "LONDON (AP) \u2014 ")
    claim = make_claim(article, article.text, commitment=Commitment.DENIES).model_copy(
        update={"cue": "denied", "sentence": Span(start=0, end=len(article.text))}
    )
    assert find_denial_span(make_report(article, "org_1", claim, np.zeros(4, np.float32))) is None
