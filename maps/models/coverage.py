"""Coverage: who is reached by what, computed by a rule on a day and kept."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.contrib.gis.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from maps.kinds import Indicator, PopulationKind, RunState
from sites.functions import GeometryIsSound
from sites.geometry import STORED_SRID
from sites.identifiers import new_id
from sites.kinds import UrbanRuralClass
from sites.models.area_row import AreaRow, placed_by_area
from sites.models.naming import NamedRecord
from sites.models.triggers import append_only, old_values, touch
from sites.models.versioned import VersionedRecord
from sites.querysets import AreaRowQuerySet


@pghistory.track(*old_values())
class PopulationSet(AreaRow, VersionedRecord):
    """A count of people of a district for one year and where it comes from."""

    name = models.CharField(_("name"), max_length=200)
    source = models.CharField(_("source"), max_length=200)
    year = models.PositiveSmallIntegerField(_("year"))
    kind = models.CharField(_("kind"), max_length=10, choices=PopulationKind)
    people = models.DecimalField(
        _("people"), max_digits=14, decimal_places=2, default=0, editable=False
    )
    cells = models.PositiveIntegerField(_("places"), default=0, editable=False)
    sha256 = models.CharField(max_length=64, blank=True, db_default="", editable=False)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        related_name="+",
        on_delete=models.PROTECT,
        null=True,
        editable=False,
    )

    objects = AreaRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("population")
        verbose_name_plural = _("populations")
        ordering = ["-year", "name"]
        constraints = [
            models.UniqueConstraint(
                name="population_set_once",
                fields=["area", "year", "name"],
                violation_error_message=_("A population of that name and year exists already."),
            ),
            models.CheckConstraint(
                name="population_set_kind_known", condition=Q(kind__in=PopulationKind.values)
            ),
        ]
        triggers = [touch(), placed_by_area()]

    def __str__(self) -> str:
        return f"{self.name} {self.year}"


class PopulationCell(models.Model):
    """People at a point, in a polygon or in a raster cell; never changed once stored."""

    id = models.BigAutoField(primary_key=True)
    population = models.ForeignKey(PopulationSet, related_name="places", on_delete=models.CASCADE)
    place = models.GeometryField(_("place"), srid=STORED_SRID)
    people = models.DecimalField(_("people"), max_digits=12, decimal_places=2)
    households = models.PositiveIntegerField(_("households"), null=True, blank=True)
    label = models.CharField(_("name"), max_length=120, blank=True, db_default="")
    township_code = models.CharField(max_length=9, db_collation="C", db_default="")
    urban_rural_class = models.CharField(
        _("urban-rural class"),
        max_length=3,
        choices=UrbanRuralClass,
        blank=True,
        db_default="",
    )

    class Meta:
        verbose_name = _("populated place")
        verbose_name_plural = _("populated places")
        indexes = [
            models.Index(fields=["population", "township_code"], name="population_cell_township")
        ]
        constraints = [
            models.CheckConstraint(
                name="population_cell_place_is_sound", condition=GeometryIsSound(F("place"))
            ),
            models.CheckConstraint(
                name="population_cell_people_not_negative",
                condition=Q(people__gte=0),
                violation_error_message=_("The number of people must not be negative."),
            ),
            models.CheckConstraint(
                name="population_cell_class_known",
                condition=Q(urban_rural_class__in=["", *UrbanRuralClass.values]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.people}"


@pghistory.track(*old_values())
class CoverageRule(NamedRecord, VersionedRecord):
    """How an indicator is computed: its parameters and its method sheet in both languages.

    A rule that a run has used is fixed; what changes is a new `number`.
    """

    indicator = models.CharField(_("indicator"), max_length=20, choices=Indicator)
    number = models.PositiveSmallIntegerField(_("version"))
    parameters = models.JSONField(_("parameters"), default=dict)
    method = models.TextField(_("method"))
    method_en = models.TextField(_("method in English"), blank=True, db_default="")

    class Meta:
        verbose_name = _("rule of coverage")
        verbose_name_plural = _("rules of coverage")
        ordering = ["indicator", "-number"]
        constraints = [
            models.UniqueConstraint(name="coverage_rule_once", fields=["indicator", "number"]),
            models.CheckConstraint(
                name="coverage_rule_indicator_known", condition=Q(indicator__in=Indicator.values)
            ),
        ]
        triggers = [touch()]


class CoverageRun(AreaRow, models.Model):
    """One computation: indicator, area, rule, day, inputs and result.

    `numerator` and `denominator` are people, villages or metres, as the indicator says;
    a denominator of zero means that the indicator is not defined. `inputs` counts what went in,
    `inputs_sha256` its rows, so that the same inputs can be told to give the same number.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    indicator = models.CharField(_("indicator"), max_length=20, choices=Indicator)
    rule = models.ForeignKey(
        CoverageRule, verbose_name=_("rule"), related_name="runs", on_delete=models.PROTECT
    )
    as_of = models.DateField(_("as of"))
    population = models.ForeignKey(
        PopulationSet,
        verbose_name=_("population"),
        related_name="runs",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
    )
    state = models.CharField(_("state"), max_length=10, choices=RunState, default=RunState.QUEUED)
    numerator = models.DecimalField(
        _("reached"), max_digits=18, decimal_places=4, null=True, blank=True
    )
    denominator = models.DecimalField(
        _("of all"), max_digits=18, decimal_places=4, null=True, blank=True
    )
    inputs = models.JSONField(_("inputs"), default=dict)
    inputs_sha256 = models.CharField(max_length=64, blank=True, db_default="")
    reach = models.MultiPolygonField(
        _("reached area"), srid=STORED_SRID, null=True, blank=True, spatial_index=False
    )
    problem = models.CharField(max_length=40, blank=True, db_default="")
    created_at = models.DateTimeField(_("created at"), db_default=Now(), editable=False)
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("created by"),
        related_name="+",
        on_delete=models.PROTECT,
        null=True,
    )

    objects = AreaRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("coverage run")
        verbose_name_plural = _("coverage runs")
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(fields=["area_code", "-created_at", "-id"], name="coverage_run_area")
        ]
        constraints = [
            models.CheckConstraint(
                name="coverage_run_codes_known",
                condition=Q(indicator__in=Indicator.values, state__in=RunState.values),
            ),
            models.CheckConstraint(
                name="coverage_run_part_of_all",
                condition=Q(numerator__isnull=True)
                | Q(numerator__gte=0, numerator__lte=F("denominator")),
            ),
            models.CheckConstraint(
                name="coverage_run_reach_is_sound", condition=GeometryIsSound(F("reach"))
            ),
        ]
        triggers = [placed_by_area()]

    def __str__(self) -> str:
        return f"{self.indicator} {self.as_of}"


