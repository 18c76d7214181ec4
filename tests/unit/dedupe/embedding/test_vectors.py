import base64

import numpy as np
import pytest

from services.dedupe.embedding.vectors import decode_vector, encode_vector
from tests.support.dedupe_articles import direction


def test_a_vector_survives_the_wire_within_float16() -> None:
    vector = direction(1)
    found = decode_vector(encode_vector(vector))
    assert np.allclose(found, vector, atol=1e-3)
    assert float(np.linalg.norm(found)) == pytest.approx(1, abs=1e-6)


@pytest.mark.parametrize(
    "encoded",
    ["not base64!", base64.b64encode(b"odd").decode(), base64.b64encode(bytes(8)).decode(), "AHw="],
    ids=["characters", "half a value", "all zero", "infinite"],
)
def test_what_is_no_vector_is_refused(encoded: str) -> None:
    with pytest.raises(ValueError, match=r"base64|buffer|direction"):
        decode_vector(encoded)
