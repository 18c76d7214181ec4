"""Passwords come from files: command lines and environments are shown to others, and end up in logs."""

from pathlib import Path
from typing import Any

from services.runtime.settings import RuntimeSettings


def kafka_security(settings: RuntimeSettings) -> dict[str, Any]:
    """What every aiokafka client is given to log in; nothing where no login is asked for.

    Raises:
        OSError: the password's file cannot be read; the message names it.
    """
    if settings.kafka_security_protocol == "PLAINTEXT" or settings.kafka_password_file is None:
        return {}
    return {
        "security_protocol": settings.kafka_security_protocol,
        "sasl_mechanism": "PLAIN",
        "sasl_plain_username": settings.kafka_username,
        "sasl_plain_password": read_password(settings.kafka_password_file),
    }


def redis_password(settings: RuntimeSettings) -> str | None:
    """Redis' password; None where no file is set: then the address may have one.

    Raises:
        OSError: the password's file cannot be read; the message names it.
    """
    return None if settings.redis_password_file is None else read_password(settings.redis_password_file)


def read_password(file: Path) -> str:
    """The file's text without the line end that editors put there."""
    return file.read_text(encoding="utf-8").rstrip("\r\n")