class CoverageRow(models.Model):
    """The part of a run that lies in one township."""

    id = models.BigAutoField(primary_key=True)
    run = models.ForeignKey(CoverageRun, related_name="rows", on_delete=models.CASCADE)
    township_code = models.CharField(max_length=9, db_collation="C")
    numerator = models.DecimalField(max_digits=18, decimal_places=4)
    denominator = models.DecimalField(max_digits=18, decimal_places=4)

    class Meta:
        verbose_name = _("coverage of a township")
        verbose_name_plural = _("coverage of townships")
        ordering = ["township_code"]
        constraints = [
            models.UniqueConstraint(name="coverage_row_once", fields=["run", "township_code"])
        ]
        triggers = [append_only()]

    def __str__(self) -> str:
        return self.township_code


class CoverageGap(models.Model):
    """Somebody or something that a run did not reach: where, and how much."""

    id = models.BigAutoField(primary_key=True)
    run = models.ForeignKey(CoverageRun, related_name="gaps", on_delete=models.CASCADE)
    place = models.GeometryField(_("place"), srid=STORED_SRID, spatial_index=False)
    amount = models.DecimalField(_("not reached"), max_digits=16, decimal_places=4)
    label = models.CharField(_("name"), max_length=200, blank=True, db_default="")
    township_code = models.CharField(max_length=9, db_collation="C", db_default="")

    class Meta:
        verbose_name = _("gap of coverage")
        verbose_name_plural = _("gaps of coverage")
        ordering = ["-amount", "id"]
        indexes = [models.Index(fields=["run", "-amount", "id"], name="coverage_gap_of_run")]
        triggers = [append_only()]

    def __str__(self) -> str:
        return f"{self.label} {self.amount}"
