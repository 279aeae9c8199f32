"""Static files under hashed names, with the imports inside ES modules rewritten too."""

from __future__ import annotations

import re
from collections.abc import Callable

from whitenoise.storage import CompressedManifestStaticFilesStorage

PACKAGES = ("admin/", "gis/", "django_htmx/", "drf_spectacular_sidecar/", "rest_framework/")
"""Folders that other packages bring; a file in them may import what a build step would add."""


class HashedStaticStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Hashes every file and follows `import` between modules; ours must all be found."""

    support_js_module_import_aggregation = True
    manifest_strict = False
    max_post_process_passes = 40
    """A name settles once those of all modules that it imports have: one pass for each level."""

    def url_converter(
        self, name: str, hashed_files: dict[str, str], template: str | None = None
    ) -> Callable[[re.Match[str]], str]:
        """Return the function that rewrites one reference, lenient for packages' files."""
        convert: Callable[[re.Match[str]], str] = super().url_converter(
            name, hashed_files, template
        )
        if not name.startswith(PACKAGES):
            return convert

        def convert_if_found(match: re.Match[str]) -> str:
            try:
                return convert(match)
            except ValueError:
                return match["matched"]

        return convert_if_found
