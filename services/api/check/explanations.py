"""What was found of a draft's claim, in a sentence for people. Pure."""

from services.api.check.models import CheckedClaim, Status
from services.language.case import amount_in_sentence


def explain(checked: CheckedClaim) -> str:
    """One or two sentences."""
    amounts = [
        f"{amount_in_sentence(each.surface)}{f' ({each.source})' if each.source else ''}"
        for each in checked.other_amounts
    ]
    match checked.status:
        case Status.DENIED:
            deniers = list(dict.fromkeys(each.source or "an outlet itself" for each in checked.denials))
            verb = "says" if checked.origins == 1 else "say"
            told = f"; {_origins(checked.origins)} {verb} that it is so" if checked.origins else ""
            return f"{_listed(deniers)} {'says' if len(deniers) == 1 else 'say'} otherwise{told}."
        case Status.SUPERSEDED:
            newer = [text for text, each in zip(amounts, checked.other_amounts, strict=True) if each.newer]
            return f"Newer reports give {_listed(newer)}."
        case Status.REPORTED:
            return f"Reported by {_origins(checked.origins)}{_by(checked, 'give')}.{_beside(amounts)}"
        case Status.SINGLE_SOURCE:
            if checked.root_source is not None:
                return f"All reports of it go back to {checked.root_source}.{_beside(amounts)}"
            return f"Only one independent origin reports it{_by(checked, 'gives')}.{_beside(amounts)}"
        case Status.NOT_REPORTED:
            instead = f" Reports give {_listed(amounts)} instead." if amounts else ""
            return f"No report surely says the same.{instead}"


def _origins(number: int) -> str:
    return f"{number} independent origin{'' if number == 1 else 's'}"


def _by(checked: CheckedClaim, verb: str) -> str:
    return f", which {verb} it to {_listed(list(checked.said_by))}" if checked.said_by else ""


def _beside(amounts: list[str]) -> str:
    return f" Other reports give {_listed(amounts)}." if amounts else ""


def _listed(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
