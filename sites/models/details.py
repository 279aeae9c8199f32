"""What each kind of site has beside the shared columns, one table a kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sites.identifiers import new_id
from sites.kinds import (
    ComponentKind,
    DangerGrade,
    FacilityKind,
    HouseholdGroup,
    HousingMethod,
    Pavement,
    RoadClass,
    TechnicalClass,
    WaterWorksKind,
)
from sites.models.triggers import note_data_change, old_values
from sites.querysets import SitePartQuerySet

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


def _site(related_name: str) -> models.OneToOneField:  # type: ignore[type-arg]
    return models.OneToOneField(
        "sites.ProjectSite",
        verbose_name=_("site"),
        related_name=related_name,
        on_delete=models.CASCADE,
        primary_key=True,
    )


def _known(table: str, field: str, values: list[str]) -> models.CheckConstraint:
    return models.CheckConstraint(
        name=f"{table}_{field}_known", condition=Q(**{f"{field}__in": ["", *values]})
    )


def _width(name: StrOrPromise) -> models.DecimalField:  # type: ignore[type-arg]
    return models.DecimalField(name, max_digits=5, decimal_places=2, null=True, blank=True)


def _choice(name: StrOrPromise, choices: type[models.TextChoices]) -> models.CharField:  # type: ignore[type-arg]
    return models.CharField(name, max_length=20, choices=choices, blank=True, db_default="")


@pghistory.track(*old_values())
class RoadDetail(models.Model):
    """A rural road: route code such as `Y012` + county code, class, pavement, widths in metres."""

    site = _site("road")
    route_code = models.CharField(_("route code"), max_length=20, blank=True, db_index=True)
    road_class = _choice(_("road class"), RoadClass)
    technical_class = _choice(_("technical class"), TechnicalClass)
    pavement = _choice(_("pavement"), Pavement)
    roadbed_width_m = _width(_("roadbed width (m)"))
    pavement_width_m = _width(_("pavement width (m)"))
    start_name = models.CharField(_("from"), max_length=120, blank=True, db_default="")
    end_name = models.CharField(_("to"), max_length=120, blank=True, db_default="")
    opened_on = models.DateField(_("opened on"), null=True, blank=True)

    objects = SitePartQuerySet.as_manager()

    class Meta:
        verbose_name = _("road detail")
        verbose_name_plural = _("road details")
        constraints = [
            models.CheckConstraint(
                name="road_route_code_form",
                condition=Q(route_code="") | Q(route_code__regex=r"^[GSXYCZ][0-9A-Z]{3,15}$"),
                violation_error_message=_(
                    "A route code is a letter G, S, X, Y, C or Z and 3 to 15 digits."
                ),
            ),
            _known("road", "road_class", RoadClass.values),
            _known("road", "technical_class", TechnicalClass.values),
            _known("road", "pavement", Pavement.values),
            models.CheckConstraint(
                name="road_widths_are_positive",
                condition=(Q(roadbed_width_m__isnull=True) | Q(roadbed_width_m__gt=0))
                & (Q(pavement_width_m__isnull=True) | Q(pavement_width_m__gt=0)),
                violation_error_message=_("Widths must be positive."),
            ),
        ]
        triggers = [note_data_change()]


@pghistory.track(*old_values())
class VillageCentreDetail(models.Model):
    """A village centre 中心村: households and people that it serves."""

    site = _site("village_centre")
    households = models.PositiveIntegerField(_("households"), null=True, blank=True)
    people = models.PositiveIntegerField(_("people"), null=True, blank=True)

    objects = SitePartQuerySet.as_manager()

    class Meta:
        verbose_name = _("village centre detail")
        verbose_name_plural = _("village centre details")


@pghistory.track(*old_values())
class VillageCentreComponent(models.Model):
    """One component of a village centre, such as street lights, with its quantity."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    village_centre = models.ForeignKey(
        VillageCentreDetail, related_name="components", on_delete=models.CASCADE
    )
    kind = models.CharField(_("kind"), max_length=20, choices=ComponentKind)
    quantity = models.DecimalField(
        _("quantity"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    unit = models.CharField(_("unit"), max_length=20, blank=True)
    is_done = models.BooleanField(_("done"), default=False)

    class Meta:
        verbose_name = _("village centre component")
        verbose_name_plural = _("village centre components")
        constraints = [
            models.UniqueConstraint(
                name="village_centre_component_once", fields=["village_centre", "kind"]
            ),
            models.CheckConstraint(
                name="village_centre_component_kind_known",
                condition=Q(kind__in=ComponentKind.values),
            ),
        ]


@pghistory.track(*old_values())
class WaterWorksDetail(models.Model):
    """Water works: what they are, capacity in m³/d and the people they serve."""

    site = _site("water_works")
    works_kind = _choice(_("works kind"), WaterWorksKind)
    capacity_m3_per_day = models.DecimalField(
        _("capacity (m³/d)"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    people_served = models.PositiveIntegerField(_("people served"), null=True, blank=True)

    objects = SitePartQuerySet.as_manager()

    class Meta:
        verbose_name = _("water works detail")
        verbose_name_plural = _("water works details")
        constraints = [
            _known("water_works", "works_kind", WaterWorksKind.values),
            models.CheckConstraint(
                name="water_works_capacity_not_negative",
                condition=Q(capacity_m3_per_day__isnull=True) | Q(capacity_m3_per_day__gte=0),
                violation_error_message=_("The capacity must not be negative."),
            ),
        ]


@pghistory.track(*old_values())
class HousingDetail(models.Model):
    """A housing site: danger grade, method, group; nothing that names the household."""

    site = _site("housing")
    danger_grade = _choice(_("danger grade"), DangerGrade)
    method = _choice(_("method"), HousingMethod)
    household_group = _choice(_("household group"), HouseholdGroup)
    floor_area_m2 = models.DecimalField(
        _("floor area (m²)"), max_digits=8, decimal_places=2, null=True, blank=True
    )
    households = models.PositiveIntegerField(_("households"), default=1, db_default=1)

    objects = SitePartQuerySet.as_manager()

    class Meta:
        verbose_name = _("housing detail")
        verbose_name_plural = _("housing details")
        constraints = [
            _known("housing", "danger_grade", DangerGrade.values),
            _known("housing", "method", HousingMethod.values),
            _known("housing", "household_group", HouseholdGroup.values),
        ]


@pghistory.track(*old_values())
class HouseholdRecord(models.Model):
    """The household of a housing site; restricted to the office and the township in scope."""

    site = _site("household")
    reference = models.CharField(_("household reference"), max_length=60)
    note = models.TextField(_("note"), blank=True, db_default="")

    objects = SitePartQuerySet.as_manager()

    class Meta:
        verbose_name = _("household record")
        verbose_name_plural = _("household records")


@pghistory.track(*old_values())
class FacilityDetail(models.Model):
    """What else the report names: town centre, school, old estate, shantytown."""

    site = _site("facility")
    facility_kind = _choice(_("facility kind"), FacilityKind)

    objects = SitePartQuerySet.as_manager()

    class Meta:
        verbose_name = _("facility detail")
        verbose_name_plural = _("facility details")
        constraints = [_known("facility", "facility_kind", FacilityKind.values)]
