"""The asset: the one table that every delivered thing shares."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.gis.db import models
from django.contrib.postgres.indexes import GinIndex, GistIndex, OpClass
from django.db.models import F, GeneratedField, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from assets.functions import warranty_or_never
from assets.kinds import AssetState, OperatingClass
from assets.models.asset_constraints import ASSET_CONSTRAINTS
from assets.models.triggers import note_upkeep_change
from assets.querysets import AssetQuerySet
from sites import functions
from sites.geometry import STORED_SRID, WEB_MERCATOR_SRID
from sites.kinds import Kind, Visibility
from sites.models.naming import NamedRecord
from sites.models.project_site import PLACE_SQL
from sites.models.triggers import old_values, touch
from sites.models.versioned import VersionedRecord

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
)
"""Columns that the database computes from others; nobody writes them."""

PLATE_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Characters of a plate's code: none that is taken for another by eye."""


def new_plate_code() -> str:
    """Return a code for an asset's plate: ten characters that nobody can guess or count up."""
    return "".join(secrets.choice(PLATE_LETTERS) for _place in range(10))


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
class Asset(NamedRecord, VersionedRecord):
    """An asset 资产: something built and taken over, with its owner and who keeps it up.

    Lengths are metres on the ellipsoid, cost is yuan. `area_code` and `township_code` repeat the
    area's codes, kept by a trigger. `owner` 产权单位 owns, `upkeep_party` 管护主体 answers for
    upkeep since the handover; agreements say in detail who does what.
    """

    code = models.CharField(_("code"), max_length=60, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    area = models.ForeignKey(
        "sites.Area", verbose_name=_("area"), related_name="assets", on_delete=models.PROTECT
    )
    area_code = models.CharField(max_length=15, editable=False, db_collation="C", db_default="")
    township_code = models.CharField(
        _("township code"), max_length=9, editable=False, db_collation="C", db_default=""
    )
    state = models.CharField(
        _("state"),
        max_length=20,
        choices=AssetState,
        default=AssetState.IN_SERVICE,
        db_default="in_service",
    )
    visibility = models.CharField(
        _("visibility"),
        max_length=10,
        choices=Visibility,
        default=Visibility.OFFICE,
        db_default="office",
    )
    operating_class = models.CharField(
        _("operating class"), max_length=20, choices=OperatingClass, blank=True, db_default=""
    )
    geometry = models.GeometryField(_("geometry"), srid=STORED_SRID, spatial_index=False)
    declared_length_m = models.DecimalField(
        _("declared length (m)"), max_digits=10, decimal_places=1, null=True, blank=True
    )
    built_on = models.DateField(_("built on"), null=True, blank=True)
    warranty_until = models.DateField(_("warranty until"), null=True, blank=True)
    cost = models.DecimalField(
        _("cost (yuan)"), max_digits=16, decimal_places=2, null=True, blank=True
    )
    owner = _organisation(_("owner"), "owned_assets")
    upkeep_party = _organisation(_("upkeep party"), "assets_kept_up")
    contractor = _organisation(_("contractor"), "built_assets")
    plate_code = models.CharField(
        _("plate code"), max_length=12, unique=True, default=new_plate_code, editable=False
    )
    note = models.TextField(_("note"), blank=True, db_default="")
    removed_at = models.DateTimeField(_("removed at"), null=True, blank=True, editable=False)
    removal_reason = models.TextField(
        _("reason for removal"), blank=True, editable=False, db_default=""
    )
    created_by = _user(_("created by"))
    updated_by = _user(_("updated by"))

    geometry_3857 = GeneratedField(
        expression=functions.ToMapProjection(F("geometry")),
        output_field=models.GeometryField(srid=WEB_MERCATOR_SRID, spatial_index=False),
        db_persist=True,
    )
    outline_3857 = GeneratedField(
        expression=functions.Generalised(F("geometry")),
        output_field=models.GeometryField(srid=WEB_MERCATOR_SRID, spatial_index=False),
        db_persist=True,
    )
    cluster_column = GeneratedField(
        expression=functions.GridColumn(F("geometry")),
        output_field=models.IntegerField(),
        db_persist=True,
    )
    cluster_row = GeneratedField(
        expression=functions.GridRow(F("geometry")),
        output_field=models.IntegerField(),
        db_persist=True,
    )
    measured_length_m = GeneratedField(
        verbose_name=_("measured length (m)"),
        expression=functions.EllipsoidLength(F("geometry")),
        output_field=models.FloatField(),
        db_persist=True,
    )
    measured_area_m2 = GeneratedField(
        expression=functions.EllipsoidArea(F("geometry")),
        output_field=models.FloatField(),
        db_persist=True,
    )
    search_text = GeneratedField(
        expression=Lower(functions.JoinedText(F("code"), F("name"), F("name_en"))),
        output_field=models.TextField(),
        db_persist=True,
    )

    objects = AssetQuerySet.as_manager()

    class Meta:
        verbose_name = _("asset")
        verbose_name_plural = _("assets")
        ordering = ["code"]
        constraints = ASSET_CONSTRAINTS
        indexes = [
            GistIndex(fields=["geometry_3857"], name="asset_place"),
            GinIndex(OpClass("search_text", "gin_trgm_ops"), name="asset_text"),
            GinIndex(functions.CharacterPairs("search_text"), name="asset_pairs"),
            models.Index(fields=["area_code", "code"], name="asset_area"),
            models.Index(fields=["township_code", "kind", "state"], name="asset_township"),
            models.Index(fields=["updated_at", "id"], name="asset_updated"),
            models.Index(functions.in_pinyin_order("name"), "id", name="asset_pinyin"),
            models.Index(fields=["measured_length_m", "id"], name="asset_length"),
            models.Index(warranty_or_never(), "id", name="asset_warranty"),
            models.Index(
                fields=["cluster_column", "cluster_row"],
                include=["id", "kind", "state", "area_code", "visibility"],
                condition=Q(removed_at__isnull=True),
                name="asset_cells",
            ),
            models.Index(
                F("measured_length_m").desc(),
                condition=Q(removed_at__isnull=True, kind=Kind.ROAD),
                name="asset_longest_roads",
            ),
        ]
        triggers = [
            touch(exclude=GENERATED),
            note_upkeep_change(),
            pgtrigger.Trigger(
                name="place",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("area_id"),
                func=PLACE_SQL,
            ),
        ]


class AssetSource(models.Model):
    """A project site that built or renewed an asset."""

    id = models.BigAutoField(primary_key=True)
    asset = models.ForeignKey(Asset, related_name="sources", on_delete=models.CASCADE)
    site = models.ForeignKey(
        "sites.ProjectSite", related_name="asset_sources", on_delete=models.PROTECT
    )

    class Meta:
        verbose_name = _("source site of an asset")
        verbose_name_plural = _("source sites of assets")
        constraints = [
            models.UniqueConstraint(name="asset_source_once", fields=["asset", "site"]),
        ]

    def __str__(self) -> str:
        return f"{self.site_id} → {self.asset_id}"
