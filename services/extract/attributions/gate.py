"""Which sentences are worth a parse."""

import re

from services.extract.attributions.apart import FORMS_FROM_SOMEWHERE
from services.extract.attributions.scoring import Rates
from services.extract.commitment.dismissals import DISMISSING, POSSIBILITIES
from services.extract.commitment.words import STAND_NOUNS
from services.extract.syntax.masking import Masked
from services.extract.text.sentences import Sentence
from services.extract.vocabulary.lexicon import Lexicon

_APART = frozenset(("from", "that"))
_AMOUNTS = frozenset(("amount", "amounts", "amounted", "amounting", "constitute", "constitutes", "constituted"))
_WORD = re.compile(r"[a-z]+")
_ENDS = ".!\"'…"
LEAD_SENTENCES = 2
"""What news is about stands in the first so many sentences."""
NAMED_SENTENCES = 25
"""What is said of somebody, without figure, date or event, is worth a parse in the first so many sentences."""
MIN_CHARS = 30
"""Shorter sentences assert little that can be understood alone, unless they measure something."""
MIN_MEASURED_CHARS = 12
"""The same of "Rents rose 4%."."""
_DISMISSED = POSSIBILITIES | {"idea"}
"""Of "waved off any idea that": nouns for what may be so."""


def may_attribute(masked: Masked, sentence: Sentence, rates: Rates, lexicon: Lexicon) -> bool:
    """Whether the sentence can hold an attribution: a quote mark, a colon at its end, or a form that attributes often.

    One of full quotations alone has no word to attribute with.
    """
    if masked.full:
        at, outside = 0, ""
        for stand_in in masked.stand_ins:
            outside += masked.text[at : stand_in.start]
            at = stand_in.end
        return _WORD.search((outside + masked.text[at:]).lower()) is not None
    if sentence.quotations or masked.text.endswith(":"):
        return True
    words = set(_WORD.findall(masked.text.lower()))
    if not rates.forms.isdisjoint(words - lexicon.idle_forms) or not lexicon.cues.keys().isdisjoint(words):
        return True
    if "that" in words and not _DISMISSED.isdisjoint(words) and not DISMISSING.isdisjoint(words):
        return True
    apart = words >= _APART and not FORMS_FROM_SOMEWHERE.isdisjoint(words)
    return apart or (not STAND_NOUNS.isdisjoint(words) and not _AMOUNTS.isdisjoint(words))


def may_narrate(masked: Masked, number: int, lexicon: Lexicon, *, measured: bool, named: bool) -> bool:
    """Whether the sentence can hold an assertion of the outlet's own.

    `number`: its place in the article, from 0. `measured`: whether it has a figure or a date. `named`: or a name.
    """
    text = masked.text
    if text[-1] not in _ENDS or len(text) < (MIN_MEASURED_CHARS if measured else MIN_CHARS):
        return False
    if measured or number < LEAD_SENTENCES or (named and number < NAMED_SENTENCES):
        return True
    return not lexicon.event_forms.isdisjoint(_WORD.findall(text.lower()))
