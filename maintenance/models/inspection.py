"""Patrols with their track, and inspections with the answers to a checklist."""

from __future__ import annotations

from django.conf import settings
from django.contrib.gis.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from assets.kinds import CheckResult
from assets.models.road import chainage
from maintenance.kinds import InspectionKind, PatrolKind
from maintenance.models.work_row import PlacedRow, placed_by_agreement, placed_by_asset
from maintenance.querysets import WorkQuerySet
from sites.functions import GeometryIsSound
from sites.geometry import STORED_SRID
from sites.identifiers import new_id
from sites.models.triggers import append_only


class Patrol(PlacedRow):
    """A round that was made 巡查: when, by whom, along which track. Append-only."""

    id = models.UUIDField(primary_key=True, default=new_id)
    agreement = models.ForeignKey(
        "maintenance.Agreement",
        verbose_name=_("agreement"),
        related_name="patrols",
        on_delete=models.PROTECT,
    )
    asset = models.ForeignKey(
        "assets.Asset",
        verbose_name=_("asset"),
        related_name="+",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
    )
    plan = models.ForeignKey(
        "maintenance.PatrolPlan",
        verbose_name=_("patrol plan"),
        related_name="patrols",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
    )
    kind = models.CharField(
        _("kind"), max_length=20, choices=PatrolKind, default=PatrolKind.PERIODIC
    )
    started_at = models.DateTimeField(_("started at"))
    ended_at = models.DateTimeField(_("ended at"))
    track = models.LineStringField(
        _("track"), srid=STORED_SRID, null=True, blank=True, spatial_index=False
    )
    note = models.TextField(_("note"), blank=True, db_default="")
    organisation = models.ForeignKey(
        "sites.Organisation",
        verbose_name=_("organisation"),
        related_name="patrols",
        on_delete=models.PROTECT,
    )
    performed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, related_name="+", on_delete=models.PROTECT, null=True
    )
    received_at = models.DateTimeField(db_default=Now(), editable=False)
    content_hash = models.CharField(max_length=64, blank=True, db_default="", editable=False)

    objects = WorkQuerySet.as_manager()

    class Meta:
        verbose_name = _("patrol")
        verbose_name_plural = _("patrols")
        ordering = ["-started_at", "-id"]
        indexes = [
            models.Index(fields=["agreement", "-started_at"], name="patrol_of_agreement"),
            models.Index(fields=["area_code", "-started_at"], name="patrol_area"),
        ]
        constraints = [
            models.CheckConstraint(
                name="patrol_times_in_order",
                condition=Q(ended_at__gte=F("started_at")),
                violation_error_message=_("A patrol must not end before it starts."),
            ),
            models.CheckConstraint(
                name="patrol_track_is_sound",
                condition=GeometryIsSound(F("track")),
                violation_error_message=_("The geometry is empty, invalid or out of bounds."),
            ),
            models.CheckConstraint(
                name="patrol_kind_known", condition=Q(kind__in=PatrolKind.values)
            ),
        ]
        triggers = [append_only(), placed_by_agreement()]

    def __str__(self) -> str:
        return f"{self.started_at:%Y-%m-%d} {self.get_kind_display()}"


