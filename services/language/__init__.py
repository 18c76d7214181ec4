"""English as written in news, one answer to each question: pure functions for extract, dedupe and ingest."""
