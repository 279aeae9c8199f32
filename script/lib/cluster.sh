# The private PostgreSQL cluster: socket only, owned by this user, or by `postgres` when root.
#
# Every script that needs it holds a shared lock on .local/cluster.lock (descriptor 9). The last
# one to leave stops it. Children must not inherit the lock: they are started with 9>&-.

EXTENSIONS="postgis btree_gist pg_trgm unaccent"
SOCKET_LIMIT=92 # a socket's address has 107 bytes, and "/.s.PGSQL.5432" needs some of them

# Use DATABASE_URL where it is set; else start the private cluster and set it.
require_database() {
  [ -z "${EXTERNAL_DATABASE:-}" ] || return 0
  PG_BIN=$(postgres_bin)
  CLUSTER=$(cluster_place)
  CLUSTER_OWNER=$(cluster_owner)
  SOCKET=$(socket_place "$CLUSTER")
  exec 9>>"$LOCAL/cluster.lock"
  flock -s 9
  exec 8>>"$LOCAL/cluster.starting"
  flock -x 8
  create_cluster 8>&-
  start_cluster 8>&-
  prepare_cluster 8>&-
  exec 8>&-
  DATABASE_URL=$(database_url atlas)
  export DATABASE_URL
}

# Stop the private cluster, unless another script of this clone still uses it.
leave_database() {
  if [ -z "${CLUSTER:-}" ] || ! flock -n -x 9 2>/dev/null; then return; fi
  as_owner "$PG_BIN/pg_ctl" stop -D "$CLUSTER/data" -m fast -s -t 30 2>/dev/null || true
  exec 9>&-
}

# .local/postgres, or a folder of postgres's own where that user can't reach the clone.
cluster_place() {
  if ! is_root || [ -f "$LOCAL/postgres/data/PG_VERSION" ] ||
    runuser -u postgres -- test -x "$LOCAL" 2>/dev/null; then
    echo "$LOCAL/postgres"
  else
    echo "/var/lib/postgresql/atlas-$(cksum <<<"$ROOT" | cut -d' ' -f1)"
  fi
}

cluster_owner() {
  if [ -d "$CLUSTER/data" ]; then
    stat -c %U "$CLUSTER/data"
  elif is_root; then
    echo postgres
  else
    id -un
  fi
}

socket_place() {
  if [ ${#1} -le $((SOCKET_LIMIT - 7)) ]; then
    echo "$1/socket"
  else
    echo "/tmp/atlas-$(id -u)-$(cksum <<<"$1" | cut -d' ' -f1)"
  fi
}

# Run a command as the cluster's owner, from a folder which that user can reach.
as_owner() {
  if is_root && [ "$CLUSTER_OWNER" != root ]; then
    (cd / && exec runuser -u "$CLUSTER_OWNER" -- "$@" 9>&-)
  else
    (cd / && exec "$@" 9>&-)
  fi
}

own_folder() {
  mkdir -p "$1"
  chmod 700 "$1"
  ! is_root || chown "$CLUSTER_OWNER" "$1"
  [ "$(stat -c %U "$1")" = "$CLUSTER_OWNER" ] ||
    stop "$1 belongs to $(stat -c %U "$1"), not to $CLUSTER_OWNER. Remove it and start again."
}

# initdb works beside the final place, so that a start cut short leaves nothing half made.
create_cluster() {
  [ ! -f "$CLUSTER/data/PG_VERSION" ] || return 0
  require_space 700 "$(dirname "$CLUSTER")"
  own_folder "$CLUSTER"
  echo "The private database of $ROOT. It can be deleted when that folder is gone." |
    as_owner tee "$CLUSTER/README" >/dev/null
  step "Creating the database cluster" initialise_cluster
}

initialise_cluster() {
  as_owner rm -rf "$CLUSTER/data" "$CLUSTER/data.new" "$CLUSTER/prepared"
  as_owner "$PG_BIN/initdb" -D "$CLUSTER/data.new" --username=postgres --auth=trust \
    --encoding=UTF8 --locale=C.UTF-8 --data-checksums ${INITDB_OPTIONS:-}
  as_owner tee -a "$CLUSTER/data.new/postgresql.conf" >/dev/null <<'CONF'
listen_addresses = ''
unix_socket_permissions = 0700
shared_buffers = 256MB
work_mem = 16MB
maintenance_work_mem = 256MB
effective_cache_size = 1GB
random_page_cost = 1.1
max_wal_size = 2GB
jit = off
CONF
  as_owner mv "$CLUSTER/data.new" "$CLUSTER/data"
}

start_cluster() {
  ! cluster_is_running || return 0
  own_folder "$SOCKET"
  as_owner rm -f "$CLUSTER/data/postmaster.pid" "$SOCKET/.s.PGSQL.5432" "$SOCKET/.s.PGSQL.5432.lock"
  step "Starting the database" launch_cluster
}

launch_cluster() {
  local try
  for try in 1 2 3; do # after kill -9, old backends may need a second to notice and go
    if as_owner "$PG_BIN/pg_ctl" start -D "$CLUSTER/data" -w -t 60 -s -l "$CLUSTER/server.log" \
      -o "-k '$SOCKET'"; then return; fi
    sleep "$try"
  done
  tail -n 20 "$CLUSTER/server.log"
  return 1
}

# A process number may have been given to somebody else since: ours works in the data folder.
cluster_is_running() {
  local process
  process=$(head -n 1 "$CLUSTER/data/postmaster.pid" 2>/dev/null) || return 1
  [ "$(readlink "/proc/$process/cwd")" = "$CLUSTER/data" ] && answers
}

answers() { as_owner "$PG_BIN/pg_isready" -q -h "$SOCKET" -U postgres; }

# Extensions come with template1, so that the application's role needs no rights to make them.
prepare_cluster() {
  [ ! -f "$CLUSTER/prepared" ] || return 0
  step "Preparing the database" make_role_and_database
  as_owner touch "$CLUSTER/prepared"
}

make_role_and_database() {
  local extension
  for extension in $EXTENSIONS; do
    superuser template1 "CREATE EXTENSION IF NOT EXISTS $extension"
  done
  [ "$(superuser postgres "SELECT 1 FROM pg_roles WHERE rolname = 'atlas'")" = 1 ] ||
    superuser postgres "CREATE ROLE atlas LOGIN ${ROLE_OPTIONS:-}"
  [ "$(superuser postgres "SELECT 1 FROM pg_database WHERE datname = 'atlas'")" = 1 ] ||
    superuser postgres "CREATE DATABASE atlas OWNER atlas"
}

superuser() {
  as_owner "$PG_BIN/psql" -h "$SOCKET" -U postgres -d "$1" -v ON_ERROR_STOP=1 -qAtX -c "$2"
}

# database_url NAME: the address of a database behind the socket.
database_url() {
  "$PYTHON" -c 'import sys; from urllib.parse import quote
print(f"postgresql://atlas@/{sys.argv[1]}?host={quote(sys.argv[2])}")' "$1" "$SOCKET"
}
