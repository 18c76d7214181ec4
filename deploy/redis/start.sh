#!/bin/sh
# Starts Redis in its container. The password goes into a file: a command line can be read by everybody.
set -eu
umask 077
cat >/tmp/redis.conf <<CONF
requirepass $(cat /run/newsweave/redis_password)
appendonly yes
appendfsync everysec
save ""
# Full: writes are refused, nothing is thrown away. Below the container's own limit, which would end Redis.
maxmemory $REDIS_MAXMEMORY
maxmemory-policy noeviction
CONF
exec redis-server /tmp/redis.conf
