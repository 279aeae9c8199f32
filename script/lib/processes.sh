# The two processes of script/server: the web server and the job worker.

SECONDS_TO_DRAIN=10

require_free_port() {
  [[ $PORT =~ ^[0-9]+$ ]] || stop "PORT must be a number, not \"$PORT\"."
  ! port_answers || stop "port $PORT is taken on this machine. Choose another one:" \
    "PORT=$((PORT + 1)) script/server"
}

# The address to reach our own server at: it may listen on all of them.
own_host() {
  case $HOST in
    0.0.0.0 | '::' | '') echo 127.0.0.1 ;;
    *) echo "$HOST" ;;
  esac
}

port_answers() { (exec 3<>"/dev/tcp/$(own_host)/$PORT") 2>/dev/null; }

# A child dies with this script, even if the script is killed with no chance to say so. Ctrl-C
# reaches the children too; they leave it to this script to end them in good order.
child() {
  trap '' INT
  if command -v setpriv >/dev/null; then
    exec setpriv --pdeathsig TERM "$@" 9>&-
  fi
  exec "$@" 9>&-
}

start_web() {
  child script/web &
  WEB=$!
}

start_worker() {
  child script/worker &
  WORKER=$!
}

# The name to ask by: one that ALLOWED_HOSTS allows.
allowed_host() {
  case ${ALLOWED_HOSTS:-} in
    '' | '*'* | .*) echo 127.0.0.1 ;;
    *) echo "${ALLOWED_HOSTS%%,*}" ;;
  esac
}

ready() {
  local status=
  exec 3<>"/dev/tcp/$(own_host)/$PORT" || return 1
  printf 'GET /readyz HTTP/1.0\r\nHost: %s\r\n\r\n' "$(allowed_host)" >&3
  read -r -t 5 _ status _ <&3 || true
  exec 3>&-
  [ "$status" = 200 ]
}

wait_until_ready() {
  for _ in $(seq 300); do
    (ready) 2>/dev/null && return
    kill -0 "$WEB" 2>/dev/null || stop "the web server did not start; its reason stands above."
    sleep 0.2
  done
  stop "the server did not become ready in a minute; see http://$(own_host):$PORT/readyz"
}

print_address() {
  printf '\n  http://%s:%s/\n\n' "$(own_host)" "$PORT"
  if [ -f "$LOCAL/demo-accounts.json" ]; then
    "$PYTHON" script/lib/accounts.py "$LOCAL/demo-accounts.json"
  fi
  printf '  Ctrl-C stops everything.\n\n'
}

# The web server looks after its own processes. A worker that ends is started again.
watch_processes() {
  while :; do
    wait -n || true
    kill -0 "$WEB" 2>/dev/null || stop "the web server ended."
    if ! kill -0 "$WORKER" 2>/dev/null; then
      say "The job worker ended; starting it again."
      sleep 2
      start_worker
    fi
  done
}

stop_everything() {
  trap '' INT TERM HUP
  stop_processes ${WEB:-} ${WORKER:-}
  leave_database
}

stop_processes() {
  local deadline=$((SECONDS + SECONDS_TO_DRAIN))
  [ $# -gt 0 ] || return 0
  kill -TERM "$@" 2>/dev/null || true
  while kill -0 "$@" 2>/dev/null && [ "$SECONDS" -lt "$deadline" ]; do sleep 0.1; done
  kill -KILL "$@" 2>/dev/null || true
  wait 2>/dev/null || true
}
