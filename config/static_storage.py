"""Static files under hashed names, with the imports inside ES modules rewritten too."""

from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStaticStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Hashes every file, follows `import` between our modules, tolerates vendor source maps."""

    support_js_module_import_aggregation = True
    manifest_strict = False
