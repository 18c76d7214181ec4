"""Passwords from files."""

import ast
from pathlib import Path

import pytest
from pydantic import ValidationError
from redis.exceptions import AuthenticationError

import services.runtime
from services.runtime.passwords import kafka_security
from services.runtime.redis_client import open_redis
from services.runtime.settings import RuntimeSettings
from tests.support.brokers import running_redis


async def test_redis_is_opened_with_the_password_of_the_file(tmp_path: Path) -> None:
    with running_redis(tmp_path / "redis") as server:
        settings = RuntimeSettings(redis_url=server.address, redis_password_file=server.password_file)
        async with open_redis(settings) as redis:
            assert await redis.ping()
        wrong = tmp_path / "wrong"
        wrong.write_text("wrong\n")
        async with open_redis(settings.model_copy(update={"redis_password_file": wrong})) as redis:
            with pytest.raises(AuthenticationError):
                await redis.ping()


def test_kafka_clients_log_in_with_the_password_of_the_file_without_its_line_end(tmp_path: Path) -> None:
    file = tmp_path / "password"
    file.write_text("pass word\n")
    settings = RuntimeSettings(kafka_security_protocol="SASL_PLAINTEXT", kafka_username="me", kafka_password_file=file)
    assert kafka_security(settings) == {
        "security_protocol": "SASL_PLAINTEXT",
        "sasl_mechanism": "PLAIN",
        "sasl_plain_username": "me",
        "sasl_plain_password": "pass word",
    }
    assert kafka_security(RuntimeSettings()) == {}


def test_a_login_without_a_password_is_refused_by_the_settings() -> None:
    with pytest.raises(ValidationError, match="NEWSWEAVE_KAFKA_PASSWORD_FILE"):
        RuntimeSettings(kafka_security_protocol="SASL_PLAINTEXT")


def test_a_missing_password_file_is_named(tmp_path: Path) -> None:
    settings = RuntimeSettings(redis_password_file=tmp_path / "none")
    with pytest.raises(FileNotFoundError, match="none"):
        open_redis(settings)


def test_every_kafka_client_is_given_the_login() -> None:
    runtime = Path(services.runtime.__file__ or "").parent
    clients = [
        (file.name, ast.unparse(call))
        for file in sorted(runtime.glob("*.py"))
        for call in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and ast.unparse(call.func).startswith("AIOKafka")
    ]
    assert len(clients) >= 5
    assert [name for name, call in clients if "**kafka_security(settings)" not in call] == []
