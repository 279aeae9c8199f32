"""Stated figures over HTTP: what a body says about a figure of a year."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers

from reports.api.fields import ExactField, FigureKeyField
from reports.models import StatedFigure
from reports.services import figure_state, stated_change, stated_remove
from sites.access import code_prefix_condition
from sites.api.fields import (
    AreaField,
    OrganisationField,
    StrictSerializer,
    TextField,
    WholeNumberField,
)
from sites.api.paging import BY_ID
from sites.api.resource import Resource, WritableCollection, WritableRecord
from sites.api.schema import collection, parameter, record
from sites.filter_values import AREA_CODE, matching, parsed, text_of, year_of
from sites.problems import Problem


class StatedFigureSerializer(StrictSerializer):
    """What a body states: money in yuan, lengths in km, shares in percent."""

    id = serializers.UUIDField(read_only=True)
    figure = FigureKeyField()
    organisation = OrganisationField()
    area = AreaField()
    year = WholeNumberField(min_value=1949, max_value=2100)
    value = ExactField()
    note = TextField(max_length=2000, allow_blank=True, default="")
    stated_on = serializers.DateField(read_only=True)
    version = serializers.IntegerField(read_only=True)
    updated_at = serializers.DateTimeField(read_only=True)


class StatedResource(Resource):
    """Stated figures of areas that the caller may see."""

    serializer_class = StatedFigureSerializer
    keys = BY_ID
    parameters: ClassVar[frozenset[str]] = frozenset({"area", "year", "key"})

    def rows(self) -> Any:
        """Return the stated figures that the caller may see."""
        rows = StatedFigure.objects.visible_to(self.scope)
        return rows.select_related("figure", "organisation", "area")

    def require_create(self) -> None:
        """The office records what bodies state; of which areas is the service's to judge."""
        if not self.scope.edits_sites:
            raise Problem("forbidden")

    def require_change(self, row: StatedFigure) -> None:
        """The office of the area."""
        if not self.scope.covers_area(row.area_code):
            raise Problem("forbidden")


@extend_schema(tags=["reports"])
@collection(
    "stated_figure",
    StatedFigureSerializer,
    parameters=[
        parameter("area", "Area codes with all below them, separated by commas."),
        parameter("year", "Years, separated by commas."),
        parameter("key", "Key of a figure."),
    ],
)
class StatedCollection(StatedResource, WritableCollection):
    """What bodies state."""

    def narrowed(self, rows: Any) -> Any:
        """Return the rows that the parameters ask for."""
        areas = matching(self.params, "area", AREA_CODE)
        years = parsed(self.params, "year", year_of)
        key = text_of(self.params, "key")
        if areas:
            rows = rows.filter(code_prefix_condition("area_code", areas))
        if years:
            rows = rows.filter(year__in=years)
        return rows.filter(figure__key=key) if key else rows

    def created(self, values: Mapping[str, Any]) -> StatedFigure:
        """Record what a body states."""
        return figure_state(
            values=values, on=timezone.localdate(), actor=self.actor, scope=self.scope
        )


@extend_schema(tags=["reports"])
@record("stated_figure", StatedFigureSerializer)
class StatedRecord(StatedResource, WritableRecord):
    """What one body states."""

    def changed(self, row: StatedFigure, values: Mapping[str, Any]) -> StatedFigure:
        """Change value or note; figure, body, area and year stay."""
        return stated_change(
            row=row,
            values=values,
            on=timezone.localdate(),
            actor=self.actor,
            scope=self.scope,
            expected_version=row.version,
        )

    def removed(self, row: StatedFigure) -> None:
        """Take it back."""
        stated_remove(row=row, actor=self.actor, scope=self.scope, expected_version=row.version)
