"""Project sites over HTTP."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, ClassVar
from uuid import UUID

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from sites.api.paging import BY_CODE
from sites.api.parameters import a_reason, one_of, refuse_unknown
from sites.api.parsers import GeoJSONParser, StrictJSONParser
from sites.api.resource import (
    GEOJSON,
    Resource,
    WritableCollection,
    WritableRecord,
)
from sites.api.schema import collection, parameter, record
from sites.api.site_parameters import site_parameters
from sites.api.site_properties import SiteFeature, site_features, with_columns
from sites.api.site_values import SiteValues, site_values
from sites.filters import SiteFilter, parameter_names
from sites.kinds import State
from sites.models import ProjectSite
from sites.problems import Problem, invalid
from sites.services import site_create, site_remove, site_update

_FIXED = {
    "kind": _("The kind of a site stays as it is."),
    "state": _("The state is moved by a state change only."),
}


class SiteResource(Resource):
    """Sites as Features."""

    serializer_class = SiteFeature
    parser_classes = [StrictJSONParser, GeoJSONParser]
    keys = BY_CODE
    media_type = GEOJSON
    rows_name = "features"
    parameters: ClassVar[frozenset[str]] = parameter_names() | {"geometry"}

    def rows(self) -> Any:
        """Return the sites that the caller may see."""
        return ProjectSite.objects.visible_to(self.scope)

    def rendered(self, rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
        """Return rows as Features."""
        return site_features(rows, self.scope)

    @cached_property
    def sent(self) -> Mapping[str, Any]:
        """The body as it was sent; only an object can be a Feature."""
        body = self.request.data
        if not isinstance(body, dict) or not isinstance(body.get("properties", {}), dict):
            raise invalid("", "not_a_feature", _("Give a GeoJSON Feature."))
        return body

    def version_of(self, row: dict[str, Any]) -> int:
        """Return the version that a row stands at."""
        return int(row["version"])

    @property
    def given(self) -> frozenset[str]:
        """The properties that the client wrote."""
        return frozenset(self.sent.get("properties", {}))


@extend_schema(tags=["sites"])
@collection(
    "site",
    SiteFeature,
    parameters=[
        *site_parameters(),
        parameter("geometry", "Whether features carry geometry.", enum=("shown", "none")),
    ],
)
class SiteCollection(SiteResource, WritableCollection):
    """Project sites, as points, lines and polygons."""

    def narrowed(self, rows: Any) -> Any:
        """Return the sites that the shared filter asks for."""
        wanted = one_of(self.params, "geometry", ("shown", "none"), "shown")
        chosen = SiteFilter.from_query(self.params).apply(rows)
        return with_columns(chosen, geometry=wanted == "shown", stages=False)

    def require_create(self) -> None:
        """Only who edits sites creates them; where is the service's to judge."""
        if not self.scope.edits_sites:
            raise Problem("forbidden")

    def created(self, values: Mapping[str, Any]) -> ProjectSite:
        """Create the site in its first state."""
        if self.sent["properties"].get("state", State.PROPOSED) != State.PROPOSED:
            raise invalid("properties.state", "read_only", _FIXED["state"])
        kind = values["properties"]["kind"]
        wanted = site_values({**values, "raw": self.sent}, kind=kind, given=self.given, shown=None)
        return site_create(
            values=wanted.columns,
            detail=wanted.detail,
            actor=self.actor,
            scope=self.scope,
            household_reference=wanted.household_reference or "",
        )

    def row(self, pk: UUID) -> dict[str, Any]:
        """Return the created site."""
        return one_site(self.rows(), pk)


@extend_schema(tags=["sites"])
@record(
    "site",
    SiteFeature,
    on_delete=[parameter("reason", "Why the site leaves the register.", required=True)],
)
class SiteRecord(SiteResource, WritableRecord):
    """One project site."""

    def row(self, pk: UUID) -> dict[str, Any]:
        """Return the site with its planned and its actual geometry."""
        return one_site(self.rows(), pk)

    def require_change(self, row: dict[str, Any]) -> None:
        """Only the office in whose scope the site lies changes it."""
        if not (self.scope.edits_sites and self.scope.covers_area(row["area_code"])):
            raise Problem("forbidden")

    def parsed(self, *, row: Any = None, partial: bool = False) -> dict[str, Any]:
        """Return the columns that the Feature asks to change."""
        values = super().parsed(row=row, partial=partial)
        for name in ("kind", "state"):
            if self.sent.get("properties", {}).get(name, row[name]) != row[name]:
                raise invalid(f"properties.{name}", "read_only", _FIXED[name])
        wanted = site_values(
            {**values, "raw": self.sent},
            kind=row["kind"],
            given=self.given,
            shown=self.rendered([row])[0],
        )
        wanted.columns.pop("kind", None)
        return {"wanted": wanted}

    def changed(self, row: dict[str, Any], values: Mapping[str, Any]) -> ProjectSite:
        """Change the site."""
        wanted: SiteValues = values["wanted"]
        return site_update(
            site=ProjectSite(pk=row["id"]),
            values=wanted.columns,
            detail=wanted.detail,
            actor=self.actor,
            scope=self.scope,
            expected_version=row["version"],
            household_reference=wanted.household_reference,
        )

    def delete(self, request: Request, pk: UUID) -> Response:
        """Take the site out of the register; `reason` says why."""
        refuse_unknown(self.params, {"reason"})
        return super().delete(request, pk)

    def removed(self, row: dict[str, Any]) -> None:
        """Take the site out of every view; the row and its history stay."""
        site_remove(
            site=ProjectSite(pk=row["id"]),
            actor=self.actor,
            scope=self.scope,
            at=timezone.now(),
            reason=a_reason(self.params),
            expected_version=row["version"],
        )


def one_site(sites: Any, pk: UUID) -> dict[str, Any]:
    """Return one site with every column of its Feature; raises `DoesNotExist`."""
    delayed = sites.with_delay(timezone.localdate(), red_days=settings.DELAY_RED_DAYS)
    row: dict[str, Any] = with_columns(delayed, geometry=True, stages=True).get(pk=pk)
    return row
