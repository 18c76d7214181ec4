"""Money: which currency a sign, a code or a noun with its nationality stands for (ISO 4217)."""

import re

from services.language.case import lower_case

SIGNS = {
    "$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "₩": "KRW", "₽": "RUB", "₴": "UAH", "₦": "NGN",
    "₱": "PHP", "฿": "THB", "₫": "VND", "₪": "ILS", "₺": "TRY", "₵": "GHS", "₾": "GEL", "৳": "BDT", "₸": "KZT",
}  # fmt: skip
_PREFIXED = {
    "US$": "USD", "A$": "AUD", "AU$": "AUD", "AUD$": "AUD", "C$": "CAD", "CA$": "CAD", "CAD$": "CAD", "CDN$": "CAD",
    "HK$": "HKD", "NZ$": "NZD", "S$": "SGD", "SG$": "SGD", "NT$": "TWD", "R$": "BRL", "MX$": "MXN", "Mex$": "MXN",
    "J$": "JMD", "JA$": "JMD", "TT$": "TTD", "N$": "NAD", "FJ$": "FJD", "RD$": "DOP", "L$": "LRD", "G$": "GYD",
    "BZ$": "BZD", "EC$": "XCD", "USD$": "USD", "E£": "EGP", "CN¥": "CNY", "RMB¥": "CNY",
}  # fmt: skip
CODES = frozenset({
    "USD", "EUR", "GBP", "JPY", "CHF", "CAD", "AUD", "NZD", "SGD", "HKD", "TWD", "CNY", "INR", "PKR", "BDT", "LKR",
    "NPR", "IDR", "MYR", "THB", "PHP", "VND", "KRW", "ZAR", "NGN", "KES", "GHS", "EGP", "MAD", "TND", "DZD", "ETB",
    "UGX", "TZS", "ZMW", "BWP", "NAD", "BRL", "MXN", "ARS", "CLP", "COP", "PEN", "UYU", "JMD", "DOP", "NOK", "SEK",
    "DKK", "ISK", "PLN", "CZK", "HUF", "RON", "BGN", "RSD", "RUB", "UAH", "TRY", "ILS", "SAR", "AED", "QAR", "KWD",
    "BHD", "OMR", "IRR", "IQD", "JOD", "LBP", "KZT", "UZS", "GEL", "AMD", "AZN",
})  # fmt: skip
_ABBREVIATED = {
    "Rs": "INR", "Re": "INR", "RMB": "CNY", "Rp": "IDR", "RM": "MYR", "Tk": "BDT", "KSh": "KES", "Ksh": "KES",
    "kr": "kroner", "Fr": "francs", "SFr": "CHF", "Dh": "AED", "Dhs": "AED",
}  # fmt: skip
_BEFORE = re.compile(
    r"(?:(?<![A-Za-z])(?P<us>US|U\.S\.) ?|(?P<prefix>[A-Za-z]{0,4}))(?P<sign>["
    + "".join(SIGNS)
    + r"]) ?$|(?<![A-Za-z0-9'.-])(?:(?P<code>[A-Z]{3})|(?P<short>"
    + "|".join(_ABBREVIATED)
    + r")\.?|(?P<letter>[RN])(?! )) ?$"
)
_STERLING = (("pound", "sterling"), ("pounds", "sterling"))
_LETTERS = {"R": "ZAR", "N": "NGN"}
"""Before digits with a scale or commas: "R20 million"; else it may be a label: "R20"."""
MAX_BEFORE = 7

