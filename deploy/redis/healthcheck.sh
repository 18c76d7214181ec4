#!/bin/sh
# PONG only once the append-only file is loaded.
set -eu
. /etc/newsweave/login.sh
test "$(redis-cli ping)" = PONG
