"""Names of news agencies, as texts write them."""

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


def find_agency(name: str) -> str | None:
    """A key of the news agency that a name names, the same for its short and its long name; None for anybody else."""
    plain = " ".join(name.casefold().replace("-", " ").replace(".", "").split()).removeprefix("the ")
    plain = plain.removesuffix(" agency")
    short = _SHORT.get(plain, _SHORT.get(f"{plain} agency", plain))
    return short if short in _AGENCIES else None
