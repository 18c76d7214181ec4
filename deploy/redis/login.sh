# To be sourced: lets redis-cli in this container log in. Not its -a option, which everybody could read.
REDISCLI_AUTH=$(cat /run/newsweave/redis_password)
export REDISCLI_AUTH
