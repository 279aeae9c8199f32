# What the scripts tell people: short lines on stderr, and one clear sentence when they stop.

say() { printf '%s\n' "$*" >&2; }

stop() {
  say "Stopped: $*"
  exit 1
}

# step SENTENCE COMMAND…: say the sentence, run the command with its output in a log.
# If it fails, stop with the reason that can be read from the log. (`if COMMAND` would switch
# strict bash off inside the command, hence the subshell between two settings.)
step() {
  local sentence=$1 log status
  shift
  mkdir -p "$LOCAL/log"
  log=$LOCAL/log/$(date +%Y%m%d-%H%M%S)-$$-$RANDOM.log
  say "$sentence …"
  set +e
  (set -e; "$@") >"$log" 2>&1
  status=$?
  set -e
  [ "$status" = 0 ] || explain "$sentence" "$log"
  rm -f "$log"
}

explain() {
  local sentence=$1 log=$2
  # On a full disk the log itself may be empty.
  if [ "$(free_megabytes "$ROOT")" -lt 50 ] ||
    grep -qi 'no space left\|disk quota exceeded\|ENOSPC' "$log"; then
    stop "the disk is full ($(free_megabytes "$ROOT") MB free beside the clone). Free some space" \
      "and start again; what was done so far is kept."
  fi
  if grep -qi "$NETWORK_WORDS" "$log"; then
    stop "no network: \"$sentence\" could not download what it needs. Connect this machine, or" \
      "unpack a bundle made by script/bundle here, and start again. Details: $log"
  fi
  tail -n 15 "$log" >&2 || true
  stop "\"$sentence\" failed. Details: $log"
}

NETWORK_WORDS='could not resolve\|temporary failure in name resolution\|name or service not known'
NETWORK_WORDS+='\|network is unreachable\|connection refused\|connection timed out\|no route to host'
NETWORK_WORDS+='\|failed to fetch\|dns error\|error sending request\|client error (connect)'
NETWORK_WORDS+='\|ENOTFOUND\|EAI_AGAIN\|ECONNREFUSED\|ENETUNREACH\|ETIMEDOUT'
NETWORK_WORDS+='\|failed to establish a new connection\|unable to locate package'
