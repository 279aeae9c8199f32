"""The pages that the header offers, by what the viewer may open."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sites.access import Scope


def _everybody(scope: Scope) -> bool:
    return scope.everything or bool(scope.grants)


def _with_area(scope: Scope) -> bool:
    return scope.everything or bool(scope.area_codes())


def _office(scope: Scope) -> bool:
    return scope.edits_sites


def _outdoors(scope: Scope) -> bool:
    return bool(scope.organisation_ids())


def _office_outdoors(scope: Scope) -> bool:
    return scope.edits_sites and not _outdoors(scope)


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the header: its words, its address, and who is offered it."""

    label: Promise | str
    path: str
    offered: Callable[[Scope], bool] = _everybody


@dataclass(frozen=True, slots=True)
class Group:
    """Pages under one word."""

    label: Promise | str
    pages: tuple[Page, ...]


NAVIGATION: tuple[Page | Group, ...] = (
    Page(_("Map"), "/"),
    Page(_("Dashboard"), "/dashboard/", _with_area),
    Group(
        pgettext_lazy("navigation", "Projects"),
        (
            Page(_("Sites"), "/sites/"),
            Page(_("Programmes"), "/programmes/"),
            Page(_("Targets"), "/targets/", _with_area),
            Page(_("Next year's plan"), "/year-plan/", _with_area),
            Page(_("Service records"), "/services/", _with_area),
            Page(_("Progress"), "/progress/"),
            Page(_("Declared and mapped"), "/quantities/", _with_area),
            Page(_("Townships"), "/areas/"),
        ),
    ),
    Page(pgettext_lazy("navigation", "Money"), "/funding/"),
    Page(_("Assets"), "/assets/"),
    Page(_("Upkeep"), "/maintenance/"),
    Page(pgettext_lazy("navigation", "Field log"), "/field/", _outdoors),
    Page(pgettext_lazy("navigation", "Steering"), "/oversight/"),
    Page(pgettext_lazy("navigation", "Coverage"), "/coverage/", _with_area),
    Page(pgettext_lazy("navigation", "Reports"), "/reports/", _with_area),
    Group(
        pgettext_lazy("navigation", "More"),
        (
            Page(_("What changed"), "/changes/", _with_area),
            Page(_("Saved views"), "/views/"),
            Page(_("Import"), "/imports/", _office),
            Page(_("Export"), "/exports/"),
            Page(pgettext_lazy("navigation", "Field log"), "/field/", _office_outdoors),
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the header for one viewer on one page; a group has `entries`, a page none."""

    label: Promise | str
    path: str
    is_current: bool
    entries: tuple[Entry, ...] = ()


def navigation(scope: Scope, path: str) -> tuple[Entry, ...]:
    """Return what the header offers to a viewer who is at `path`."""
    current = max(
        (page.path for page in _pages() if path.startswith(page.path)), key=len, default=""
    )
    if current == "/" and path != "/":
        current = ""
    return tuple(_entries(scope, current))


def _pages() -> Iterator[Page]:
    for part in NAVIGATION:
        yield from part.pages if isinstance(part, Group) else (part,)


def _entries(scope: Scope, current: str) -> Iterator[Entry]:
    for part in NAVIGATION:
        if isinstance(part, Page):
            if part.offered(scope):
                yield _entry(part, current)
            continue
        entries = tuple(_entry(page, current) for page in part.pages if page.offered(scope))
        if entries:
            yield Entry(part.label, "", any(entry.is_current for entry in entries), entries)


def _entry(page: Page, current: str) -> Entry:
    return Entry(page.label, page.path, page.path == current)
