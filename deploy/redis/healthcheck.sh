#!/bin/sh
# PONG only once the append-only file is loaded.
set -eu
REDISCLI_AUTH=$(cat /run/newsweave/redis_password)
export REDISCLI_AUTH
test "$(redis-cli ping)" = PONG
