"""Keeping, sharing and removing views."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from maps.kinds import Audience
from maps.models import SavedView
from maps.saved_pages import is_page, is_public_page, kept_query
from sites.access import Scope
from sites.kinds import OFFICE_ROLES
from sites.services import NotPermitted, RefusedByRegister
from sites.services.saving import assign, locked, save_checked

if TYPE_CHECKING:
    from django.contrib.auth.models import User

MOST_VIEWS = 200
"""Views that one person may keep (our choice)."""


@transaction.atomic
def view_save(
    *,
    view: SavedView | None = None,
    values: Mapping[str, Any],
    owner: User,
    scope: Scope,
    expected_version: int | None = None,
) -> SavedView:
    """Keep a page with its parameters under a name, or change one's own view.

    Office roles share with the office or their township; planners share public pages with
    everybody; all others keep views for themselves. Raises `NotPermitted`, `ConcurrentChange` or
    `RefusedByRegister`.
    """
    current = locked(view, expected_version or 0) if view else SavedView(owner=owner)
    if current.owner_id != owner.pk:
        raise NotPermitted
    assign(current, values)
    _check_page(current)
    _check_audience(current, scope)
    if view is None:
        _check_number(owner)
    shared = current.audience == Audience.TOWNSHIP
    current.area_codes = list(scope.area_codes(OFFICE_ROLES)) if shared else []
    save_checked(current, force_insert=view is None)
    current.refresh_from_db()
    return current


@transaction.atomic
def view_remove(*, view: SavedView, owner: User, expected_version: int) -> None:
    """Remove one's own view. Raises `NotPermitted` or `ConcurrentChange`."""
    current = locked(view, expected_version)
    if current.owner_id != owner.pk:
        raise NotPermitted
    current.delete()


def audiences_for(scope: Scope) -> tuple[Audience, ...]:
    """Return with whom a person may share."""
    found = [Audience.OWN]
    if scope.edits_sites:
        found += [Audience.TOWNSHIP, Audience.OFFICE]
    if scope.manages_register:
        found.append(Audience.PUBLIC)
    return tuple(found)


def _check_page(view: SavedView) -> None:
    if not is_page(view.path):
        text = _("Only pages of this service can be kept as a view.")
        raise RefusedByRegister([("path", "not_a_page", text)])
    kept = kept_query(view.query)
    if kept is None:
        text = _("The parameters of the address cannot be kept.")
        raise RefusedByRegister([("query", "bad_query", text)])
    view.query = kept


def _check_audience(view: SavedView, scope: Scope) -> None:
    if view.audience not in audiences_for(scope):
        text = _("Your role does not share views with them.")
        raise RefusedByRegister([("audience", "not_permitted", text)])
    if view.audience == Audience.PUBLIC and not is_public_page(view.path):
        text = _("Only public pages are shared with everybody.")
        raise RefusedByRegister([("audience", "public_page_needed", text)])


def _check_number(owner: User) -> None:
    if SavedView.objects.filter(owner=owner).count() >= MOST_VIEWS:
        text = _("You have %(limit)s views. Remove some before you keep more.")
        raise RefusedByRegister([("", "too_many", text % {"limit": MOST_VIEWS})])
