"""Which sentences are worth a parse."""

import re

from services.extract.attributions.masking import Masked
from services.extract.text.sentences import Sentence

_LETTER = re.compile(r"[A-Za-z]")


def may_attribute(masked: Masked, sentence: Sentence) -> bool:
    """Whether the sentence can hold an attribution: one of quotations alone has no word to attribute with."""
    return bool(_between(masked)) and sentence is not None


def _between(masked: Masked) -> str:
    return masked.text
