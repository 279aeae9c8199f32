# Sourced first by every script: strict bash, the clone's root as the working folder, the parts.
set -euo pipefail
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
LOCAL=$ROOT/.local
BUNDLE=$ROOT/.bundle
cd "$ROOT"

for part in say system python browser cluster application; do
  # shellcheck source=/dev/null
  . "$ROOT/script/lib/$part.sh"
done
