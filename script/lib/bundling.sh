# The parts of script/bundle, gathered in .local/bundle.

GATHERED=$LOCAL/bundle
SYSTEM_PACKAGES="postgresql-postgis python3 python3-venv $BROWSER_PACKAGES"
BUNDLE_FILE=$LOCAL/livelihood-atlas-$(system_name).tar

gather_wheels() {
  local pip=$LOCAL/tools/bin/pip
  [ -x "$pip" ] || "$(find_python)" -m venv --clear "$LOCAL/tools"
  "$pip" download --retries 1 --require-hashes --no-deps --only-binary :all: \
    --dest "$GATHERED/wheels" -r requirements-dev.lock
  lock_of_tool uv >"$GATHERED/uv.lock"
  "$pip" download --retries 1 --require-hashes --no-deps --only-binary :all: \
    --dest "$GATHERED/wheels" -r "$GATHERED/uv.lock"
}

# As if nothing were installed, so that the answer is complete.
gather_debian_packages() {
  local cache=$GATHERED/apt
  mkdir -p "$cache/archives/partial" "$GATHERED/deb"
  : >"$cache/status"
  ! is_root || apt-get update -q
  apt-get -o "Dir::State::Status=$cache/status" -o "Dir::Cache::Archives=$cache/archives" \
    -o APT::Sandbox::User=root -o Debug::NoLocking=1 install -qy --download-only \
    --no-install-recommends $SYSTEM_PACKAGES
  mv "$cache"/archives/*.deb "$GATHERED/deb/"
  rm -rf "$cache"
  (cd "$GATHERED/deb" && describe_packages >Packages)
}

describe_packages() {
  local file
  for file in ./*.deb; do
    dpkg-deb -f "$file"
    printf 'Filename: %s\nSize: %s\nSHA256: %s\n\n' "$file" "$(stat -c %s "$file")" \
      "$(sha256sum "$file" | cut -d' ' -f1)"
  done
}

gather_browser_files() {
  script/assets
  mkdir -p "$GATHERED/vendor/config/static" "$GATHERED/vendor/tests"
  cp -R config/static/vendor "$GATHERED/vendor/config/static/"
  cp -R tests/vendor "$GATHERED/vendor/tests/"
}

pack_bundle() {
  local source=$LOCAL/bundle-source/livelihood-atlas
  rm -rf "$LOCAL/bundle-source"
  mkdir -p "$source"
  git archive HEAD | tar -x -C "$source"
  mv "$GATHERED" "$source/.bundle"
  tar -c -f "$BUNDLE_FILE" -C "$LOCAL/bundle-source" livelihood-atlas
  rm -rf "$LOCAL/bundle-source"
}
