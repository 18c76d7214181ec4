"""Which sentences are worth a parse."""

import re

from services.extract.attributions.apart import TOLD
from services.extract.attributions.masking import Masked
from services.extract.attributions.scoring import Rates
from services.extract.text.lexicon import Lexicon
from services.extract.text.sentences import Sentence

_WORD = re.compile(r"[a-z]+")


def may_attribute(masked: Masked, sentence: Sentence, rates: Rates, lexicon: Lexicon) -> bool:
    """Whether the sentence can hold an attribution: it has a quote mark or a word for what is said.

    That is a form that attributes often enough, a cue, or a noun for what is told.
    One of full quotations alone has no word to attribute with.
    """
    if masked.full:
        at, outside = 0, ""
        for stand_in in masked.stand_ins:
            outside += masked.text[at : stand_in.start]
            at = stand_in.end
        return _WORD.search((outside + masked.text[at:]).lower()) is not None
    if sentence.quotations:
        return True
    words = _WORD.findall(masked.text.lower())
    return (
        not rates.forms.isdisjoint(words) or not TOLD.isdisjoint(words) or any(word in lexicon.cues for word in words)
    )
