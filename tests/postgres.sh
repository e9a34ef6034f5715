#!/bin/sh
# A throw-away PostgreSQL server for the tests: tests/postgres.sh start|stop FOLDER [PORT]; prints its address.
set -e
D=$2
P=${3:-54329}
B=$(ls -d /usr/lib/postgresql/*/bin | tail -1)
R=""
[ "$(id -u)" = 0 ] && R="setpriv --reuid=postgres --regid=postgres --clear-groups"
case $1 in
start)
  mkdir -p "$D"
  [ "$(id -u)" = 0 ] && chown postgres:postgres "$D"
  cd "$D"
  [ -f "$D/data/PG_VERSION" ] ||
    $R "$B/initdb" -D "$D/data" -U cstui -A trust -E UTF8 --locale=C.UTF-8 --no-sync >/dev/null
  $R "$B/pg_ctl" -D "$D/data" -w -l "$D/log" -o "-p $P -k $D -c listen_addresses=127.0.0.1 -c fsync=off" start >/dev/null
  echo "asyncpg://cstui@127.0.0.1:$P/postgres"
  ;;
stop)
  cd /
  $R "$B/pg_ctl" -D "$D/data" -m immediate stop >/dev/null
  ;;
esac
