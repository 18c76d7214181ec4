#!/bin/sh
# Makes the passwords of docker-compose.yml at the first start, and leaves them alone afterwards. Runs as root with the
# group of the services (10001): the files are for that group to read, and for nobody to write.
set -eu
umask 0227
for name in redis_password kafka_password; do
  file=/run/newsweave/$name
  if [ ! -s "$file" ]; then
    rm -f "$file" "$file.new"
    head -c 32 /dev/urandom | base64 | tr '+/' '-_' | tr -d '=\n' >"$file.new"
    mv "$file.new" "$file"
  fi
done
