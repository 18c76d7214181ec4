"""When a draft was published is given as text."""

import pytest
from pydantic import ValidationError

from services.api.draft_models import Draft


@pytest.mark.parametrize("given", [0, 1.5, True])
def test_a_number_is_no_time(given: object) -> None:
    with pytest.raises(ValidationError, match="give a time as text"):
        Draft.model_validate({"text": "A ferry capsized.", "published_at": given})


def test_a_time_is_text_with_an_offset() -> None:
    draft = Draft.model_validate({"text": "A ferry capsized.", "published_at": "2026-03-04T10:00:00+01:00"})
    assert draft.published_at is not None
    assert draft.published_at.hour == 10
