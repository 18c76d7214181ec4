"""Why an article is in its event, as pages say it. Pure."""

from dataclasses import dataclass

from services.api.pages import phrases
from services.api.pages.references import Pieces, References
from services.contracts.event import Membership

_FITS = "Its words, names, places and days fit those of the event."


@dataclass(frozen=True)
class Reason:
    """Why an article is in the event: sentences, then each signal with its value."""

    in_short: tuple[Pieces, ...]
    """The sentences without the number that an event's page has no room to explain."""
    sentences: tuple[Pieces, ...]
    signals: tuple[tuple[str, str], ...]
    model: str


def reason(membership: Membership, references: References) -> Reason:
    """The decision in words; `references` names other events."""
    score, needed = membership.score, phrases.score(membership.threshold)
    sentences = [
        "The first of this event that Newsweave read."
        if score is None
        else f"Its similarity to the event is {phrases.score(score)} on a scale of 0 to 1; {needed} is enough to join."
    ]
    nearest = membership.nearest
    told_again = nearest is not None and nearest.event_id == membership.runner_up
    if membership.runner_up is not None and membership.runner_up_score is not None and not told_again:
        sentences.append(
            f"It would fit {membership.runner_up} second best, with {phrases.score(membership.runner_up_score)}."
        )
    if nearest is not None:
        sentences.append(nearest.sentence)
    signals = tuple((name.replace("_", " "), phrases.score(value)) for name, value in membership.signals.items())
    in_short = [sentences[0] if score is None else _FITS, *sentences[1:]]
    pieces = references.pieces
    return Reason(tuple(map(pieces, in_short)), tuple(map(pieces, sentences)), signals, membership.model)
