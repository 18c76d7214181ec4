#!/bin/bash
# Starts Kafka in its container. The image's own start script writes its configuration into the image, and gives every
# new log the same cluster id; by that id the services tell one log from another.
set -eu
umask 077
user=newsweave
password=$(cat /run/newsweave/kafka_password)

# The passwords go into files: a command line can be read by everybody.
properties=/tmp/server.properties
login="org.apache.kafka.common.security.plain.PlainLoginModule required username=\"$user\" password=\"$password\""
{
  cat /etc/newsweave/server.properties
  echo "advertised.listeners=INSIDE://kafka:19092,OUTSIDE://127.0.0.1:$OUTSIDE_PORT"
  for listener in inside outside; do
    echo "listener.name.$listener.sasl.enabled.mechanisms=PLAIN"
    echo "listener.name.$listener.plain.sasl.jaas.config=$login user_$user=\"$password\";"
  done
} >$properties

# For Kafka's own tools in this container (--command-config), and for kcat on the host (kcat -F).
printf '%s\n' security.protocol=SASL_PLAINTEXT sasl.mechanism=PLAIN "sasl.jaas.config=$login;" >/tmp/client.properties
printf '%s\n' security.protocol=SASL_PLAINTEXT sasl.mechanism=PLAIN "sasl.username=$user" "sasl.password=$password" \
  >/tmp/kcat.conf

if [ ! -e /var/lib/kafka/data/meta.properties ]; then
  cluster_id=$(head -c 16 /dev/urandom | base64 | tr '+/' '-_' | tr -d '=')
  /opt/kafka/bin/kafka-storage.sh format --cluster-id="$cluster_id" --config $properties
fi
exec /opt/kafka/bin/kafka-server-start.sh $properties