_NOUNS = {
    "dollar": "USD", "euro": "EUR", "yen": "JPY", "yuan": "CNY", "renminbi": "CNY", "rouble": "RUB", "ruble": "RUB",
    "rupee": "INR", "hryvnia": "UAH", "rand": "ZAR", "zloty": "PLN", "zlotys": "PLN", "forint": "HUF", "koruna": "CZK",
    "kronor": "SEK", "reais": "BRL", "ringgit": "MYR", "baht": "THB", "rupiah": "IDR", "dong": "VND", "shekel": "ILS",
    "leu": "RON", "lei": "RON", "leva": "BGN", "tenge": "KZT", "naira": "NGN", "cedi": "GHS", "birr": "ETB",
    "taka": "BDT", "lari": "GEL", "sterling": "GBP", "złoty": "PLN", "zł": "PLN",
    "franc": "francs", "peso": "pesos", "kroner": "kroner", "krone": "kroner", "krona": "kronor", "kronur": "ISK",
    "dinar": "dinars", "rial": "rials", "riyal": "riyals", "lira": "lira", "lire": "lira", "shilling": "shillings",
    "dirham": "dirhams", "pound": "pounds", "crown": "crowns", "won": "KRW", "kwacha": "kwacha",
}  # fmt: skip
"""Currency of a noun in the singular; the noun itself where several countries have one of the name."""
_OF_A_COUNTRY = {
    "dollar": {
        "us": "USD", "american": "USD", "australian": "AUD", "canadian": "CAD", "new zealand": "NZD",
        "hong kong": "HKD", "singapore": "SGD", "singaporean": "SGD", "taiwan": "TWD", "new taiwan": "TWD",
        "taiwanese": "TWD", "jamaican": "JMD", "namibian": "NAD", "fijian": "FJD", "fiji": "FJD", "liberian": "LRD",
        "trinidad": "TTD", "barbadian": "BBD", "bahamian": "BSD", "belize": "BZD", "guyanese": "GYD",
        "zimbabwean": "ZWL", "zimbabwe": "ZWL", "eastern caribbean": "XCD",
    },
    "franc": {"swiss": "CHF", "cfa": "XOF", "congolese": "CDF", "rwandan": "RWF", "burundian": "BIF", "pacific": "XPF"},
    "peso": {
        "mexican": "MXN", "argentine": "ARS", "argentinian": "ARS", "chilean": "CLP", "colombian": "COP",
        "philippine": "PHP", "uruguayan": "UYU", "dominican": "DOP", "cuban": "CUP",
    },
    "pound": {
        "british": "GBP", "egyptian": "EGP", "sudanese": "SDG", "syrian": "SYP", "lebanese": "LBP", "sterling": "GBP",
    },
    "kroner": {"norwegian": "NOK", "danish": "DKK"},
    "krone": {"norwegian": "NOK", "danish": "DKK"},
    "krona": {"swedish": "SEK", "icelandic": "ISK"},
    "kronor": {"swedish": "SEK"},
    "crown": {"czech": "CZK", "swedish": "SEK", "norwegian": "NOK", "danish": "DKK", "icelandic": "ISK"},
    "koruna": {"czech": "CZK"},
    "rupee": {
        "indian": "INR", "pakistani": "PKR", "pakistan": "PKR", "nepali": "NPR", "nepalese": "NPR", "sri lankan": "LKR",
        "mauritian": "MUR",
    },
    "dinar": {
        "kuwaiti": "KWD", "iraqi": "IQD", "jordanian": "JOD", "bahraini": "BHD", "serbian": "RSD", "tunisian": "TND",
        "algerian": "DZD", "libyan": "LYD",
    },
    "rial": {"iranian": "IRR", "omani": "OMR", "yemeni": "YER"},
    "riyal": {"saudi": "SAR", "qatari": "QAR"},
    "lira": {"turkish": "TRY", "italian": "ITL", "lebanese": "LBP", "syrian": "SYP"},
    "shilling": {"kenyan": "KES", "ugandan": "UGX", "tanzanian": "TZS", "somali": "SOS"},
    "dirham": {"uae": "AED", "emirati": "AED", "moroccan": "MAD"},
    "won": {"south korean": "KRW", "korean": "KRW", "north korean": "KPW"},
    "kwacha": {"zambian": "ZMW", "malawian": "MWK"},
    "real": {"brazilian": "BRL"},
    "yuan": {"chinese": "CNY"},
    "yen": {"japanese": "JPY"},
    "rouble": {"russian": "RUB", "belarusian": "BYN"},
    "ruble": {"russian": "RUB", "belarusian": "BYN"},
    "zloty": {"polish": "PLN"},
    "forint": {"hungarian": "HUF"},
    "rand": {"south african": "ZAR"},
    "shekel": {"israeli": "ILS"},
    "baht": {"thai": "THB"},
    "naira": {"nigerian": "NGN"},
    "hryvnia": {"ukrainian": "UAH"},
}  # fmt: skip
_PLURAL_ONLY_WITH_SCALE = frozenset(("won", "crown", "pound"))
"""Nouns that are as often no money: only after "million" and the like, or with a nationality."""
_SEVERAL = frozenset(("dollar", "rupee", "rouble", "ruble", "won", "sterling"))
"""Nouns of several countries' money that have a meaning alone all the same."""
MONEY = (
    CODES
    | frozenset(SIGNS.values())
    | frozenset(_PREFIXED.values())
    | frozenset(_NOUNS.values()) - {"pounds"}
    | frozenset(code for codes in _OF_A_COUNTRY.values() for code in codes.values())
)
"""Units that are money."""
MONEY_WORDS = frozenset(_NOUNS) | frozenset(f"{noun}s" for noun in _NOUNS)
"""Words in lower case that may name money."""
_CODE_LETTERS = 3


