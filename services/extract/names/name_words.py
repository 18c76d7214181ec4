"""Words that are no part of what somebody is called but stand in and beside names: "al-", "Jr.", "then-", "MP"."""

import re

from services.extract.vocabulary.lexicon import Lexicon
from services.language.person_names import NAME_PARTICLES
from services.language.spelling import AFTER_NAMES
from services.language.tokens import WORD, Token

_BOUND_ARTICLE = re.compile(
    r"(?:[ae]l|a[dnrsz]|a[dst]h|[uo]l|bin|abu|d|l|dell|dall|'?t)['-](?=[^\W\d_])", re.IGNORECASE
)
INNER_WORDS = NAME_PARTICLES | {
    "af", "av", "ben", "bint", "do", "e", "te", "ten", "und", "vom", "y", "zu", "zum", "zur"
}  # fmt: skip
"""Lower-case words inside names, several of them in a row too: "van der", "von und zu"."""
LETTERS = frozenset((
    "AO", "BA", "BSc", "CBE", "CFA", "CMG", "CPA", "CVO", "DBE", "DDS", "DPhil", "DSO",
    "DVM", "EdD", "Esq", "FBA", "FRCP", "FRS", "FRSE", "GBE", "GCB", "JD", "JP", "KBE", "KC", "KCB", "LLB", "LLD",
    "LLM", "LVO", "MA", "MBA", "MBBS", "MBE", "MD", "MEP", "MHA", "MLA", "MNA", "MP", "MPP", "MPH", "MSP", "MSc",
    "MVO", "OAM", "OBE", "PhD", "QC", "RN", "SC", "TD",
    "B.A.", "D.D.S.", "J.D.", "K.C.", "M.A.", "M.B.A.", "M.D.", "M.P.", "Ph.D", "Q.C.", "R.N.",
))  # fmt: skip
"""Letters after a name."""
NAMED_AFTER = frozenset((
    "act", "airport", "amendment", "announcement", "avenue", "award", "awards", "bay", "beach", "bill", "bridge",
    "building", "campaign", "canal", "cathedral", "center", "centre", "city", "college", "county", "cup", "day",
    "doctrine", "drive", "facts", "field", "hall", "high", "highway", "hotel", "interview", "island", "islands",
    "lake", "law", "library", "memorial", "mountain", "park", "peninsula", "plaza", "prize", "report", "river",
    "road", "scandal", "show", "square", "stadium", "strait", "street", "theater", "theatre", "tower", "valley",
))  # fmt: skip
"""Last words of what bears a person's name."""
ALSO_PLACES = frozenset(("MA", "MD", "SC", "BA"))
"""Letters that stand for a state as often."""
MEMBERSHIPS = frozenset(("MEP", "MHA", "MLA", "MNA", "MP", "MPP", "MSP", "TD", "M.P."))
"""Letters that are a role."""
OFFICES = frozenset((
    "affairs", "agriculture", "aviation", "civil", "commerce", "communications", "culture", "defence", "defense",
    "development", "economy", "education", "energy", "environment", "finance", "fisheries", "foreign", "health",
    "homeland", "housing", "immigration", "industry", "information", "infrastructure", "interior", "internal",
    "justice", "labor", "labour", "naval", "operations", "petroleum", "police", "public", "science", "security",
    "social", "sport", "sports", "staff", "state", "tourism", "trade", "transport", "transportation", "treasury",
    "veterans", "war", "water", "welfare", "works",
))  # fmt: skip
"""What an office is for: words after "of" in "Minister of Aviation Ada Reyl"."""
_BEFORE_TITLES = frozenset((
    "acting", "arch", "assistant", "attorney", "co", "consul", "deputy", "director", "ex", "former", "governor",
    "interim", "lieutenant", "major", "non", "pro", "secretary", "senior", "solicitor", "sub", "surgeon", "then",
    "under", "vice",
))  # fmt: skip
_AFTER_TITLES = frozenset(("at", "chief", "designate", "elect", "emeritus", "general", "in", "large", "law"))
_PREFIXES = frozenset(("Co", "Ex", "Then", "Vice", "Former"))
_NO_TITLE = frozenset(("non", "pro"))


def bound_article(word: str) -> str:
    """The article that is written in one with a name: "al-" of "al-Hariri"; nothing where there is none."""
    if "-" not in word and "'" not in word:
        return ""
    match = _BOUND_ARTICLE.match(word)
    return match.group() if match and word[match.end()].isupper() else ""


def is_letters(words: str) -> bool:
    """Whether words are but letters after a name, and what joins them: "MP, MBE", "Jr."."""
    parts = [part.rstrip(".,") for part in words.split()]
    return all(not part or part in LETTERS or f"{part}." in LETTERS or part.lower() in AFTER_NAMES for part in parts)


def starts_upper(token: Token) -> bool:
    """Whether a word is written like a name: in upper case, its article aside ("al-Hariri")."""
    text = token.text
    return token.kind == WORD and (text[0].isupper() or (("-" in text or "'" in text) and bound_article(text) != ""))


def is_title(word: str, lexicon: Lexicon) -> bool:
    """Whether a word, in lower case, is a title, also with what is written before it: "mayor", "then-mayor"."""
    if word in lexicon.titles:
        return True
    parts = word.split("-")
    if len(parts) == 1 or parts[0] in _NO_TITLE:
        return False
    around = _BEFORE_TITLES | _AFTER_TITLES
    titles = [part in lexicon.titles for part in parts]
    if any(titles) and all(title or part in around for title, part in zip(titles, parts, strict=True)):
        return True
    return parts[0] in _BEFORE_TITLES and is_occupation(parts[-1], lexicon)


def prefixes_a_title(word: str) -> bool:
    """Whether a word in upper case is some common noun with "Co-" or "Ex-" before it."""
    prefix, _, rest = word.partition("-")
    return prefix in _PREFIXES and rest.islower()


def is_occupation(word: str, lexicon: Lexicon) -> bool:
    """Whether a word, in lower case, says what somebody does: "farmer"."""
    return word in lexicon.occupations or word in lexicon.source_nouns
