"""Who may open the phone's page: everybody, for it holds nothing; see `route_table`."""

from __future__ import annotations

from collections.abc import Mapping

from tests.architecture.route_table import Route, open_to_all, read

SHELL_ROUTES: Mapping[str, Route] = {
    "field/": read(open_to_all),
    "field/sw.js": read(open_to_all),
    "field/words-<slug:language>.js": read(open_to_all, given={"language": "en"}),
    "field/manifest-<slug:language>.webmanifest": read(open_to_all, given={"language": "en"}),
}
