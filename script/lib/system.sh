# The operating system: space on the disk and system packages. Only root installs packages.

is_root() { [ "$(id -u)" = 0 ]; }

free_megabytes() { df -Pm "$1" | awk 'NR == 2 { print $4 }'; }

# require_space MEGABYTES [FOLDER]: a first start needs room for packages and the database.
require_space() {
  local folder=${2:-$ROOT} free
  free=$(free_megabytes "$folder")
  [ "$free" -ge "$1" ] ||
    stop "the disk is full: $free MB are free at $folder and $1 MB are needed." \
      "Free some space and start again."
}

# The folder with pg_ctl, of the newest PostgreSQL that has PostGIS; fails if there is none.
postgres_bin() {
  local control version
  for control in $(ls -1d /usr/share/postgresql/*/extension/postgis.control 2>/dev/null | sort -rV); do
    version=$(basename "$(dirname "$(dirname "$control")")")
    if [ -x "/usr/lib/postgresql/$version/bin/pg_ctl" ]; then
      echo "/usr/lib/postgresql/$version/bin"
      return
    fi
  done
  command -v pg_config >/dev/null || return 1
  [ -f "$(pg_config --sharedir)/extension/postgis.control" ] && pg_config --bindir
}

# Install what is missing of: PostGIS (unless another database is named), Python's venv.
require_system_packages() {
  local missing=()
  ! any_python || require_python
  [ -n "${EXTERNAL_DATABASE:-}" ] || postgres_bin >/dev/null || missing+=(postgresql-postgis)
  python_can_make_environments || missing+=(python3 python3-venv)
  install_packages "${missing[@]}"
}

install_packages() {
  [ $# -gt 0 ] || return 0
  is_root || stop "$(joined "$@") missing. Run this once as root, then start again:" \
    "apt-get install -y $*"
  command -v apt-get >/dev/null ||
    stop "$(joined "$@") missing, and this system has no apt-get. Install them and start again."
  if [ -d "$BUNDLE/deb" ]; then
    step "Installing $* from the bundle" apt_from_bundle "$@"
  else
    step "Installing $*" apt_from_network "$@"
  fi
}

joined() {
  [ $# = 1 ] && echo "$1 is" || echo "$* are"
}

apt_from_network() {
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -q
  apt-get install -qy --no-install-recommends "$@"
}

# The bundle's deb folder is a package source of its own: apt takes from it only what is missing.
apt_from_bundle() {
  local state=$LOCAL/apt
  mkdir -p "$state/lists/partial" "$state/cache/archives/partial"
  echo "deb [trusted=yes] file:${BUNDLE// /%20}/deb ./" >"$state/sources.list"
  local options=(
    -o "Dir::Etc::SourceList=$state/sources.list" -o "Dir::Etc::SourceParts=-"
    -o "Dir::State::Lists=$state/lists" -o "Dir::Cache=$state/cache"
    -o "APT::Sandbox::User=root"
  )
  export DEBIAN_FRONTEND=noninteractive
  apt-get "${options[@]}" update -q
  apt-get "${options[@]}" install -qy --no-install-recommends "$@"
}

# The system, the processor and Python, as far as a bundle depends on them.
system_name() {
  local python
  python=$("$(find_python)" -c 'import sys; print("python{}.{}".format(*sys.version_info))')
  (. /etc/os-release && echo "${ID:-linux}-${VERSION_ID:-0}-$(uname -m)-$python")
}

bundle_made_for() {
  system_name
  cat requirements-dev.lock package-lock.json | sha256sum | cut -d' ' -f1
}

# A bundle of another system or another release would fail late and darkly: say it at once.
require_fitting_bundle() {
  [ -f "$BUNDLE/made-for" ] || return 0
  find_python >/dev/null || return 0
  [ "$(cat "$BUNDLE/made-for")" = "$(bundle_made_for)" ] ||
    stop "the bundle in .bundle/ was made for $(head -n 1 "$BUNDLE/made-for") and another release" \
      "or system is here ($(system_name)). Make it again with script/bundle, or remove .bundle/."
}
