"""What each kind of asset but roads has beside the shared columns, one table a kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Case, CharField, GeneratedField, Q, Value, When
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from assets.kinds import ComponentState, WaterSampleStage, WaterSource
from assets.models.asset import Asset
from assets.querysets import AssetPartQuerySet
from sites.identifiers import new_id
from sites.kinds import (
    ComponentKind,
    DangerGrade,
    FacilityKind,
    HousingMethod,
    WaterWorksKind,
)
from sites.models.triggers import append_only, old_values

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


def _asset(related_name: str) -> models.OneToOneField:  # type: ignore[type-arg]
    return models.OneToOneField(
        Asset,
        verbose_name=_("asset"),
        related_name=related_name,
        on_delete=models.CASCADE,
        primary_key=True,
    )


def _choice(name: StrOrPromise, choices: type[models.TextChoices]) -> models.CharField:  # type: ignore[type-arg]
    return models.CharField(name, max_length=20, choices=choices, blank=True, db_default="")


def _known(table: str, field: str, values: list[str]) -> models.CheckConstraint:
    return models.CheckConstraint(
        name=f"{table}_{field}_known", condition=Q(**{f"{field}__in": ["", *values]})
    )


def _count(name: StrOrPromise) -> models.PositiveIntegerField:  # type: ignore[type-arg]
    return models.PositiveIntegerField(name, null=True, blank=True)


def _percent(name: StrOrPromise) -> models.DecimalField:  # type: ignore[type-arg]
    return models.DecimalField(name, max_digits=5, decimal_places=2, null=True, blank=True)


def _flow(name: StrOrPromise) -> models.DecimalField:  # type: ignore[type-arg]
    return models.DecimalField(name, max_digits=12, decimal_places=2, null=True, blank=True)


def _percents_in_range(table: str, *fields: str) -> list[models.CheckConstraint]:
    return [
        models.CheckConstraint(
            name=f"{table}_{field}_in_range",
            condition=Q(**{f"{field}__isnull": True})
            | Q(**{f"{field}__gte": 0, f"{field}__lte": 100}),
            violation_error_message=_("A percentage lies between 0 and 100."),
        )
        for field in fields
    ]


@pghistory.track(*old_values(), exclude=["scale_class"])
class WaterWorks(models.Model):
    """Water works: capacity and supply in m³/d, people, guarantee, tariff in yuan per m³.

    `scale_class` I to V follows the capacity as domain §5.4 states it (Ⅰ ≥ 10,000, Ⅱ ≥ 5,000,
    Ⅲ ≥ 1,000, Ⅳ ≥ 100, Ⅴ ≥ 10 m³/d); smaller works have none.
    """

    asset = _asset("water_works")
    works_kind = _choice(_("works kind"), WaterWorksKind)
    capacity_m3_per_day = _flow(_("capacity (m³/d)"))
    supply_m3_per_day = _flow(_("actual supply (m³/d)"))
    water_source = _choice(_("water source"), WaterSource)
    people_served = _count(_("people served"))
    households = _count(_("households in the service area"))
    connected_households = _count(_("connected households"))
    schools_served = _count(_("schools served"))
    litres_per_person_day = models.DecimalField(
        _("supply per person (L/d)"), max_digits=7, decimal_places=1, null=True, blank=True
    )
    shortage_days_per_year = models.PositiveSmallIntegerField(
        _("days of shortage a year"), null=True, blank=True
    )
    is_round_the_clock = models.BooleanField(_("supplies 24 hours"), null=True, blank=True)
    tap_at_home = models.BooleanField(_("tap in the house or yard"), null=True, blank=True)
    fetch_minutes = models.PositiveSmallIntegerField(
        _("minutes to fetch water"), null=True, blank=True
    )
    fetch_distance_m = models.PositiveIntegerField(
        _("distance to fetch water (m)"), null=True, blank=True
    )
    fetch_climb_m = models.PositiveSmallIntegerField(
        _("climb to fetch water (m)"), null=True, blank=True
    )
    has_treatment = models.BooleanField(_("treatment"), null=True, blank=True)
    has_disinfection = models.BooleanField(_("disinfection"), null=True, blank=True)
    tariff_yuan_per_m3 = models.DecimalField(
        _("tariff (yuan/m³)"), max_digits=7, decimal_places=3, null=True, blank=True
    )
    collection_percent = _percent(_("tariff collected (%)"))
    loss_percent = _percent(_("losses (%)"))
    scale_class = GeneratedField(
        verbose_name=_("scale class"),
        expression=Case(
            When(capacity_m3_per_day__gte=10000, then=Value("I")),
            When(capacity_m3_per_day__gte=5000, then=Value("II")),
            When(capacity_m3_per_day__gte=1000, then=Value("III")),
            When(capacity_m3_per_day__gte=100, then=Value("IV")),
            When(capacity_m3_per_day__gte=10, then=Value("V")),
            default=Value(""),
            output_field=CharField(max_length=3),
        ),
        output_field=models.CharField(max_length=3),
        db_persist=True,
    )

    objects = AssetPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("water works")
        verbose_name_plural = _("water works")
        constraints = [
            _known("asset_water_works", "works_kind", WaterWorksKind.values),
            _known("asset_water_works", "water_source", WaterSource.values),
            models.CheckConstraint(
                name="asset_water_works_amounts_not_negative",
                condition=(Q(capacity_m3_per_day__isnull=True) | Q(capacity_m3_per_day__gte=0))
                & (Q(supply_m3_per_day__isnull=True) | Q(supply_m3_per_day__gte=0))
                & (Q(tariff_yuan_per_m3__isnull=True) | Q(tariff_yuan_per_m3__gte=0))
                & (Q(litres_per_person_day__isnull=True) | Q(litres_per_person_day__gte=0)),
                violation_error_message=_("Amounts must not be negative."),
            ),
            models.CheckConstraint(
                name="asset_water_works_shortage_within_a_year",
                condition=Q(shortage_days_per_year__isnull=True)
                | Q(shortage_days_per_year__lte=366),
                violation_error_message=_("A year has at most 366 days."),
            ),
            *_percents_in_range("asset_water_works", "collection_percent", "loss_percent"),
        ]


class WaterQualityTest(models.Model):
    """A water sample and whether it met the standard that the laboratory names. Append-only."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    asset = models.ForeignKey(Asset, related_name="water_tests", on_delete=models.PROTECT)
    tested_on = models.DateField(_("tested on"))
    stage = models.CharField(_("sample"), max_length=20, choices=WaterSampleStage)
    passed = models.BooleanField(_("meets the standard"))
    standard = models.CharField(_("standard"), max_length=60, blank=True, db_default="")
    laboratory = models.CharField(_("laboratory"), max_length=120, blank=True, db_default="")
    items = models.TextField(_("items tested"), blank=True, db_default="")
    supersedes = models.ForeignKey(
        "self",
        verbose_name=_("corrects"),
        related_name="corrections",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
    )
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, related_name="+", on_delete=models.PROTECT, null=True
    )

    objects = AssetPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("water quality test")
        verbose_name_plural = _("water quality tests")
        ordering = ["-tested_on", "-id"]
        indexes = [models.Index(fields=["asset", "-tested_on"], name="water_test_latest")]
        constraints = [
            models.CheckConstraint(
                name="water_test_stage_known", condition=Q(stage__in=WaterSampleStage.values)
            )
        ]
        triggers = [append_only()]

    def __str__(self) -> str:
        return f"{self.tested_on} {self.get_stage_display()}"


