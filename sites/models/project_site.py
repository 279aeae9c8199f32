"""The project site: the one table that every kind of site shares."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.gis.db import models
from django.contrib.postgres.indexes import GinIndex, GistIndex, OpClass
from django.db.models import F, GeneratedField, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from sites import functions
from sites.geometry import STORED_SRID, WEB_MERCATOR_SRID
from sites.kinds import Kind, State, Visibility
from sites.models.naming import NamedRecord
from sites.models.project_site_constraints import PROJECT_SITE_CONSTRAINTS
from sites.models.triggers import note_data_change, old_values, touch
from sites.models.versioned import VersionedRecord
from sites.querysets import ProjectSiteQuerySet

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

GENERATED = (
    "geometry_3857",
    "outline_3857",
    "cluster_column",
    "cluster_row",
    "measured_length_m",
    "measured_area_m2",
    "search_text",
    "due_on",
)
"""Columns that the database computes from others; nobody writes them."""

PLACE_SQL = """
SELECT area.code, COALESCE(
    (SELECT t.code FROM sites_area t WHERE t.level = 'township' AND t.code = left(area.code, 9)
     ORDER BY t.valid_to DESC NULLS FIRST LIMIT 1), '')
INTO NEW.area_code, NEW.township_code
FROM sites_area area WHERE area.id = NEW.area_id;
RETURN NEW;
"""

STATE_CHANGE_SQL = """
IF NOT EXISTS (
    SELECT 1 FROM sites_statechange change
    WHERE change.site_id = NEW.id AND change.from_state = OLD.state
      AND change.to_state = NEW.state AND change.xid = pg_current_xact_id()::text::bigint
) THEN
    RAISE EXCEPTION 'state of site % changed without a record', NEW.code
        USING ERRCODE = 'check_violation', CONSTRAINT = 'project_site_state_change_recorded';
