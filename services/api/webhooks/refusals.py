"""What the routes of webhooks refuse."""

from http import HTTPStatus

from services.api.errors import Refused
from services.api.webhooks.webhook_store import TooManyWebhooks

PATH = "/v1/webhooks"


def no_webhook(name: str) -> Refused:
    """There is no webhook of this name."""
    return Refused(HTTPStatus.NOT_FOUND, "No such webhook", f"There is no webhook {name}. {PATH} lists all.")


def name_taken(name: str) -> Refused:
    """There is a webhook of this name."""
    detail = f"There is a webhook {name} already: DELETE {PATH}/{name} first, or choose another name."
    return Refused(HTTPStatus.CONFLICT, "The name is taken", detail)


def too_many(error: TooManyWebhooks) -> Refused:
    """No further webhook is kept."""
    return Refused(HTTPStatus.CONFLICT, "Too many webhooks", f"{str(error).capitalize()}: delete some first.")


def not_valid(field: str, message: str) -> Refused:
    """A field of the body is of the right form, and cannot be."""
    return Refused(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "The request is not valid",
        "Correct the fields named in `errors` and send the request again.",
        errors=[{"field": f"body.{field}", "message": message}],
    )
