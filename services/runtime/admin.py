"""Topics: created at start-up with the settings that contracts give them."""

from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.errors import KafkaError, TopicAlreadyExistsError, for_code

from services.contracts.topics import DAY_MS, MAX_MESSAGE_BYTES, TOPICS, Topic
from services.runtime.kafka_errors import kafka_errors
from services.runtime.passwords import kafka_security
from services.runtime.producer import ENVELOPE_BYTES
from services.runtime.settings import RuntimeSettings

DEAD_LETTER_RETENTION_MS = 30 * DAY_MS
CREATE_TIMEOUT_MS = 20_000
ASK_TIMEOUT_MS = 2_000
_CLIENT_ID = "newsweave-admin"


def _configuration(retention_ms: int | None) -> dict[str, str]:
    common = {"max.message.bytes": str(MAX_MESSAGE_BYTES + ENVELOPE_BYTES)}
    if retention_ms is None:
        return common | {"cleanup.policy": "compact"}
    return common | {"cleanup.policy": "delete", "retention.ms": str(retention_ms)}


def _new_topics(topics: tuple[Topic, ...], settings: RuntimeSettings) -> list[NewTopic]:
    wanted: dict[str, tuple[int, int | None]] = {}
    for topic in topics:
        wanted[topic.name] = (settings.topic_partitions, topic.retention_ms)
        for service in (*topic.consumers, topic.producer):
            wanted[topic.dead_letters(service)] = (1, DEAD_LETTER_RETENTION_MS)
    return [
        NewTopic(
            name=settings.topic_prefix + name,
            num_partitions=partitions,
            replication_factor=settings.topic_replication,
            topic_configs=_configuration(retention_ms),
        )
        for name, (partitions, retention_ms) in wanted.items()
    ]


async def ensure_topics(settings: RuntimeSettings, topics: tuple[Topic, ...] = TOPICS) -> str:
    """Create what is missing and return the cluster's id, which tells this log from any other.

    Raises:
        TransientError: no broker answers.
        KafkaError: the broker refuses, with its reason.
    """
    admin = AIOKafkaAdminClient(
        bootstrap_servers=settings.kafka_bootstrap_servers, client_id=_CLIENT_ID, **kafka_security(settings)
    )
    try:
        with kafka_errors():
            await admin.start()
            existing = set(await admin.list_topics())
            missing = [new for new in _new_topics(topics, settings) if new.name not in existing]
            if missing:
                response = await admin.create_topics(missing, timeout_ms=CREATE_TIMEOUT_MS)
                for name, code, *_ in response.topic_errors:
                    if code not in (0, TopicAlreadyExistsError.errno):
                        raise for_code(code)(f"topic {name} could not be created")
            return str((await admin.describe_cluster())["cluster_id"])
    finally:
        await admin.close()


async def lists_a_broker(settings: RuntimeSettings) -> bool:
    """Whether a cluster has a broker that serves.

    Apache Kafka opens its port before that: killed and started again, it lists no broker until its session of before
    has ended.
    """
    admin = AIOKafkaAdminClient(
        bootstrap_servers=settings.kafka_bootstrap_servers,
        client_id=_CLIENT_ID,
        request_timeout_ms=ASK_TIMEOUT_MS,
        **kafka_security(settings),
    )
    try:
        await admin.start()
        return bool((await admin.describe_cluster())["brokers"])
    except KafkaError:
        return False
    finally:
        await admin.close()