END IF;
RETURN NULL;
"""


def _organisation(name: StrOrPromise, related_name: str) -> models.ForeignKey:  # type: ignore[type-arg]
    return models.ForeignKey(
        "sites.Organisation",
        verbose_name=name,
        related_name=related_name,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
    )


def _user(name: StrOrPromise) -> models.ForeignKey:  # type: ignore[type-arg]
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=name,
        related_name="+",
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
    )


@pghistory.track(*old_values(), exclude=list(GENERATED))
class ProjectSite(NamedRecord, VersionedRecord):
    """A project site 项目点 as point, line or polygon, planned and as built.

    Lengths are metres, areas square metres, both measured on the CGCS2000 ellipsoid by PostGIS.
    `area_code` and `township_code` repeat the area's codes, kept by a trigger, so that a scope
    is one condition on this table.
    """

    code = models.CharField(_("code"), max_length=60, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    category = models.ForeignKey(
        "sites.SiteCategory",
        verbose_name=_("category"),
        related_name="sites",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
    )
    programme = models.ForeignKey(
        "sites.Programme",
        verbose_name=_("programme"),
        related_name="sites",
        on_delete=models.PROTECT,
    )
    year = models.PositiveSmallIntegerField(_("year"))
    area = models.ForeignKey(
        "sites.Area", verbose_name=_("area"), related_name="sites", on_delete=models.PROTECT
    )
    area_code = models.CharField(max_length=15, editable=False, db_collation="C", db_default="")
    township_code = models.CharField(
        _("township code"), max_length=9, editable=False, db_collation="C", db_default=""
    )
    state = models.CharField(
        _("state"), max_length=20, choices=State, default=State.PROPOSED, db_default="proposed"
    )
    visibility = models.CharField(
        _("visibility"),
        max_length=10,
        choices=Visibility,
        default=Visibility.OFFICE,
        db_default="office",
    )
    is_key_plan = models.BooleanField(_("key plan"), default=False, db_default=False)
    planned_geometry = models.GeometryField(
        _("planned geometry"), srid=STORED_SRID, null=True, blank=True, spatial_index=False
    )
    actual_geometry = models.GeometryField(
        _("actual geometry"), srid=STORED_SRID, null=True, blank=True, spatial_index=False
    )
    declared_length_m = models.DecimalField(
        _("declared length (m)"), max_digits=10, decimal_places=1, null=True, blank=True
    )
    planned_start = models.DateField(_("planned start"), null=True, blank=True)
    planned_finish = models.DateField(_("planned finish"), null=True, blank=True)
    actual_start = models.DateField(_("actual start"), null=True, blank=True)
    actual_finish = models.DateField(_("actual finish"), null=True, blank=True)
    progress_percent = models.DecimalField(
        _("progress (%)"), max_digits=5, decimal_places=2, default=0, db_default=0
    )
    owner_organisation = _organisation(_("owner"), "owned_sites")
    contractor = _organisation(_("contractor"), "contracted_sites")
    supervisor = _organisation(_("supervisor"), "supervised_sites")
    source = models.CharField(_("source"), max_length=120, default="register")
    source_id = models.CharField(_("identifier in the source"), max_length=120)
    note = models.TextField(_("note"), blank=True, db_default="")
    removed_at = models.DateTimeField(_("removed at"), null=True, blank=True, editable=False)
    removal_reason = models.TextField(
        _("reason for removal"), blank=True, editable=False, db_default=""
    )
    created_by = _user(_("created by"))
    updated_by = _user(_("updated by"))

    geometry_3857 = GeneratedField(
        expression=functions.ToMapProjection(functions.shown_geometry()),
        output_field=models.GeometryField(srid=WEB_MERCATOR_SRID, null=True, spatial_index=False),
        db_persist=True,
    )
    outline_3857 = GeneratedField(
        expression=functions.Generalised(functions.shown_geometry()),
        output_field=models.GeometryField(srid=WEB_MERCATOR_SRID, null=True, spatial_index=False),
        db_persist=True,
    )
    cluster_column = GeneratedField(
        expression=functions.GridColumn(functions.shown_geometry()),
        output_field=models.IntegerField(null=True),
        db_persist=True,
    )
    cluster_row = GeneratedField(
        expression=functions.GridRow(functions.shown_geometry()),
        output_field=models.IntegerField(null=True),
        db_persist=True,
    )
    measured_length_m = GeneratedField(
        verbose_name=_("measured length (m)"),
        expression=functions.EllipsoidLength(functions.shown_geometry()),
        output_field=models.FloatField(null=True),
        db_persist=True,
    )
    measured_area_m2 = GeneratedField(
        expression=functions.EllipsoidArea(functions.shown_geometry()),
        output_field=models.FloatField(null=True),
        db_persist=True,
    )
    search_text = GeneratedField(
        expression=Lower(functions.JoinedText(F("code"), F("name"), F("name_en"), F("source_id"))),
        output_field=models.TextField(),
        db_persist=True,
    )
    due_on = GeneratedField(
        expression=functions.due_date(),
        output_field=models.DateField(null=True),
        db_persist=True,
    )

    objects = ProjectSiteQuerySet.as_manager()

    class Meta:
        verbose_name = _("project site")
        verbose_name_plural = _("project sites")
        ordering = ["code"]
        constraints = PROJECT_SITE_CONSTRAINTS
        indexes = [
            GistIndex(fields=["geometry_3857"], name="project_site_place"),
            GinIndex(OpClass("search_text", "gin_trgm_ops"), name="project_site_text"),
            GinIndex(functions.CharacterPairs("search_text"), name="project_site_pairs"),
            models.Index(fields=["area_code", "code"], name="project_site_area"),
            models.Index(fields=["township_code", "kind", "state"], name="project_site_township"),
            models.Index(fields=["year", "kind", "state"], name="project_site_year"),
            models.Index(fields=["updated_at", "id"], name="project_site_updated"),
            models.Index(fields=["year", "code"], name="project_site_year_code"),
            models.Index(fields=["programme", "code"], name="project_site_programme_code"),
            models.Index(fields=["progress_percent", "id"], name="project_site_progress"),
            models.Index(functions.in_pinyin_order("name"), "id", name="project_site_pinyin"),
            models.Index(functions.due_date_or_never(), "id", name="project_site_due"),
            # What counts of map cells read, so that they need not touch the wide rows.
            models.Index(
                fields=["cluster_column", "cluster_row"],
                include=[
                    "id",
                    "kind",
                    "state",
                    "due_on",
                    "area_code",
                    "visibility",
                    "category",
                ],
                condition=Q(removed_at__isnull=True),
                name="project_site_cells",
            ),
            models.Index(
                F("measured_length_m").desc(),
                condition=Q(removed_at__isnull=True, kind=Kind.ROAD),
                name="project_site_longest_roads",
            ),
        ]
        triggers = [
            touch(exclude=GENERATED),
            note_data_change(),
            pgtrigger.Trigger(
                name="place",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("area_id"),
                func=PLACE_SQL,
            ),
            pgtrigger.Trigger(
                name="state_change_recorded",
                when=pgtrigger.After,
                timing=pgtrigger.Deferred,
                operation=pgtrigger.UpdateOf("state"),
                condition=pgtrigger.Q(old__state__df=pgtrigger.F("new__state")),
                func=STATE_CHANGE_SQL,
            ),
        ]
