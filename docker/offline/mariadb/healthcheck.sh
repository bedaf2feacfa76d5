#!/bin/bash
# Whether the server is ready, in the way of the official image: each argument names one thing that must hold.
# Asks by TCP, as clients do: while scripts fill a new database the server does not listen there.
set -euo pipefail

conditions=()
for argument; do
    case $argument in
        --connect) conditions+=("1") ;;
        --innodb_initialized)
            conditions+=("(SELECT support IN ('YES', 'DEFAULT') FROM information_schema.engines WHERE engine = 'InnoDB')")
            ;;
        --innodb_buffer_pool_loaded)
            conditions+=("(SELECT variable_value RLIKE 'completed|not started' FROM information_schema.global_status
                WHERE variable_name = 'Innodb_buffer_pool_load_status')")
            ;;
        *)
            echo "healthcheck.sh: '$argument' is not known here; --connect, --innodb_initialized and" \
                "--innodb_buffer_pool_loaded are" >&2
            exit 64
            ;;
    esac
done
[ ${#conditions[@]} -gt 0 ] || { echo "healthcheck.sh: say what to check, such as --connect" >&2; exit 64; }

printf -v all ' AND %s' "${conditions[@]}"
answer=$(mariadb --defaults-file="${DATADIR:-/var/lib/mysql}/.my-healthcheck.cnf" --protocol=tcp --host=127.0.0.1 \
    --connect-timeout=3 --batch --skip-column-names --execute="SELECT ${all# AND }")
[ "$answer" = 1 ]
