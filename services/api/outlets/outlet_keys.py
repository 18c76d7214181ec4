"""Under which key an outlet stands. Pure."""

from urllib.parse import quote

from services.api.names.name_keys import MOST_KEY_CHARACTERS, name_key
from services.contracts.article import Publisher


def outlet_key(publisher: Publisher) -> str | None:
    """The domain, or the name in small letters with hyphens where no domain is known; None for an unknown outlet.

    A domain has a dot and the other kind of key has none: they never meet.
    """
    if publisher.domain:
        return read_outlet_key(publisher.domain)
    return name_key(publisher.name or "")


def read_outlet_key(text: str) -> str | None:
    """The key that an address or a reader gives: a domain or a name; None if it can be neither."""
    if "." not in text:
        return name_key(text)
    domain = text.casefold().removeprefix("www.")
    is_domain = domain.isprintable() and not any(character.isspace() or character in "/?#" for character in domain)
    return domain if is_domain and domain.strip(".") and len(domain) <= MOST_KEY_CHARACTERS else name_key(text)


def page_of_outlet(publisher: Publisher) -> str | None:
    """Path of the page of a publisher; None for an unknown one."""
    key = outlet_key(publisher)
    return None if key is None else outlet_page(key)


def outlet_page(key: str) -> str:
    """Path of the page of an outlet."""
    return f"/outlets/{quote(key, safe='')}"
