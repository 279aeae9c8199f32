# Python: an interpreter that is new enough, and .venv with what requirements-dev.lock says.

PYTHON=$ROOT/.venv/bin/python
OLDEST_PYTHON="3.11"

# Where a bundle is, packages come from it and from nowhere else.
WHEELS=()
if [ -d "$BUNDLE/wheels" ]; then WHEELS=(--no-index --find-links "$BUNDLE/wheels"); fi

# The first interpreter on the PATH that is new enough, as its real address.
find_python() {
  local name found
  for name in ${ATLAS_PYTHON:-python3 python3.14 python3.13 python3.12 python3.11}; do
    found=$("$name" -c "import sys
if sys.version_info >= tuple(map(int, '$OLDEST_PYTHON'.split('.'))): print(sys.executable)" \
      2>/dev/null) || continue
    [ -n "$found" ] && echo "$found" && return
  done
  return 1
}

python_can_make_environments() {
  local python
  python=$(find_python) || { any_python; return; }
  "$python" -c 'import venv, ensurepip' 2>/dev/null
}

any_python() { "${ATLAS_PYTHON:-python3}" --version >/dev/null 2>&1; }

require_python() {
  find_python >/dev/null && return
  any_python || stop "Python is missing; version $OLDEST_PYTHON or newer is needed."
  stop "Python $OLDEST_PYTHON or newer is needed, and this machine has" \
    "$("${ATLAS_PYTHON:-python3}" --version 2>&1) ($(command -v "${ATLAS_PYTHON:-python3}"))."
}

# .venv carries a stamp of what it was made from, so that later starts skip all this.
require_environment() {
  local base stamp
  require_python
  base=$(find_python)
  stamp="$(sha256sum requirements-dev.lock | cut -d' ' -f1) $ROOT $base $("$base" -V)"
  if [ "$(cat .venv/stamp 2>/dev/null)" = "$stamp" ] && [ -x "$PYTHON" ]; then return; fi
  require_space 2500
  make_tools "$base"
  step "Installing the Python packages" make_environment "$base"
  echo "$stamp" >.venv/stamp
}

# uv makes the environment in seconds. It comes from the package index like everything else;
# where it is not to be had, pip does the same work more slowly.
make_tools() {
  local tools=$LOCAL/tools
  if command -v uv >/dev/null || [ -x "$tools/bin/uv" ]; then return; fi
  [ -x "$tools/bin/pip" ] || step "Preparing the installer" "$1" -m venv --clear "$tools"
  install_tool uv >"$LOCAL/tools/install.log" 2>&1 || say "uv is not to be had here; using pip."
}

# install_tool NAME: install one package of requirements-tools.lock into .local/tools.
install_tool() {
  local wanted=$LOCAL/tools/$1.lock
  lock_of_tool "$1" >"$wanted"
  "$LOCAL/tools/bin/pip" install --quiet --retries 1 --require-hashes --no-deps \
    "${WHEELS[@]}" -r "$wanted"
}

lock_of_tool() {
  awk -v name="$1==" 'index($0, name) == 1 { on = 1 } on { print; if (!/\\$/) exit }' \
    requirements-tools.lock
}

# pip follows its own configuration to the letter, so it gets a try where uv finds no way out.
make_environment() {
  rm -f .venv/stamp
  make_environment_with_uv "$1" || make_environment_with_pip "$1"
}

make_environment_with_uv() {
  local uv
  uv=$(command -v uv || echo "$LOCAL/tools/bin/uv")
  [ -x "$uv" ] || return 1
  use_index_of_pip "$1"
  environment_is_of "$1" || "$uv" venv --quiet --clear --python "$1" .venv || return 1
  "$uv" pip sync --python "$PYTHON" --require-hashes "${WHEELS[@]}" requirements-dev.lock
}

make_environment_with_pip() {
  "$1" -m venv --clear .venv
  "$PYTHON" -m pip install --retries 1 --require-hashes "${WHEELS[@]}" -r requirements-dev.lock
}

environment_is_of() {
  "$PYTHON" -c 'import sys; sys.exit(sys._base_executable != sys.argv[1])' "$1" 2>/dev/null
}

# uv does not read pip's configuration, so it is told which index this machine uses. Hashes in
# the lock decide what may be installed, whichever index it comes from.
use_index_of_pip() {
  local pip=$LOCAL/tools/bin/pip settings value
  [ -x "$pip" ] && settings=$("$pip" config list 2>/dev/null) ||
    settings=$("$1" -m pip config list 2>/dev/null) || return 0
  value=$(pip_setting index-url) && export UV_DEFAULT_INDEX="${UV_DEFAULT_INDEX:-$value}"
  value=$(pip_setting extra-index-url) && export UV_INDEX="${UV_INDEX:-$value}"
  value=$(pip_setting find-links) && export UV_FIND_LINKS="${UV_FIND_LINKS:-${value// /,}}"
  value=$(pip_setting trusted-host) && export UV_INSECURE_HOST="${UV_INSECURE_HOST:-$value}"
  export UV_INDEX_STRATEGY="${UV_INDEX_STRATEGY:-unsafe-best-match}"
}

# The value of one setting in $settings; the environment's line sorts first and wins.
pip_setting() {
  local line
  line=$(sort <<<"$settings" | grep -m1 "^[^=]*\.$1=") || return 1
  line=${line#*=\'}
  line=${line%\'}
  echo "${line//\\n/ }"
}
