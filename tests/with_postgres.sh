#!/bin/sh
# Run a command beside a throw-away PostgreSQL server: tests/with_postgres.sh COMMAND…
# A server named in CSTUI_TEST_POSTGRES is used instead. Where none can be started its tests fail and say so.
set -e
here=$(cd "$(dirname "$0")" && pwd)
if [ -z "$CSTUI_TEST_POSTGRES" ]; then
  if ls /usr/lib/postgresql/*/bin/pg_ctl >/dev/null 2>&1; then
    folder=$(mktemp -d)
    chmod 711 "$folder"
    trap '"$here/postgres.sh" stop "$folder/pg" || :; rm -rf "$folder"' EXIT
    trap 'exit 130' INT TERM HUP
    port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
    CSTUI_TEST_POSTGRES=$("$here/postgres.sh" start "$folder/pg" "$port")
    export CSTUI_TEST_POSTGRES
  else
    echo "No PostgreSQL server is installed here, so the tests on it will fail (Debian: apt-get install postgresql)" >&2
  fi
fi
"$@"
