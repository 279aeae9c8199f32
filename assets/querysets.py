"""Reads of assets and of what belongs to them."""

from __future__ import annotations

import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from assets.access import organisation_condition
from assets.kinds import STATES_TO_KEEP_UP
from sites.access import Scope, Viewer, code_prefix_condition, scope_of
from sites.functions import BoxInMapProjection
from sites.geometry import Box
from sites.kinds import OFFICE_ROLES, Kind, Role, Visibility


class AssetQuerySet(models.QuerySet[Any]):
    """Assets."""

    def visible_to(self, viewer: Viewer) -> Self:
        """The assets that the viewer may see: the only way to rows for every page and service."""
        scope = scope_of(viewer)
        present = self.filter(removed_at__isnull=True)
        if scope.everything:
            return present
        if scope.is_public:
            return present.published()
        return present.filter(_asset_condition(scope))

    def published(self) -> Self:
        """Assets open to the public: never housing."""
        return self.filter(visibility=Visibility.PUBLIC).exclude(kind=Kind.HOUSING)

    def of_kind(self, kind: str) -> Self:
        """Assets of one kind."""
        return self.filter(kind=kind)

    def within(self, code: str) -> Self:
        """Assets in an administrative unit and in all below it."""
        return self.filter(area_code__startswith=code)

    def in_box(self, box: Box) -> Self:
        """Assets whose geometry meets the box of degrees."""
        envelope = BoxInMapProjection(box.west, box.south, box.east, box.north)
        return self.filter(geometry_3857__bboverlaps=envelope)

    def to_keep_up(self) -> Self:
        """Assets in service, which somebody has to keep up."""
        return self.filter(state__in=STATES_TO_KEEP_UP)

    def under_warranty(self, day: datetime.date) -> Self:
        """Assets whose warranty still runs on the day."""
        return self.filter(warranty_until__gte=day)


def _asset_condition(scope: Scope) -> Q:
    condition = Q(pk__in=[])
    office = scope.area_codes(OFFICE_ROLES)
    if office:
        condition |= code_prefix_condition("area_code", office)
    # Of houses only totals by village are for others than the office (decision 8).
    unrestricted = ~Q(visibility=Visibility.RESTRICTED) & ~Q(kind=Kind.HOUSING)
    evaluated = scope.area_codes((Role.EVALUATOR,))
    if evaluated:
        condition |= unrestricted & code_prefix_condition("area_code", evaluated)
    if scope.organisation_ids():
        condition |= unrestricted & organisation_condition(scope)
    return condition


class AssetPartQuerySet(models.QuerySet[Any]):
    """Rows that belong to one asset: details, structures, closures, surveys, tests."""

    def visible_to(self, viewer: Viewer) -> Self:
        """Rows whose asset the viewer may see."""
        scope = scope_of(viewer)
        assets = self.model._meta.get_field("asset").related_model._default_manager.all()
        return self.filter(Exists(assets.visible_to(scope).filter(pk=OuterRef("asset_id"))))

    def in_force(self, day: datetime.date) -> Self:
        """Rows with dates that hold on the day (closures)."""
        return self.filter(from_date__lte=day).filter(
            Q(until_date__isnull=True) | Q(until_date__gte=day)
        )


class RouteQuerySet(models.QuerySet[Any]):
    """Road routes."""

    def visible_to(self, viewer: Viewer) -> Self:
        """Route numbers are public: they stand on signs beside the road."""
        scope = scope_of(viewer)
        return self if scope.everything or scope.grants or scope.is_public else self.none()


class AcceptanceQuerySet(models.QuerySet[Any]):
    """Rows that belong to the acceptance or handover of one site, found through `site_path`."""

    site_path = "site_id"

    def visible_to(self, viewer: Viewer) -> Self:
        """Rows whose site the viewer may see."""
        scope = scope_of(viewer)
        sites = self._sites()
        return self.filter(Exists(sites.visible_to(scope).filter(pk=OuterRef(self.site_path))))

    def _sites(self) -> Any:
        model: Any = self.model
        for name in self.site_path.removesuffix("_id").split("__"):
            model = model._meta.get_field(name).related_model
        return model._default_manager.all()


class AcceptancePartQuerySet(AcceptanceQuerySet):
    """Rows of one acceptance."""

    site_path = "acceptance__site_id"


class HandoverPartQuerySet(AcceptanceQuerySet):
    """Rows of one handover."""

    site_path = "handover__site_id"


class RulesetQuerySet(models.QuerySet[Any]):
    """Rule sets of condition rating and their coefficients."""

    def visible_to(self, viewer: Viewer) -> Self:
        """Rules are no secret: every signed-in person with a role reads them."""
        scope = scope_of(viewer)
        return self if scope.everything or scope.grants else self.none()
