# The application: its folder of local state, its environment variables, and what it needs
# before it can serve. Each step is skipped when nothing has changed since the last time.

# Everything that any script needs before manage.py can run.
require_application() {
  [ -z "${DATABASE_URL:-}" ] || EXTERNAL_DATABASE=1
  require_local_folder
  require_fitting_bundle
  require_system_packages
  require_environment
  export DJANGO_SETTINGS_MODULE=${DJANGO_SETTINGS_MODULE:-config.settings.development}
  export MEDIA_ROOT=${MEDIA_ROOT:-$LOCAL/media}
}

require_local_folder() {
  mkdir -p "$LOCAL" 2>/dev/null && [ -w "$LOCAL" ] ||
    stop "$LOCAL can't be written by $(id -un). Use a clone of your own."
  require_space 200
}

# A secret for this clone, unless the environment brings one.
require_secret() {
  if [ -n "${SECRET_KEY:-}${SECRET_KEY_FILE:-}" ]; then return; fi
  export SECRET_KEY_FILE=$LOCAL/secret-key
  [ -s "$SECRET_KEY_FILE" ] || (umask 077 && "$PYTHON" -c \
    'import secrets; print(secrets.token_urlsafe(64))' >"$SECRET_KEY_FILE")
}

manage() { "$PYTHON" manage.py "$@" 9>&-; }

compile_messages() { "$PYTHON" script/lib/messages.py compile; }

# The static files are collected again when one of them, or a package, is newer than the stamp.
collect_static_files() {
  local stamp=$LOCAL/static/stamp
  if [ -f "$stamp" ] && [ -z "$(newer_static_files "$stamp")" ]; then return; fi
  step "Collecting the static files" manage collectstatic --noinput --clear --verbosity 0
  touch "$stamp"
}

newer_static_files() {
  find ./*/static ./*/*/static config/static_storage.py config/settings .venv/stamp \
    -newer "$1" -print -quit 2>/dev/null
}

# The private database carries a stamp of the migrations that there are and of those that it had;
# where both are as before, Django need not be asked.
migrate() {
  local stamp=$LOCAL/migrated
  if [ -n "${CLUSTER:-}" ] && [ "$(cat "$stamp" 2>/dev/null)" = "$(migrations_stamp)" ]; then
    return
  fi
  step "Bringing the database up to date" manage migrate --noinput
  [ -z "${CLUSTER:-}" ] || migrations_stamp >"$stamp"
}

migrations_stamp() {
  {
    cat ./*/migrations/*.py requirements.lock
    as_owner "$PG_BIN/psql" -h "$SOCKET" -U atlas -d atlas -qAtX \
      -c 'SELECT app, name, applied FROM django_migrations ORDER BY id' 2>&1
  } | sha256sum
}

# The demo district, when the database holds no area and nobody, and never in production.
seed_empty_database() {
  [ "$DJANGO_SETTINGS_MODULE" = config.settings.development ] || return 0
  "$PYTHON" script/lib/is_empty.py || return 0
  step "Building the demo district" manage seed_demo --if-empty
}