class Inspection(PlacedRow):
    """A check 检查 of one asset by a checklist, with a score out of 100. Append-only.

    A failed answer opens a defect in the same transaction. `agreement` is empty where no
    agreement covers the asset.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    asset = models.ForeignKey(
        "assets.Asset",
        verbose_name=_("asset"),
        related_name="inspections",
        on_delete=models.PROTECT,
    )
    agreement = models.ForeignKey(
        "maintenance.Agreement",
        verbose_name=_("agreement"),
        related_name="inspections",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
    )
    patrol = models.ForeignKey(
        Patrol,
        verbose_name=_("patrol"),
        related_name="inspections",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
    )
    standard = models.ForeignKey(
        "maintenance.UpkeepStandard",
        verbose_name=_("standard"),
        related_name="inspections",
        on_delete=models.PROTECT,
    )
    kind = models.CharField(_("kind"), max_length=20, choices=InspectionKind)
    inspected_at = models.DateTimeField(_("inspected at"))
    score = models.DecimalField(_("score"), max_digits=5, decimal_places=2)
    position = models.PointField(
        _("position"), srid=STORED_SRID, null=True, blank=True, spatial_index=False
    )
    accuracy_m = models.FloatField(_("accuracy (m)"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True, db_default="")
    organisation = models.ForeignKey(
        "sites.Organisation",
        verbose_name=_("organisation"),
        related_name="inspections",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
    )
    performed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, related_name="+", on_delete=models.PROTECT, null=True
    )
    received_at = models.DateTimeField(db_default=Now(), editable=False)
    content_hash = models.CharField(max_length=64, blank=True, db_default="", editable=False)
    corrects = models.ForeignKey(
        "self",
        verbose_name=_("corrects"),
        related_name="corrections",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
    )

    objects = WorkQuerySet.as_manager()

    class Meta:
        verbose_name = _("inspection")
        verbose_name_plural = _("inspections")
        ordering = ["-inspected_at", "-id"]
        indexes = [
            models.Index(fields=["asset", "-inspected_at"], name="inspection_of_asset"),
            models.Index(fields=["agreement", "-inspected_at"], name="inspection_of_agreement"),
            models.Index(fields=["area_code", "-inspected_at"], name="inspection_area"),
            models.Index(fields=["-inspected_at", "-id"], name="inspection_latest"),
        ]
        constraints = [
            models.CheckConstraint(
                name="inspection_score_in_range",
                condition=Q(score__gte=0, score__lte=100),
                violation_error_message=_("A score lies between 0 and 100."),
            ),
            models.CheckConstraint(
                name="inspection_kind_known", condition=Q(kind__in=InspectionKind.values)
            ),
            models.CheckConstraint(
                name="inspection_position_is_sound", condition=GeometryIsSound(F("position"))
            ),
        ]
        triggers = [append_only(), placed_by_asset()]

    def __str__(self) -> str:
        return f"{self.inspected_at:%Y-%m-%d} {self.get_kind_display()}"


class CheckAnswer(models.Model):
    """The answer to one item of the checklist. Append-only."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    inspection = models.ForeignKey(Inspection, related_name="answers", on_delete=models.PROTECT)
    item = models.ForeignKey(
        "maintenance.ChecklistItem", related_name="answers", on_delete=models.PROTECT
    )
    result = models.CharField(_("result"), max_length=20, choices=CheckResult)
    chainage_m = chainage(_("chainage (m)"), optional=True)
    note = models.TextField(_("note"), blank=True, db_default="")

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        constraints = [
            models.UniqueConstraint(name="check_answer_once", fields=["inspection", "item"]),
            models.CheckConstraint(
                name="check_answer_result_known", condition=Q(result__in=CheckResult.values)
            ),
        ]
        triggers = [append_only()]

    def __str__(self) -> str:
        return self.result


class InspectionPhoto(models.Model):
    """A photo taken at an inspection."""

    id = models.BigAutoField(primary_key=True)
    inspection = models.ForeignKey(Inspection, related_name="photos", on_delete=models.PROTECT)
    answer = models.ForeignKey(
        CheckAnswer, related_name="photos", on_delete=models.PROTECT, null=True, blank=True
    )
    photo = models.ForeignKey("assets.Photo", related_name="+", on_delete=models.PROTECT)

    class Meta:
        verbose_name = _("photo of an inspection")
        verbose_name_plural = _("photos of inspections")
        constraints = [
            models.UniqueConstraint(name="inspection_photo_once", fields=["inspection", "photo"])
        ]

    def __str__(self) -> str:
        return f"{self.inspection_id}"
