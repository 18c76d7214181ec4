#!/bin/bash
# Starts Kafka in its container. The image's own start script writes its configuration into the image, and gives every
# new log the same cluster id; by that id the services tell one log from another.
set -eu
properties=/etc/newsweave/server.properties
if [ ! -e /var/lib/kafka/data/meta.properties ]; then
  cluster_id=$(head -c 16 /dev/urandom | base64 | tr '+/' '-_' | tr -d '=')
  /opt/kafka/bin/kafka-storage.sh format --cluster-id="$cluster_id" --config "$properties"
fi
exec /opt/kafka/bin/kafka-server-start.sh "$properties" \
  --override advertised.listeners="INSIDE://kafka:19092,OUTSIDE://127.0.0.1:$OUTSIDE_PORT"
