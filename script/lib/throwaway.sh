# A cluster for one run of the tests, and a folder for their temporary files: fast instead of
# safe, gone after. Each run has its own, so several may run at once.

require_throwaway_database() {
  PG_BIN=$(postgres_bin)
  THROWAWAY=$(mktemp -d "$(short_temporary_folder)/atlas-test.XXXXXXXX")
  CLUSTER=$THROWAWAY/cluster
  CLUSTER_OWNER=$(is_root && echo postgres || id -un)
  chmod 711 "$THROWAWAY"
  SOCKET=$CLUSTER/socket
  own_folder "$CLUSTER"
  own_folder "$SOCKET"
  INITDB_OPTIONS=--no-sync step "Creating a database for the tests" initialise_cluster
  launch_throwaway &
  POSTGRES=$!
  wait_for_answer
  ROLE_OPTIONS=CREATEDB step "Preparing the database" make_role_and_database
  DATABASE_URL=$(database_url atlas)
  mkdir -m 700 "$THROWAWAY/tmp"
  export DATABASE_URL TMPDIR=$THROWAWAY/tmp
}

# A socket's address is short; a TMPDIR need not be.
short_temporary_folder() {
  local folder=${TMPDIR:-/tmp}
  if [ ${#folder} -gt 50 ]; then folder=/tmp; fi
  if is_root && ! runuser -u postgres -- test -x "$folder"; then folder=/tmp; fi
  echo "$folder"
}

# In a session of its own, or Ctrl-C would stop it before the tests are done with it; and it
# dies with this script.
launch_throwaway() {
  local identity=()
  ! is_root || identity=(--reuid postgres --regid postgres --init-groups)
  cd /
  exec setsid setpriv "${identity[@]}" --pdeathsig QUIT \
    "$PG_BIN/postgres" -D "$CLUSTER/data" -k "$SOCKET" -c fsync=off -c full_page_writes=off \
    -c synchronous_commit=off -c max_connections=200 >"$CLUSTER/server.log" 2>&1
}

wait_for_answer() {
  for _ in $(seq 300); do
    answers && return
    sleep 0.1
  done
  tail -n 5 "$CLUSTER/server.log" >&2
  stop "the database for the tests did not start."
}

# Stop it in good order; its files stay for whoever starts it again.
stop_throwaway_database() {
  kill -INT "$POSTGRES"
  wait "$POSTGRES" || true
  POSTGRES=
}

remove_throwaway_database() {
  trap '' INT TERM HUP
  if [ -n "${POSTGRES:-}" ]; then
    kill -QUIT "$POSTGRES" 2>/dev/null || true
    wait "$POSTGRES" 2>/dev/null || true
  fi
  if [ -n "${THROWAWAY:-}" ]; then rm -rf "$THROWAWAY"; fi
}

# Browser tests need Chromium, a font with Chinese, and the library of Playwright's own node.
BROWSER_PACKAGES="chromium fonts-wqy-microhei libatomic1"

require_chromium() {
  ! browser_can_be_driven || return 0
  if is_root && command -v apt-get >/dev/null; then
    # shellcheck disable=SC2086
    install_packages $BROWSER_PACKAGES
  else
    say "Chromium or its driver is missing: browser tests are skipped. As root:" \
      "apt-get install -y $BROWSER_PACKAGES"
    export ATLAS_WITHOUT_BROWSER=1
  fi
}

browser_can_be_driven() {
  command -v chromium >/dev/null &&
    "$PYTHON" -c 'import subprocess as s; from playwright._impl._driver import \
compute_driver_executable as node; s.run([node()[0], "--version"], check=True)' >/dev/null 2>&1
}
