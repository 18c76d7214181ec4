"""aiokafka's failures, told apart."""

from collections.abc import Iterator
from contextlib import contextmanager

from aiokafka.errors import KafkaConnectionError, KafkaError, KafkaTimeoutError

from services.runtime.errors import TransientError


@contextmanager
def kafka_errors() -> Iterator[None]:
    """Turn what may pass (no connection, no leader, a timeout) into TransientError; let every other error through."""
    try:
        yield
    except KafkaError as error:
        if error.retriable or isinstance(error, KafkaConnectionError | KafkaTimeoutError):
            raise TransientError(f"Kafka does not answer: {error!r}") from error
        raise
