"""Which articles tell plainly what happened, by their titles and kinds of text.

A title that asks, counts reasons or speaks to the reader ("Why …", "5 things …", "What you need to know") heads a
feature or a comment. Rules take what is plain and leave the rest. English, but for question marks.
"""

import re
from enum import IntEnum
from functools import lru_cache

from services.contracts.article import Article, TextKind


class Plainness(IntEnum):
    """How plainly an article reports one happening: the lower, the plainer."""

    REPORT = 0
    FEATURE = 1
    COMMENT = 2
    COLLECTION = 3
    """Many happenings, or one row of a series."""


_BY_KIND = {
    TextKind.OPINION: Plainness.COMMENT,
    TextKind.LIVE_BLOG: Plainness.COLLECTION,
    TextKind.ROUND_UP: Plainness.COLLECTION,
    TextKind.NEWSLETTER: Plainness.COLLECTION,
    TextKind.SERIES: Plainness.COLLECTION,
}
_QUOTED = re.compile(
    r"[\"\u201c][^\"\u201d]*[\"\u201d]|(?<!\w)['\u2018][^'\u2018\u2019]*(?:['\u2019]\w[^'\u2019]*)*['\u2019](?!\w)"
)
_NUMBER = r"(?:\d{1,2}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|a few|several)"
_LISTED = (
    r"(?:things|ways|reasons|takeaways|questions|lessons|moments|charts|maps|quotes|theories|inconsistencies|myths|facts"
    r"|signs|tips|ideas|arguments|highlights)"
)
_APOSTROPHE = "['\u2019]"
_FEATURE = re.compile(
    # What it opens with. "WHO" is a body.
    rf"^\W*(?:(?-i:Who|who)(?:{_APOSTROPHE}s)?\b"
    rf"|(?:why|how|what|which|whose|where|when|inside|meet|beware|imagine)(?:{_APOSTROPHE}s)?\b"
    rf"|here(?:{_APOSTROPHE}s| is| are)\b|let{_APOSTROPHE}s\b|(?:no|yes|sorry|surprise|shocker|dear \w+|of course|so),"
    rf"|(?:it|he|she|they|this|that|these|those)(?:{_APOSTROPHE}\w+)?\b"
    r"|(?:stop|maybe|perhaps|everything)\b|don['\u2019]t\b|can['\u2019]t\b"
    r"|the (?:end of|case (?:for|against)|real|truth|(?:problem|trouble) with|danger|(?:art|rise|fall|making) of)\b"
    r"|in (?:defen[cs]e|praise) of\b"
    r"|(?:timeline|explainer|recap|review|preview|profile|q ?& ?a|transcript|full (?:text|transcript)|watch|video"
    r"|photos?|gallery|quiz|podcast|listen|read|interview|fact[- ]check)\b\W*[:|\u2013\u2014])"
    # What stands anywhere in it.
    rf"|\?|!\W*$|\b(?:explained|answered)\W*$|[:\u2013\u2014] (?:why|how|what|who|inside)\b|\bexplained:|\bexplainer\b"
    r"|\bthe (?:left|right)(?:['\u2019]s\b|\W*$)"
    rf"|\bfact[- ]check|\bby the numbers\b|\btakeaways\b|\bwinners and losers\b"
    rf"|\bwhat(?:{_APOSTROPHE}s| is)? (?:we|you|to|it means|next|happens next|comes next|at stake|in it)\b"
    rf"|\b(?:need|want|have) to know\b|\bhere(?:{_APOSTROPHE}s| is| are) (?:what|why|how|who|{_NUMBER})\b"
    rf"|\bkey (?:questions|moments|facts|points)\b|\bin (?:charts|maps|photos|pictures|one chart)\b"
    rf"|\b{_NUMBER} (?:[\w-]+ ){{0,2}}{_LISTED}\b",
    re.IGNORECASE,
)
_COMMENT = re.compile(
    r"^\W*(?:analysis|column|columnist|perspective|viewpoint|commentary|editorial|opinion)\b ?[:|\u2013\u2014-]"
    r"|\b(?:our|another|opposing) view\W*$|^the [\w ]{2,30} view on\b",
    re.IGNORECASE,
)
# A small "may": with a capital it is the month, or Theresa May, as often as the verb.
_AHEAD = re.compile(
    r"\b(?:(?i:set to|set for|ahead of|awaits?|awaiting|poised|looms?|braces?|heads? (?:in)?to|gears? up|prepares?"
    r"|fac(?:es?|ing) (?:\w+ ){0,2}(?:vote|showdown|test|trial|hearing)|enters?|expected to"
    r"|previews?|hop(?:es?|ing) (?:for|to)|aims? to|scheduled|could|might)|may)\b"
)
_NAME_TO_DO = re.compile(
    r"(?:^|[:;] )(?!(?:What|How|Where|When|Who|Is|Are|\w+ing)\b)(?:[A-Z][\w.'\u2019-]*(?:, | )){1,6}"
    r"(?:to|will) (?!(?:not|the|an?|his|her|its|their)\b)[a-z]+\b(?![^:]{0,20}:)"
)
"""A name and what it is to do, as headlines tell plans: "Reyl to meet masters"; not "Reyl to masters: Come"."""
_TO_READER = re.compile(
    r"\b(?:[Yy]ou|[Yy]our|[Ww]e|[Oo]ur|[Uu]s|[Mm]y)\b|(?<!\bWar )\bI (?=[a-z])"
    rf"|\b(?:I|[Yy]ou|[Ww]e){_APOSTROPHE}\w+"
)
_ADVICE = re.compile(rf"\bshould(?:n{_APOSTROPHE}t| not)?\b|\bneeds? to\b|\b(?:has|have) to\b", re.IGNORECASE)
_REPORTED = re.compile(
    r"^[^:]{2,60}: "
    r"|\b(?:says?|said|tells?|told|urges?|warns?|rules?|asks?|calls|vows?|insists?|argues?|thinks?|poll)\b",
    re.IGNORECASE,
)
"""Who said it: "Reyl: We will rebuild"."""


def plainness_of(article: Article) -> Plainness:
    """By its kind of text, else by its title; an article without a title is a report."""
    kind = _BY_KIND.get(article.text_kind.kind) if article.text_kind is not None else None
    return _plainness_of_title(article.title) if kind is None and article.title else kind or Plainness.REPORT


def looks_ahead(text: str) -> bool:
    """Whether it tells of what is to come: that has often come by the time at which others report."""
    return _AHEAD.search(text) is not None or _NAME_TO_DO.search(text) is not None


def speaks_to_reader(sentence: str) -> bool:
    """Whether it speaks of "I", "we" or "you" in the words of its writer, or asks."""
    own_words = _QUOTED.sub(" ", sentence)
    return _TO_READER.search(own_words) is not None or own_words.rstrip().endswith("?")


@lru_cache(maxsize=16_384)
def _plainness_of_title(title: str) -> Plainness:
    if _COMMENT.match(title):
        return Plainness.COMMENT
    own_words = _QUOTED.sub(" ", title)
    is_feature = _FEATURE.search(own_words) is not None
    if not is_feature and not _REPORTED.search(title):
        is_feature = bool(_TO_READER.search(own_words) or _ADVICE.search(own_words))
    return Plainness.FEATURE if is_feature else Plainness.REPORT
