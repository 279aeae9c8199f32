# A service for one program that starts, kills and asks it: a throw-away cluster with fsync on
# after the migrations, and a folder for photos. The program starts web server and job worker.

# run_with_private_service PROGRAM [ARGUMENTS…], a package of benchmarks/
run_with_private_service() {
  local program=$1
  shift
  unset DATABASE_URL MEDIA_ROOT SECRET_KEY SECRET_KEY_FILE
  export DJANGO_SETTINGS_MODULE=config.settings.development
  require_local_folder
  require_fitting_bundle
  require_system_packages
  require_environment
  require_browser_files
  compile_messages
  mkdir -p "$LOCAL/static"
  trap remove_throwaway_database EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM HUP
  require_throwaway_database
  export MEDIA_ROOT=$THROWAWAY/media
  step "Bringing the database up to date" manage migrate --noinput
  stop_throwaway_database
  export PG_BIN CLUSTER CLUSTER_OWNER LOGS=$LOCAL/log/$program
  rm -rf "$LOGS"
  mkdir -p "$LOGS"
  "$PYTHON" -m "benchmarks.$program" "$@"
}
