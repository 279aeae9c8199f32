"""Administrative units from province to natural village, with dated codes."""

from __future__ import annotations

import pghistory
from django.contrib.gis.db import models
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from sites.functions import GeometryIsSound
from sites.geometry import STORED_SRID
from sites.kinds import AreaLevel, UrbanRuralClass
from sites.models.naming import NamedRecord
from sites.models.triggers import note_data_change, old_values, touch
from sites.models.versioned import VersionedRecord
from sites.querysets import AreaQuerySet


@pghistory.track(*old_values())
class Area(NamedRecord, VersionedRecord):
    """An administrative unit 行政区划; its code starts with its parent's code (GB/T 2260)."""

    code = models.CharField(_("code"), max_length=15, db_collation="C")
    level = models.CharField(_("level"), max_length=10, choices=AreaLevel)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("parent"),
        related_name="children",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
    )
    boundary = models.MultiPolygonField(
        _("boundary"), srid=STORED_SRID, null=True, blank=True, spatial_index=True
    )
    centre = models.PointField(_("centre"), srid=STORED_SRID, null=True, blank=True)
    urban_rural_class = models.CharField(
        _("urban-rural class"), max_length=3, choices=UrbanRuralClass, blank=True
    )
    population = models.PositiveIntegerField(_("population"), null=True, blank=True)
    households = models.PositiveIntegerField(_("households"), null=True, blank=True)
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=120, blank=True)

    objects = AreaQuerySet.as_manager()

    class Meta:
        verbose_name = _("area")
        verbose_name_plural = _("areas")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                name="area_code_is_digits_of_its_level",
                condition=Q(code__regex=r"^[0-9]+$")
                & (
                    Q(level="province", code__regex=r"^.{2}$")
                    | Q(level="city", code__regex=r"^.{4}$")
                    | Q(level="district", code__regex=r"^.{6}$")
                    | Q(level="township", code__regex=r"^.{9}$")
                    | Q(level="village", code__regex=r"^.{12}$")
                    | Q(level="group", code__regex=r"^.{14,15}$")
                ),
                violation_error_message=_(
                    "The code must be digits: 2, 4, 6, 9, 12 or 14-15 of them by level."
                ),
            ),
            models.CheckConstraint(
                name="area_dates_in_order",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                violation_error_message=_("The end of validity must follow its beginning."),
            ),
            models.CheckConstraint(
                name="area_boundary_is_sound",
                condition=GeometryIsSound(F("boundary")),
                violation_error_message=_("The boundary is empty, invalid or out of bounds."),
            ),
            models.CheckConstraint(
                name="area_centre_is_sound",
                condition=GeometryIsSound(F("centre")),
                violation_error_message=_("The centre is empty, invalid or out of bounds."),
            ),
            models.CheckConstraint(
                name="area_urban_rural_class_known",
                condition=Q(urban_rural_class__in=["", *UrbanRuralClass.values]),
            ),
            ExclusionConstraint(
                name="area_code_valid_once_at_a_time",
                expressions=[
                    ("code", RangeOperators.EQUAL),
                    (
                        Func(
                            F("valid_from"),
                            F("valid_to"),
                            RangeBoundary(),
                            function="DATERANGE",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                violation_error_message=_("This code is already in force at that time."),
            ),
        ]
        triggers = [touch(), note_data_change()]