@pghistory.track(*old_values())
class VillageCentre(models.Model):
    """A village centre 中心村 in use: households and people that it serves."""

    asset = _asset("village_centre")
    households = _count(_("households"))
    people = _count(_("people"))

    objects = AssetPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("village centre")
        verbose_name_plural = _("village centres")


@pghistory.track(*old_values())
class Component(models.Model):
    """One component of a village centre: kind, quantity, unit, weight and state."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    asset = models.ForeignKey(Asset, related_name="components", on_delete=models.CASCADE)
    kind = models.CharField(_("kind"), max_length=20, choices=ComponentKind)
    quantity = models.DecimalField(
        _("quantity"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    unit = models.CharField(_("unit"), max_length=20, blank=True, db_default="")
    weight = models.DecimalField(
        _("weight"), max_digits=5, decimal_places=2, default=1, db_default=1
    )
    state = models.CharField(
        _("state"),
        max_length=20,
        choices=ComponentState,
        default=ComponentState.PLANNED,
        db_default="planned",
    )

    objects = AssetPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("component")
        verbose_name_plural = _("components")
        ordering = ["asset", "kind"]
        constraints = [
            models.UniqueConstraint(name="component_once", fields=["asset", "kind"]),
            models.CheckConstraint(
                name="component_kind_known", condition=Q(kind__in=ComponentKind.values)
            ),
            models.CheckConstraint(
                name="component_state_known", condition=Q(state__in=ComponentState.values)
            ),
            models.CheckConstraint(
                name="component_amounts_not_negative",
                condition=(Q(quantity__isnull=True) | Q(quantity__gte=0)) & Q(weight__gt=0),
                violation_error_message=_("Amounts must not be negative."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())


@pghistory.track(*old_values())
class House(models.Model):
    """A renovated house; outside the office only totals by village are shown."""

    asset = _asset("house")
    danger_grade = _choice(_("danger grade"), DangerGrade)
    method = _choice(_("method"), HousingMethod)
    floor_area_m2 = models.DecimalField(
        _("floor area (m²)"), max_digits=8, decimal_places=2, null=True, blank=True
    )
    households = models.PositiveIntegerField(_("households"), default=1, db_default=1)

    objects = AssetPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("house")
        verbose_name_plural = _("houses")
        constraints = [
            _known("house", "danger_grade", DangerGrade.values),
            _known("house", "method", HousingMethod.values),
        ]


@pghistory.track(*old_values())
class Facility(models.Model):
    """Another facility: town centre, school, old estate, service point."""

    asset = _asset("facility")
    facility_kind = _choice(_("facility kind"), FacilityKind)

    objects = AssetPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("facility")
        verbose_name_plural = _("facilities")
        constraints = [_known("asset_facility", "facility_kind", FacilityKind.values)]
