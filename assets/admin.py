"""The administration of assets: rows from `visible_to`, what services keep is read only."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import admin
from django.contrib.auth.models import User
from django.http import HttpRequest

from assets.models import (
    Asset,
    Component,
    RoadClosure,
    RoadRoute,
    RoadSection,
    Structure,
    WaterQualityTest,
)
from sites.admin import ReadOnlyAdmin, ScopedAdmin


@admin.register(Asset)
class AssetAdmin(ScopedAdmin):
    """Assets; kind and state are shown, and moved by services only."""

    list_display = ("code", "name", "kind", "state", "township_code", "upkeep_party")
    list_filter = ("kind", "state", "operating_class")
    list_select_related = ("upkeep_party",)
    search_fields = ("code", "name", "name_en")
    raw_id_fields = ("area", "owner", "upkeep_party", "contractor")
    readonly_fields = (
        "kind",
        "state",
        "plate_code",
        "version",
        "updated_at",
        "measured_length_m",
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Assets come from project sites, or are recorded with the detail of their kind."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """An asset is decommissioned, or taken out of the register with a reason."""
        return False

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Note who changed the asset."""
        obj.updated_by = cast(User, request.user)
        super().save_model(request, obj, form, change)


@admin.register(RoadRoute)
class RoadRouteAdmin(ScopedAdmin):
    """Routes."""

    list_display = ("route_no", "county_code", "name", "road_class")
    list_filter = ("road_class",)
    search_fields = ("route_no", "name", "name_en")
    readonly_fields = ("version", "updated_at")


@admin.register(RoadSection)
class RoadSectionAdmin(ReadOnlyAdmin):
    """Sections: the stretch is set where the route is locked."""

    list_display = ("asset", "route", "start_m", "end_m", "is_current")
    list_filter = ("is_current",)
    list_select_related = ("asset", "route")
    search_fields = ("asset__code", "route__route_no")


@admin.register(Structure)
class StructureAdmin(ReadOnlyAdmin):
    """Structures: point and chainage belong together."""

    list_display = ("code", "name", "kind", "asset", "chainage_m", "needs_review")
    list_filter = ("kind", "needs_review")
    list_select_related = ("asset",)
    search_fields = ("code", "name")


@admin.register(RoadClosure)
class RoadClosureAdmin(ReadOnlyAdmin):
    """Closures."""

    list_display = ("asset", "kind", "from_date", "until_date", "is_public")
    list_filter = ("kind", "is_public")
    list_select_related = ("asset",)


@admin.register(WaterQualityTest)
class WaterQualityTestAdmin(ReadOnlyAdmin):
    """Water quality tests: recorded once."""

    list_display = ("asset", "tested_on", "stage", "passed")
    list_filter = ("stage", "passed")
    list_select_related = ("asset",)


@admin.register(Component)
class ComponentAdmin(ReadOnlyAdmin):
    """Components of village centres: they belong to the asset's version."""

    list_display = ("asset", "kind", "quantity", "unit", "state")
    list_filter = ("kind", "state")
    list_select_related = ("asset",)
