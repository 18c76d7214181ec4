"""Words that limit an amount elsewhere, and here belong to what stands before them: "turned over 44 letters"."""

import re

from services.language.number import Number
from services.language.ranges import Range

_WINDOW_CHARS = 24
_LEAST_ROUND = 20
_ROUND_STEP = 5
_ALWAYS_PARTICLE = re.compile(
    r"\b(?:"
    r"(?:turn|hand|sign)(?:s|ed|ing)? over|(?:por|mull|presid)(?:e|es|ed|ing)? over|look(?:s|ed|ing)? over"
    r"|(?:disput|argu|fight|fought|clash|row|battl|war|quarrel|feud|concern|debat|anger|outrag|lawsuit|su(?:e|ed|ing)"
    r"|outcry|wrangl|squabbl|bicker|control|jurisdiction|authority|sovereignty|fret)\w* over"
    r"|(?:talk|speak|complain|lie|worr|question|convers|discuss|information|detail|doubt|rumou?r|testif|joke)\w* about"
    r"|(?:spoke|spoken|lying) about"
    r"|(?:people|those|sources?|officials?|aides?|friends?|person|man|woman|someone|anyone) close to"
    r"|(?:own(?:s|ed|ing)?|stand|stood|live[ds]?|living|face[ds]?|facing) up to"
    r") $",
    re.IGNORECASE,
)
_PARTICLE_UNLESS_ROUND = re.compile(
    r"\b(?:"
    r"(?:tak(?:e|es|en|ing)|took|run|runs|ran|running|carr(?:y|ies|ied)|hold|held|gave|give[sn]?|pass(?:es|ed)?|w[io]n"
    r"|roll(?:s|ed)?|knock(?:s|ed)?|flew|fly|flies|went|going) over"
    r"|(?:ask(?:s|ed|ing)?|kn[eo]w|knows|known|learn(?:s|ed|t)?|heard?|think|thought|wonder\w*|car(?:e|es|ed)) about"
    r"|(?:add(?:s|ed|ing)?|open(?:s|ed|ing)?|sign(?:s|ed|ing)?|c[ao]me) up to"
    r"|(?:cent(?:er|re)\w*|revolv\w*|built|based) (?:around|on)"
    r") $",
    re.IGNORECASE,
)
"""Before a round number these can limit it all the same: "took over 40 hostages"."""

_ACROSS = re.compile(
    r"\b(?:spread(?:s|ing)?|scattered|strewn|dispersed|distributed|sprawl(?:s|ed|ing)?"
    r"|(?:extend|stretch)(?:s|es|ed|ing)?)(?: out)? over $",
    re.IGNORECASE,
)
"""Verbs of what lies over an area: "spread over 300 hectares" is no more than that."""


def is_of_the_verb(text: str, limit_end: int, number: Number, area: Range) -> bool:
    """Whether the word that ends at `limit_end`, right before a number, is a particle or goes with a word before it.

    Before measures only where that has an extent: not "took over 40 minutes".
    """
    begin = max(area.start, limit_end - _WINDOW_CHARS)
    if _ACROSS.search(text, begin, limit_end):
        return True
    if number.unit is not None:
        return False
    if _ALWAYS_PARTICLE.search(text, begin, limit_end):
        return True
    is_round = number.value >= _LEAST_ROUND and number.value % _ROUND_STEP == 0
    return not is_round and _PARTICLE_UNLESS_ROUND.search(text, begin, limit_end) is not None
