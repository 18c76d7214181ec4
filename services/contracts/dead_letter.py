"""Headers that a dead letter carries beside the untouched key, value and headers of the message it was."""

SERVICE = "dlq_service"
REASON = "dlq_reason"
EXCEPTION = "dlq_exception"
ORIGIN_TOPIC = "dlq_origin_topic"
ORIGIN_PARTITION = "dlq_origin_partition"
ORIGIN_OFFSET = "dlq_origin_offset"