def currency_before(text: str, start: int, *, large: bool) -> tuple[int, str | None] | None:
    """Where an amount whose digits start at `start` begins with its currency, and the currency.

    Args:
        text: Any text.
        start: Where the digits start.
        large: Whether a scale, or commas in the digits, show that it is no label.

    Returns:
        None for a sign with letters before it that name no known currency.
    """
    match = _BEFORE.search(text, max(start - MAX_BEFORE, 0), start)
    if match is None:
        return start, None
    if match["sign"] is not None:
        return _signed(text, match)
    if match["letter"] is not None:
        return (match.start(), _LETTERS[match["letter"]]) if large else (start, None)
    code = match["code"] or match["short"]
    known = code if code in CODES else _ABBREVIATED.get(code)
    return (match.start(), known) if known is not None else (start, None)


def _signed(text: str, match: re.Match[str]) -> tuple[int, str | None] | None:
    """The currency of a sign with the letters right before it: "NT$"."""
    sign, us = match["sign"], match["us"]
    if us is not None and sign == "$":
        return match.start(), "USD"
    prefix = match["prefix"] or us
    if not prefix:
        return match.start("sign"), SIGNS[sign]
    whole = match.start() == 0 or not text[match.start() - 1].isalnum()
    known = _PREFIXED.get(prefix + sign) if whole else None
    return (match.start(), known) if known is not None else None


def currency_named(words: tuple[str, ...], *, scaled: bool) -> tuple[str, int] | None:
    """The currency that the first words after an amount name, and of how many words its name is.

    Args:
        words: At least one word as written: `("Hong", "Kong", "dollars")`.
        scaled: Whether "million" or the like stands before.

    Returns:
        An ISO 4217 code; the name in lower case where it names no single country's ("pesos"). None for no currency.
    """
    if words[0] in CODES or words[0] in SIGNS:
        return SIGNS.get(words[0], words[0]), 1
    if words[:2] in _STERLING:
        return "GBP", 2
    size, noun = next(((size, noun) for size, word in enumerate(words, 1) if (noun := _noun(word))), (0, None))
    if noun is None:
        return None
    code = (
        _alone(noun, scaled=scaled)
        if size == 1
        else _of_a_country(words[: size - 1], words[size - 1], noun, scaled=scaled)
    )
    return (code, size) if code is not None else None


def _alone(noun: str, *, scaled: bool) -> str | None:
    """The currency of a noun without a nationality."""
    if noun in _PLURAL_ONLY_WITH_SCALE and not scaled:
        return None
    return "GBP" if noun == "pound" else _NOUNS.get(noun)


def _of_a_country(nationality: tuple[str, ...], word: str, noun: str, *, scaled: bool) -> str | None:
    """The currency of a noun with the words before it: "Hong Kong dollars"."""
    country = lower_case(" ".join(nationality)).replace(".", "")
    if noun == "won" and not scaled:
        return None
    if country in _OF_A_COUNTRY.get(noun, ()):
        return _OF_A_COUNTRY[noun][country]
    if not all(each[0].isupper() for each in nationality):
        return None
    if _NOUNS.get(noun) in CODES and noun not in _SEVERAL:
        return _NOUNS[noun]
    # Dollars of a country that we do not know are not US dollars.
    return f"{country} {lower_case(word)}" if word.endswith("s") else None


def is_money(unit: str) -> bool:
    """Whether a unit is money, of a known country or not."""
    return unit in MONEY or (" " in unit and _noun(unit.rsplit(maxsplit=1)[-1]) is not None)


def iso_code(unit: str | None) -> str | None:
    """The ISO 4217 code of a unit; None when it is no money, or money of no single country that we know."""
    return unit if unit is not None and unit in MONEY and len(unit) == _CODE_LETTERS and unit.isupper() else None


def _noun(word: str) -> str | None:
    lower = lower_case(word)
    if lower in _NOUNS or lower in _OF_A_COUNTRY:
        return lower
    return lower[:-1] if lower.endswith("s") and lower[:-1] in _NOUNS else None
