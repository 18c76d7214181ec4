"""How times of publication are written for machines. Pure."""

from datetime import UTC, datetime

from services.contracts.article import Precision
from services.contracts.publication_interval import is_day_only


def machine_time(moment: datetime, precision: Precision | None = None) -> str:
    """In ISO 8601, as exactly as it is known: with a time of day, or the day alone."""
    if is_day_only(moment, precision):
        return moment.astimezone(UTC).date().isoformat()
    return moment.isoformat()
