"""Where GeoDjango finds GDAL and GEOS: inside the pyogrio and shapely wheels.

The wheels carry newer libraries than Debian's, and using them spares a system package.
Where a wheel brings no bundled library, `None` lets Django search the system.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path


def _bundled(package: str, pattern: str) -> str | None:
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        return None
    folder = Path(spec.origin).parent.parent / f"{package}.libs"
    found = sorted(folder.glob(pattern)) if folder.is_dir() else []
    return str(found[0]) if found else None


GDAL_LIBRARY = _bundled("pyogrio", "libgdal*.so*")
GEOS_LIBRARY = _bundled("shapely", "libgeos_c*.so*")
