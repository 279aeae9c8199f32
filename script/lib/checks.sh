# The single checks of script/check. None of them needs a database.

FAILED=0

# check NAME COMMAND…: one line with the outcome; the output only if it failed.
check() {
  local name=$1 started=$SECONDS output
  shift
  if output=$("$@" 2>&1); then
    printf 'pass  %s (%d s)\n' "$name" $((SECONDS - started))
  else
    FAILED=1
    printf '%s\n' "$output" | tail -n 60
    printf 'FAIL  %s (%d s)\n' "$name" $((SECONDS - started))
  fi
}

python_tool() { "$PYTHON" -m "$@"; }

shell_scripts_parse() {
  local file failed=0
  for file in .ci/run script/lib/*.sh $(grep -rlI '^#!/usr/bin/env bash' script); do
    bash -n "$file" || failed=1
  done
  return "$failed"
}

without_database() {
  DATABASE_URL=postgresql://nobody@/none?host=/nonexistent \
    DJANGO_SETTINGS_MODULE=config.settings.test PYTHONWARNINGS=ignore::RuntimeWarning \
    "$PYTHON" manage.py "$@"
}

deployment_settings() {
  DATABASE_URL=postgresql://nobody@/none?host=/nonexistent \
    DJANGO_SETTINGS_MODULE=config.settings.production \
    SECRET_KEY=$("$PYTHON" -c 'import secrets; print(secrets.token_urlsafe(64))') \
    ALLOWED_HOSTS=atlas.example BASE_URL=https://atlas.example MEDIA_ROOT=$LOCAL/media \
    "$PYTHON" manage.py check --deploy --fail-level WARNING
}

# A change of the API shows as a change of this file; `script/check --accept` is not needed:
# script/manage spectacular --file tests/snapshots/openapi.yaml writes it.
api_description() {
  local fresh=$LOCAL/openapi.yaml
  without_database spectacular --lang en --validate --fail-on-warn --file "$fresh" || return 1
  diff -u tests/snapshots/openapi.yaml "$fresh"
}

generated_documents() { without_database write_docs --check; }

locks_name_no_registry() {
  ! grep -nE '^--|@ (https?|file):|"resolved"' requirements*.lock package-lock.json
}

# The phone's modules are sent as they are written: no newer language than its oldest browsers know.
phone_syntax() {
  require_browser_files >/dev/null && find_npm && node script/lib/phone_syntax.mjs
}
