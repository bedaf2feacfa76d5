#!/bin/bash
# Starts MariaDB as the official image does: MARIADB_* variables (MYSQL_* and *_FILE too) and the scripts in
# /docker-entrypoint-initdb.d make a new database; one that exists is left alone; arguments go to the server.
#
# A new database is a copy of the template in the image, and the statements that depend on the variables run before the
# server listens. If that is interrupted, the next start begins afresh.
set -euo pipefail
shopt -s nullglob

template=/usr/local/share/mariadb-template
data=/var/lib/mysql
scripts=(/docker-entrypoint-initdb.d/*)

say() { printf '%s [entrypoint] %s\n' "$(date --iso-8601=seconds)" "$*"; }
fail() { say "$*" >&2; exit 1; }

# The variable MARIADB_$1 or MYSQL_$1, or what the file holds that one of them names with _FILE.
setting() {
    local name file
    for name in "MARIADB_$1" "MYSQL_$1"; do
        file=${name}_FILE
        if [ -n "${!name-}" ] && [ -n "${!file-}" ]; then
            fail "both $name and $file are set; set one"
        elif [ -n "${!name-}" ]; then
            printf '%s' "${!name}"
            return
        elif [ -n "${!file-}" ]; then
            [ -r "${!file}" ] || fail "the file '${!file}', named by $file, cannot be read"
            printf '%s' "$(<"${!file}")"
            return
        fi
    done
}

text() { # a string of SQL
    local value=${1//\\/\\\\}
    printf "'%s'" "${value//\'/\\\'}"
}
identifier() { printf '`%s`' "${1//\`/\`\`}"; }

# "BY 'password'" or, for a hash, "BY PASSWORD 'hash'".
secret() {
    if [ -n "$2" ]; then printf 'BY PASSWORD %s' "$(text "$2")"; else printf 'BY %s' "$(text "$1")"; fi
}

read_settings() {
    root_password=$(setting ROOT_PASSWORD)
    root_hash=$(setting ROOT_PASSWORD_HASH)
    root_host=$(setting ROOT_HOST)
    root_host=${root_host:-%}
    database=$(setting DATABASE)
    user=$(setting USER)
    password=$(setting PASSWORD)
    hash=$(setting PASSWORD_HASH)
    if [ -z "$root_password$root_hash" ]; then
        if [ -n "$(setting RANDOM_ROOT_PASSWORD)" ]; then
            root_password=$(head -c 24 /dev/urandom | base64)
            say "GENERATED ROOT PASSWORD: $root_password"
        elif [ -z "$(setting ALLOW_EMPTY_ROOT_PASSWORD)$(setting ALLOW_EMPTY_PASSWORD)" ]; then
            fail "a new database needs one of MARIADB_ROOT_PASSWORD, MARIADB_ROOT_PASSWORD_HASH," \
                "MARIADB_ALLOW_EMPTY_ROOT_PASSWORD and MARIADB_RANDOM_ROOT_PASSWORD"
        fi
    fi
    [ -z "$user" ] || [ -n "$password$hash" ] || fail "MARIADB_USER is set, MARIADB_PASSWORD is not"
    [ "$user" != root ] || fail "MARIADB_USER cannot be root; MARIADB_ROOT_PASSWORD sets root's password"
}

first_statements() {
    local host health_password=$1
    echo "SET @@SESSION.SQL_LOG_BIN = 0;"
    echo "SET @@SESSION.SQL_MODE = REPLACE(@@SESSION.SQL_MODE, 'NO_BACKSLASH_ESCAPES', '');"
    for host in localhost 127.0.0.1; do
        echo "CREATE USER healthcheck@'$host' IDENTIFIED BY '$health_password';"
    done
    if [ -n "$database" ]; then echo "CREATE DATABASE IF NOT EXISTS $(identifier "$database");"; fi
    if [ -n "$user" ]; then
        echo "CREATE USER $(text "$user")@'%' IDENTIFIED $(secret "$password" "$hash");"
        # In the name of a database in GRANT, _ stands for any character.
        if [ -n "$database" ]; then
            local granted=${database//\\/\\\\}
            echo "GRANT ALL ON $(identifier "${granted//_/\\_}").* TO $(text "$user")@'%';"
        fi
    fi
    if [ "$root_host" != localhost ]; then
        echo "CREATE USER root@$(text "$root_host") IDENTIFIED $(secret "$root_password" "$root_hash");"
        echo "GRANT ALL ON *.* TO root@$(text "$root_host") WITH GRANT OPTION;"
    fi
    echo "ALTER USER root@localhost IDENTIFIED $(secret "$root_password" "$root_hash");"
    # Written by the server when all of the above has worked: the sign that the database is complete.
    echo "SELECT 'complete' INTO OUTFILE $(text "$data/.complete");"
}

docker_process_sql() { # for the scripts, under the official name
    MYSQL_PWD=$root_password mariadb --protocol=socket --socket="$private_socket" --user=root "$@"
}

# Runs the scripts against a server that nobody else can reach.
run_scripts() {
    local server script database_option=()
    [ -z "$root_hash" ] || fail "scripts in /docker-entrypoint-initdb.d need root's password, not its hash"
    [ -z "$database" ] || database_option=(--database="$database")
    private_socket=/tmp/first-start.sock
    "$@" --skip-networking --socket="$private_socket" --init-file=/dev/fd/3 3<<<"$statements" &
    server=$!
    until docker_process_sql --execute='SELECT 1' >/dev/null 2>&1; do
        kill -0 "$server" 2>/dev/null || fail "the server ended before it was ready; see above"
        sleep 0.05
    done
    for script in "${scripts[@]}"; do
        case $script in
            *.sh)
                say "running $script"
                # shellcheck disable=SC1090
                if [ -x "$script" ]; then "$script"; else . "$script"; fi
                ;;
            *.sql) say "running $script"; docker_process_sql "${database_option[@]}" <"$script" ;;
            *.sql.gz) say "running $script"; gzip -dc "$script" | docker_process_sql "${database_option[@]}" ;;
            *) say "ignoring $script" ;;
        esac
    done
    kill "$server"
    wait "$server" || fail "the server did not end well after the scripts"
}

[ "${1-}" != "${1#-}" ] && set -- mariadbd "$@"
[ "${1-}" = mysqld ] && set -- mariadbd "${@:2}"
case "${1-} " in
    "mariadbd "*) ;;
    *) exec "$@" ;;
esac
for argument; do
    case $argument in
        --datadir=*) data=${argument#*=} ;;
        --help | -'?' | --version | -V) exec "$@" ;;
    esac
done

mkdir -p "$data" /run/mysqld 2>/dev/null || true
if [ "$(id -u)" -eq 0 ]; then
    chown -R mysql:mysql "$data" /run/mysqld
    exec setpriv --reuid=mysql --regid=mysql --init-groups "$0" "$@"
fi
[ -w "$data" ] || fail "user $(id -un) ($(id -u)) cannot write to '$data'"

if [ -e "$data/.incomplete" ] && [ -e "$data/.complete" ]; then
    rm -f "$data/.incomplete" "$data/.complete"
elif [ -e "$data/.incomplete" ]; then
    say "the first start was interrupted; beginning afresh"
    find "$data" -mindepth 1 -delete
fi

if [ -d "$data/mysql" ]; then
    exec "$@"
fi
read_settings
: >"$data/.incomplete"
cp -a --no-preserve=ownership --sparse=always "$template/." "$data"
health_password=$(head -c 24 /dev/urandom | base64)
(umask 077 && printf '[client]\nuser=healthcheck\npassword=%s\n' "$health_password" >"$data/.my-healthcheck.cnf")
statements=$(first_statements "$health_password")
if [ ${#scripts[@]} -gt 0 ]; then
    run_scripts "$@"
    rm -f "$data/.incomplete" "$data/.complete"
    exec "$@"
fi
exec "$@" --init-file=/dev/fd/3 3<<<"$statements"
