#!/bin/bash
# Starts the store with the options of `mongod` that mean something to it. It has no users: what asks for some is refused,
# so that nobody believes in a password that is not there.
set -euo pipefail
shopt -s nullglob

say() { printf 'entrypoint: %s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }

[ "${1-}" != "${1#-}" ] && set -- mongod "$@"
[ "${1-}" = mongod ] || exec "$@"
shift

for name in MONGO_INITDB_ROOT_USERNAME MONGO_INITDB_ROOT_PASSWORD; do
    file=${name}_FILE
    [ -z "${!name-}${!file-}" ] || fail "$name is set, but this store has no users; use the image 'mongo' for that"
done
scripts=(/docker-entrypoint-initdb.d/*.{js,sh})
[ ${#scripts[@]} -eq 0 ] || fail "this store runs no scripts such as '${scripts[0]}'; use the image 'mongo' for that"

host=127.0.0.1
port=27017
data=/data/db
while [ $# -gt 0 ]; do
    # `--port=1` and `--port 1` are the same.
    case $1 in
        --*=*) set -- "${1%%=*}" "${1#*=}" "${@:2}" ;;
    esac
    case $1 in
        --bind_ip_all) host=0.0.0.0 ;;
        --bind_ip) host=${2%%,*}; case ",$2," in *,\*,* | *,0.0.0.0,*) host=0.0.0.0 ;; esac; shift ;;
        --port) port=$2; shift ;;
        --dbpath) data=$2; shift ;;
        --auth | --keyFile) fail "'$1' is set, but this store has no users; use the image 'mongo' for that" ;;
        *)
            say "'$1' means nothing to this store"
            case ${2--} in -*) ;; *) shift ;; esac
            ;;
    esac
    shift
done
[ -w "$data" ] || fail "user $(id -un) ($(id -u)) cannot write to '$data'"
# By its function: as a module it would be loaded twice, and each line of its log would come twice.
exec python3 -c 'import sys; from nx_27017.nx_27017 import main; sys.exit(main())' \
    --host "$host" --port "$port" --data-dir "$data" --log-file /dev/stdout --pid-file /tmp/store.pid
