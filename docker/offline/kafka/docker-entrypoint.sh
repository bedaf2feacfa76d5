#!/bin/bash
# Starts the broker where KAFKA_LISTENERS and KAFKA_ADVERTISED_LISTENERS say. It is one node with one plain listener: the
# controller's is not needed, and one that asks for encryption or a login is refused.
set -euo pipefail

fail() { printf 'entrypoint: %s\n' "$*" >&2; exit 1; }

[ "${1-broker}" = broker ] || exec "$@"

listeners=${KAFKA_LISTENERS:-PLAINTEXT://:9092}
controllers=",${KAFKA_CONTROLLER_LISTENER_NAMES:-CONTROLLER},"
protocols=",${KAFKA_LISTENER_SECURITY_PROTOCOL_MAP:-},"

name=
IFS=, read -ra all <<<"$listeners"
for listener in "${all[@]}"; do
    [[ $listener =~ ^([A-Za-z0-9_-]+)://(.*):([0-9]+)$ ]] ||
        fail "'$listener' in KAFKA_LISTENERS is not a listener such as PLAINTEXT://:9092"
    case $controllers in *",${BASH_REMATCH[1]},"*) continue ;; esac
    [ -z "$name" ] || fail "KAFKA_LISTENERS names '$name' and '${BASH_REMATCH[1]}'; this broker has one listener"
    name=${BASH_REMATCH[1]} host=${BASH_REMATCH[2]} port=${BASH_REMATCH[3]}
done
[ -n "$name" ] || fail "KAFKA_LISTENERS names no listener for clients"
# Without a map, a listener's name is its protocol.
case $protocols in
    *",$name:PLAINTEXT,"*) ;;
    *)
        [ "$name" = PLAINTEXT ] && [[ $protocols != *",PLAINTEXT:"* ]] ||
            fail "listener '$name' does not speak PLAINTEXT, and this broker speaks nothing else"
        ;;
esac

advertised="localhost:$port"
case $host in "" | 0.0.0.0) ;; *) advertised="$host:$port" ;; esac
IFS=, read -ra all <<<"${KAFKA_ADVERTISED_LISTENERS:-}"
for listener in "${all[@]}"; do
    case $listener in "$name://"*) advertised=${listener#*://} ;; esac
done

exec tansu broker --listener-url "tcp://${host:-0.0.0.0}:$port" --advertised-listener-url "tcp://$advertised" \
    --storage-engine memory://tansu/
