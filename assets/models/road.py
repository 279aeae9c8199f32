"""Road routes, their sections with chainage, structures and closures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pghistory
from django.contrib.gis.db import models
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from assets.kinds import AllSeasonBasis, ClosureKind, StructureKind
from assets.models.asset import Asset
from assets.models.triggers import note_upkeep_change
from assets.querysets import AssetPartQuerySet, RouteQuerySet
from sites.functions import GeometryIsSound
from sites.geometry import STORED_SRID
from sites.kinds import Pavement, RoadClass, TechnicalClass
from sites.models.naming import NamedRecord
from sites.models.triggers import old_values, touch
from sites.models.versioned import VersionedRecord

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

LONGEST_M = 1_000_000


class MetreRange(Func):
    """The half-open range of metres from a start to an end; an absent end is unbounded."""

    function = "numrange"


def chainage(name: StrOrPromise, *, optional: bool = False) -> models.DecimalField:  # type: ignore[type-arg]
    """Return a column of metres along a route, to the decimetre."""
    return models.DecimalField(name, max_digits=9, decimal_places=1, null=optional, blank=optional)


def chainage_in_order(table: str, *, optional: bool = False) -> models.CheckConstraint:
    """Return the rule that a stretch begins at 0 or later and ends after it begins.

    Optional stretches have both ends or none: none means the whole asset.
    """
    ordered = Q(start_m__gte=0, end_m__gt=F("start_m"), end_m__lte=LONGEST_M)
    if optional:
        # Without the explicit test, one end alone would compare with NULL and pass.
        ordered &= Q(start_m__isnull=False, end_m__isnull=False)
        ordered |= Q(start_m__isnull=True, end_m__isnull=True)
    return models.CheckConstraint(
        name=f"{table}_chainage_in_order",
        condition=ordered,
        violation_error_message=_("A stretch must end after it begins, and begin at K0 or later."),
    )


@pghistory.track(*old_values())
class RoadRoute(NamedRecord, VersionedRecord):
    """A route 路线: number and county code name it together, as in the national road database."""

    route_no = models.CharField(_("route number"), max_length=10)
    county_code = models.CharField(_("county code"), max_length=6)
    road_class = models.CharField(_("road class"), max_length=20, choices=RoadClass)
    start_name = models.CharField(_("from"), max_length=120, blank=True, db_default="")
    end_name = models.CharField(_("to"), max_length=120, blank=True, db_default="")

    objects = RouteQuerySet.as_manager()

    class Meta:
        verbose_name = _("road route")
        verbose_name_plural = _("road routes")
        ordering = ["county_code", "route_no"]
        constraints = [
            models.UniqueConstraint(
                name="road_route_number_once",
                fields=["county_code", "route_no"],
                violation_error_message=_("This route number exists already in the county."),
            ),
            models.CheckConstraint(
                name="road_route_number_form",
                condition=Q(route_no__regex=r"^[GSXYCZ][0-9A-Z]{3,9}$"),
                violation_error_message=_(
                    "A route number is a letter G, S, X, Y, C or Z and 3 to 9 digits."
                ),
            ),
            models.CheckConstraint(
                name="road_route_county_form",
                condition=Q(county_code__regex=r"^[0-9]{6}$"),
                violation_error_message=_("A county code has six digits."),
            ),
            models.CheckConstraint(
                name="road_route_class_known", condition=Q(road_class__in=RoadClass.values)
            ),
        ]
        triggers = [touch()]


@pghistory.track(*old_values())
class RoadSection(models.Model):
    """A section 路段 of a route, `start_m` to `end_m` (shown as K0+000); its line is the asset's.

    The first vertex of the line lies at `start_m`, the last at `end_m`. Sections of one route
    never overlap; a decommissioned section (`is_current` false) gives its stretch free.
    """

    asset = models.OneToOneField(
        Asset, related_name="road_section", on_delete=models.CASCADE, primary_key=True
    )
    route = models.ForeignKey(
        RoadRoute, verbose_name=_("route"), related_name="sections", on_delete=models.PROTECT
    )
    start_m = chainage(_("from chainage (m)"))
    end_m = chainage(_("to chainage (m)"))
    is_current = models.BooleanField(_("current"), default=True, db_default=True, editable=False)
    technical_class = models.CharField(
        _("technical class"), max_length=20, choices=TechnicalClass, blank=True, db_default=""
    )
    pavement = models.CharField(
        _("pavement"), max_length=20, choices=Pavement, blank=True, db_default=""
    )
    roadbed_width_m = models.DecimalField(
        _("roadbed width (m)"), max_digits=5, decimal_places=2, null=True, blank=True
    )
    pavement_width_m = models.DecimalField(
        _("pavement width (m)"), max_digits=5, decimal_places=2, null=True, blank=True
    )
    lanes = models.PositiveSmallIntegerField(_("lanes"), null=True, blank=True)
    design_speed_kmh = models.PositiveSmallIntegerField(
        _("design speed (km/h)"), null=True, blank=True
    )
    opened_on = models.DateField(_("opened on"), null=True, blank=True)
    renewed_on = models.DateField(_("renewed on"), null=True, blank=True)
    is_all_season = models.BooleanField(_("passable all year"), null=True, blank=True)
    all_season_basis = models.CharField(
        _("basis of the statement"),
        max_length=20,
        choices=AllSeasonBasis,
        default=AllSeasonBasis.UNKNOWN,
        db_default="unknown",
    )

    objects = AssetPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("road section")
        verbose_name_plural = _("road sections")
        ordering = ["route", "start_m"]
        constraints = [
            chainage_in_order("road_section"),
            ExclusionConstraint(
                name="road_section_no_overlap",
                expressions=[
                    ("route", RangeOperators.EQUAL),
                    (MetreRange("start_m", "end_m"), RangeOperators.OVERLAPS),
                ],
                condition=Q(is_current=True),
                violation_error_message=_("Another section of the route covers part of this one."),
            ),
            models.CheckConstraint(
                name="road_section_technical_class_known",
                condition=Q(technical_class__in=["", *TechnicalClass.values]),
            ),
            models.CheckConstraint(
                name="road_section_pavement_known",
                condition=Q(pavement__in=["", *Pavement.values]),
            ),
            models.CheckConstraint(
                name="road_section_widths_are_positive",
                condition=(Q(roadbed_width_m__isnull=True) | Q(roadbed_width_m__gt=0))
                & (Q(pavement_width_m__isnull=True) | Q(pavement_width_m__gt=0)),
                violation_error_message=_("Widths must be positive."),
            ),
        ]
        triggers = [note_upkeep_change()]


@pghistory.track(*old_values())
class Structure(NamedRecord, VersionedRecord):
    """A bridge, culvert or safety facility on a section, by its point and its chainage.

    The point was surveyed and stays; the chainage is located anew when the section's line is
    edited. `needs_review` marks a point further than 50 m from the line (our choice).
    """

    asset = models.ForeignKey(Asset, related_name="structures", on_delete=models.CASCADE)
    kind = models.CharField(_("kind"), max_length=20, choices=StructureKind)
    code = models.CharField(_("code"), max_length=60, blank=True, db_default="")
    chainage_m = chainage(_("chainage (m)"))
    point = models.PointField(_("position"), srid=STORED_SRID)
    length_m = models.DecimalField(
        _("length (m)"), max_digits=8, decimal_places=2, null=True, blank=True
    )
    span_m = models.DecimalField(
        _("span (m)"), max_digits=8, decimal_places=2, null=True, blank=True
    )
    rating_class = models.PositiveSmallIntegerField(
        _("technical condition class (1 to 5)"), null=True, blank=True
    )
    needs_review = models.BooleanField(_("needs review"), default=False, db_default=False)

    objects = AssetPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("structure")
        verbose_name_plural = _("structures")
        ordering = ["asset", "chainage_m"]
        constraints = [
            models.CheckConstraint(
                name="structure_kind_known", condition=Q(kind__in=StructureKind.values)
            ),
            models.CheckConstraint(
                name="structure_chainage_in_range",
                condition=Q(chainage_m__gte=0, chainage_m__lte=LONGEST_M),
                violation_error_message=_("The chainage must lie between K0 and K1000."),
            ),
            models.CheckConstraint(
                name="structure_point_is_sound", condition=GeometryIsSound(F("point"))
            ),
            models.CheckConstraint(
                name="structure_rating_in_range",
                condition=Q(rating_class__isnull=True)
                | Q(rating_class__gte=1, rating_class__lte=5),
                violation_error_message=_("The class lies between 1 and 5."),
            ),
            models.CheckConstraint(
                name="structure_sizes_are_positive",
                condition=(Q(length_m__isnull=True) | Q(length_m__gt=0))
                & (Q(span_m__isnull=True) | Q(span_m__gt=0)),
                violation_error_message=_("Length and span must be positive."),
            ),
        ]
        triggers = [touch(), note_upkeep_change()]


@pghistory.track(*old_values())
class RoadClosure(VersionedRecord):
    """A closure 断交 of a stretch, planned or sudden, from a day until a day or further notice."""

    asset = models.ForeignKey(Asset, related_name="closures", on_delete=models.CASCADE)
    kind = models.CharField(_("kind"), max_length=20, choices=ClosureKind)
    start_m = chainage(_("from chainage (m)"))
    end_m = chainage(_("to chainage (m)"))
    from_date = models.DateField(_("from"))
    until_date = models.DateField(_("until"), null=True, blank=True)
    reason = models.TextField(_("reason"))
    detour = models.TextField(_("detour"), blank=True, db_default="")
    is_public = models.BooleanField(_("shown to the public"), default=True, db_default=True)

    objects = AssetPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("road closure")
        verbose_name_plural = _("road closures")
        ordering = ["-from_date", "id"]
        constraints = [
            chainage_in_order("road_closure"),
            models.CheckConstraint(
                name="road_closure_dates_in_order",
                condition=Q(until_date__isnull=True) | Q(until_date__gte=F("from_date")),
                violation_error_message=_("The last day must not come before the first."),
            ),
            models.CheckConstraint(
                name="road_closure_kind_known", condition=Q(kind__in=ClosureKind.values)
            ),
        ]
        triggers = [touch(), note_upkeep_change()]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.from_date}"
