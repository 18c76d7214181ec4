"""Names of news agencies and of those who take pictures for the news, as texts write them.

Each list is of one place in a text. They differ: a dateline has "dpa" and no "Deutsche Presse-Agentur", a caption has
"Getty" and no "Interfax", and what stands in a list may be taken there for nothing else.
"""

_AGENCIES = {
    "ap": "associated press",
    "afp": "agence france presse",
    "upi": "united press international",
    "kcna": "korean central news agency",
    "yonhap": "yonhap news",
    "pa": "press association",
    "dpa": "deutsche presse agentur",
    "aap": "australian associated press",
    "pti": "press trust of india",
    "irna": "islamic republic news agency",
    "sana": "syrian arab news agency",
    "anadolu": "anadolu news",
    "xinhua": "xinhua news",
    "tass": "itar tass",
    "reuters": "thomson reuters",
    "kyodo": "kyodo news",
    "interfax": "interfax news",
    "ria": "ria novosti",
    "ansa": "ansa news",
    "efe": "efe news",
}
"""By the short name, in lower case and without marks, the long one."""
_SHORT = {long: short for short, long in _AGENCIES.items()}
CREDITED_NAMES = {
    "AAP": "AAP",
    "Australian Associated Press": "AAP",
    "AFP": "AFP",
    "Agence France-Presse": "AFP",
    "Agence France Presse": "AFP",
    "Anadolu": "Anadolu Agency",
    "Anadolu Agency": "Anadolu Agency",
    "ANI": "ANI",
    "ANSA": "ANSA",
    "AP": "AP",
    "AP News": "AP",
    "Associated Press": "AP",
    "Bloomberg": "Bloomberg",
    "Bloomberg News": "Bloomberg",
    "Canadian Press": "The Canadian Press",
    "CNN Wire": "CNN Wire",
    "Deutsche Presse-Agentur": "dpa",
    "dpa": "dpa",
    "EFE": "EFE",
    "IANS": "IANS",
    "Interfax": "Interfax",
    "Kyodo": "Kyodo",
    "Kyodo News": "Kyodo",
    "PA Media": "PA Media",
    "Press Association": "PA Media",
    "Press Trust of India": "PTI",
    "PTI": "PTI",
    "Reuters": "Reuters",
    "Reuters News": "Reuters",
    "TASS": "TASS",
    "Thomson Reuters": "Reuters",
    "Thomson Reuters Foundation": "Reuters",
    "Tribune News Service": "Tribune News Service",
    "United Press International": "UPI",
    "UPI": "UPI",
    "Xinhua": "Xinhua",
    "Xinhua News Agency": "Xinhua",
    "Yonhap": "Yonhap",
    "Yonhap News Agency": "Yonhap",
}
"""By each name in a credit of a text, the short name that articles carry."""
IN_DATELINES = "Reuters|AP|AFP|UPI|CNN|dpa|Bloomberg|Xinhua|Kyodo|PTI|ANI|TASS|EFE|ANSA"
"""Piece of a pattern: in brackets behind a place, "VARN (AP) -"."""
IN_HEADS = ("reuters", "afp", "ap", "bbc", "cnn", "dpa", "upi")
"""Words in the first lines of a text that name none of whom it is about."""
MEDIA_BY_NAME = frozenset((
    "reuters", "ap", "afp", "upi", "bloomberg", "xinhua", "tass", "interfax", "kcna", "yonhap", "dpa", "efe", "ansa",
    "cnn", "bbc", "nbc", "cbs", "npr", "politico", "axios", "buzzfeed", "breitbart",
))  # fmt: skip
"""Agencies and outlets, in lower case, whose names have no word such as "news" or "press" that tells what they are."""
IN_CAPTIONS = (
    r"(?:Getty(?: Images)?|AP(?: Photo| Images)?|AFP|Reuters|REUTERS|EPA|Shutterstock|POLITICO|NurPhoto|Bloomberg)"
)
"""Piece of a pattern, upper case and lower as written: who took a picture, in a caption that stands in the text."""
IN_CREDITS = (
    r"(?:ap|afp|upi|epa(?:-efe)?|reuters|getty(?: images)?|associated press|agence france-presse|bloomberg|xinhua|"
    r"tass|anadolu(?: agency)?|shutterstock|sipa(?: usa)?|zuma(?: press)?|imago|nurphoto|sputnik|yonhap|kyodo|dpa|"
    r"pa(?: images)?|pool|handout|ani|pti|ap photo|afp photo|ap images|istock|alamy)"
)
"""Piece of a pattern for either case: who took a picture, in a line of a page."""
CREDITED_ABROAD = (
    r"(?:afp|ansa|anp|apa|ap|belga|dpa(?:-\w+)?|efe|epa|epd|europa press|jiji|keystone|kna|kyodo|lusa|ntb|pap|reuters"
    r"|ritzau|rtr|sda|sid|stt|tt|xinhua|yonhap)"
)
"""Piece of a pattern for either case: agencies in lines of credit of texts that are not in English."""


def find_agency(name: str) -> str | None:
    """A key of the news agency that a name names, the same for its short and its long name; None for anybody else."""
    plain = " ".join(name.casefold().replace("-", " ").replace(".", "").split()).removeprefix("the ")
    plain = plain.removesuffix(" agency")
    short = _SHORT.get(plain, _SHORT.get(f"{plain} agency", plain))
    return short if short in _AGENCIES else None
