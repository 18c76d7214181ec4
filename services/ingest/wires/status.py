"""What an agency says may be done with an item: IPTC's publishing status, embargo. Pure."""

from services.contracts.article import ArticleStatus

_STATUSES = {
    "usable": ArticleStatus.USABLE,
    "corrected": ArticleStatus.CORRECTED,
    "canceled": ArticleStatus.WITHDRAWN,
    "cancelled": ArticleStatus.WITHDRAWN,
    "killed": ArticleStatus.WITHDRAWN,
    "withdrawn": ArticleStatus.WITHDRAWN,
}


class NotForPublication(Exception):  # noqa: N818 - a fact about the item
    """An item that is not ours to publish, or not news text. The text says why."""


def article_status(pub_status: str | None, *, is_correction: bool = False) -> ArticleStatus:
    """Our status for a publishing status (`usable`, `stat:canceled`); without one it is usable, as IPTC has it.

    Raises:
        NotForPublication: it is withheld, or something that we do not know.
    """
    code = (pub_status or "usable").rpartition(":")[2].strip().lower()
    if code not in _STATUSES:
        raise NotForPublication(f"its status is {code!r}: not to be published")
    status = _STATUSES[code]
    return ArticleStatus.CORRECTED if is_correction and status is ArticleStatus.USABLE else status
