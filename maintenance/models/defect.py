"""Defects, what became of them, and the reports of the public that lead to them."""

from __future__ import annotations

import secrets

import pghistory
from django.conf import settings
from django.contrib.gis.db import models
from django.contrib.postgres.indexes import GistIndex
from django.db.models import F, Func, GeneratedField, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from assets.kinds import PhotoStage, Severity
from assets.models.road import chainage
from assets.models.triggers import note_upkeep_change
from maintenance.kinds import (
    OPEN_DEFECT_STATES,
    ClaimState,
    DefectKind,
    DefectSource,
    DefectState,
    ReportState,
)
from maintenance.models.changes import Change, change_recorded
from maintenance.models.work_row import PlacedRow, placed_by_asset
from maintenance.querysets import DefectQuerySet, PublicReportQuerySet, WarrantyClaimQuerySet
from sites.functions import GeometryIsSound, ToMapProjection
from sites.geometry import STORED_SRID, WEB_MERCATOR_SRID
from sites.models.triggers import append_only, old_values, touch
from sites.models.versioned import VersionedRecord

TRACKING_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


class NextNumber(Func):
    """The next value of a sequence of this app, made by the first migration."""

    template = "nextval('%(sequence)s')"
    output_field = models.BigIntegerField()

    def __init__(self, sequence: str = "") -> None:
        super().__init__(sequence=sequence)


def new_tracking_code() -> str:
    """Return a code by which a reporter finds the answer: twelve characters, not to be guessed."""
    return "".join(secrets.choice(TRACKING_LETTERS) for _place in range(12))


@pghistory.track(*old_values(), exclude=["point_3857"])
class Defect(PlacedRow, VersionedRecord):
    """A defect 病害 of an asset, at a chainage or a point, from wherever it was learned of.

    `point` is where it is on the ground; `chainage_m` where along the section. `agreement` is
    the one that covered the place when it was found, if any.
    """

    number = models.BigIntegerField(
        _("number"), unique=True, editable=False, db_default=NextNumber("maintenance_defect_no")
    )
    asset = models.ForeignKey(
        "assets.Asset", verbose_name=_("asset"), related_name="defects", on_delete=models.PROTECT
    )
    structure = models.ForeignKey(
        "assets.Structure",
        verbose_name=_("structure"),
        related_name="defects",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
    )
    agreement = models.ForeignKey(
        "maintenance.Agreement",
        verbose_name=_("agreement"),
        related_name="defects",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
    )
    order = models.ForeignKey(
        "maintenance.WorkOrder",
        verbose_name=_("work order"),
        related_name="defects",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
    )
    inspection_answer = models.ForeignKey(
        "maintenance.CheckAnswer",
        related_name="defects",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
    )
    survey = models.ForeignKey(
        "assets.ConditionSurvey",
        related_name="defects",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
    )
    duplicate_of = models.ForeignKey(
        "self",
        verbose_name=_("duplicate of"),
        related_name="duplicates",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
    )
    kind = models.CharField(_("kind"), max_length=20, choices=DefectKind)
    severity = models.CharField(_("severity"), max_length=10, choices=Severity)
    source = models.CharField(_("source"), max_length=12, choices=DefectSource)
    state = models.CharField(
        _("state"),
        max_length=12,
        choices=DefectState,
        default=DefectState.REPORTED,
        db_default="reported",
    )
    chainage_m = chainage(_("chainage (m)"), optional=True)
    point = models.PointField(_("position"), srid=STORED_SRID, spatial_index=False)
    needs_review = models.BooleanField(_("needs review"), default=False, db_default=False)
    description = models.TextField(_("description"), blank=True, db_default="")
    found_at = models.DateTimeField(_("found at"))
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True, editable=False)
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, related_name="+", on_delete=models.PROTECT, null=True
    )
    organisation = models.ForeignKey(
        "sites.Organisation",
        verbose_name=_("reported for"),
        related_name="+",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
    )
    content_hash = models.CharField(max_length=64, blank=True, db_default="", editable=False)
    point_3857 = GeneratedField(
        expression=ToMapProjection(F("point")),
        output_field=models.GeometryField(srid=WEB_MERCATOR_SRID, spatial_index=False),
        db_persist=True,
    )

    objects = DefectQuerySet.as_manager()

    class Meta:
        verbose_name = _("defect")
        verbose_name_plural = _("defects")
        ordering = ["-found_at", "-id"]
        indexes = [
            GistIndex(fields=["point_3857"], name="defect_place"),
            models.Index(fields=["asset", "-found_at"], name="defect_of_asset"),
            models.Index(fields=["area_code", "state", "-found_at"], name="defect_area"),
            models.Index(fields=["agreement", "state"], name="defect_of_agreement"),
            models.Index(fields=["-found_at", "-id"], name="defect_latest"),
            models.Index(
                fields=["asset"],
                condition=Q(state__in=[state.value for state in OPEN_DEFECT_STATES]),
                name="defect_open",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="defect_state_known", condition=Q(state__in=DefectState.values)
            ),
            models.CheckConstraint(
                name="defect_kind_known", condition=Q(kind__in=DefectKind.values)
            ),
            models.CheckConstraint(
                name="defect_severity_known", condition=Q(severity__in=Severity.values)
            ),
            models.CheckConstraint(
                name="defect_source_known", condition=Q(source__in=DefectSource.values)
            ),
            models.CheckConstraint(
                name="defect_point_is_sound",
                condition=GeometryIsSound(F("point")),
                violation_error_message=_("The geometry is empty, invalid or out of bounds."),
            ),
            models.CheckConstraint(
                name="defect_duplicate_names_the_other",
                condition=Q(state="duplicate", duplicate_of__isnull=False)
                | (~Q(state="duplicate") & Q(duplicate_of__isnull=True)),
                violation_error_message=_("A duplicate names the defect that it repeats."),
            ),
            models.CheckConstraint(
                name="defect_is_not_its_own_duplicate",
                condition=Q(duplicate_of__isnull=True) | ~Q(duplicate_of=F("id")),
            ),
            models.CheckConstraint(
                name="defect_ordered_has_order",
                condition=~Q(state__in=["ordered", "repaired"]) | Q(order__isnull=False),
            ),
        ]
        triggers = [
            touch(exclude=("point_3857",)),
            note_upkeep_change(),
            placed_by_asset(),
            change_recorded("maintenance_defectchange", "defect_id"),
        ]

    def __str__(self) -> str:
        return f"#{self.number} {self.get_kind_display()}"


class DefectChange(Change):
    """A move of a defect between states."""

    defect = models.ForeignKey(Defect, related_name="changes", on_delete=models.PROTECT)

    class Meta(Change.Meta):
        verbose_name = _("change of a defect")
        verbose_name_plural = _("changes of defects")


class DefectPhoto(models.Model):
    """A photo of a defect."""

    id = models.BigAutoField(primary_key=True)
    defect = models.ForeignKey(Defect, related_name="photos", on_delete=models.PROTECT)
    photo = models.ForeignKey("assets.Photo", related_name="+", on_delete=models.PROTECT)
    stage = models.CharField(
        _("stage"), max_length=10, choices=PhotoStage, default=PhotoStage.BEFORE
    )

    class Meta:
        verbose_name = _("photo of a defect")
        verbose_name_plural = _("photos of defects")
        constraints = [
            models.UniqueConstraint(name="defect_photo_once", fields=["defect", "photo"])
        ]

    def __str__(self) -> str:
        return f"{self.defect_id}"


@pghistory.track(*old_values())
class PublicReport(PlacedRow, VersionedRecord):
    """What somebody reported without an account 群众报修, found again by its tracking code.

    `contact` is restricted to the office. `reporter_key` is a salted hash that only serves to
    slow down floods of reports.
    """

    tracking_code = models.CharField(
        _("tracking code"), max_length=16, unique=True, default=new_tracking_code, editable=False
    )
    asset = models.ForeignKey(
        "assets.Asset",
        verbose_name=_("asset"),
        related_name="public_reports",
        on_delete=models.PROTECT,
    )
    defect = models.ForeignKey(
        Defect,
        verbose_name=_("defect"),
        related_name="public_reports",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
    )
    text = models.TextField(_("what is wrong"))
    point = models.PointField(
        _("position"), srid=STORED_SRID, null=True, blank=True, spatial_index=False
    )
    accuracy_m = models.FloatField(_("accuracy (m)"), null=True, blank=True)
    contact = models.CharField(_("contact"), max_length=120, blank=True, db_default="")
    state = models.CharField(
        _("state"),
        max_length=12,
        choices=ReportState,
        default=ReportState.RECEIVED,
        db_default="received",
    )
    received_at = models.DateTimeField(_("received at"), db_default=Now(), editable=False)
    answer = models.TextField(_("answer"), blank=True, db_default="")
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True, editable=False)
    reporter_key = models.CharField(max_length=64, blank=True, db_default="", editable=False)

    objects = PublicReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("public report")
        verbose_name_plural = _("public reports")
        ordering = ["-received_at", "-id"]
        indexes = [
            models.Index(fields=["area_code", "state", "-received_at"], name="report_area"),
            models.Index(fields=["reporter_key", "-received_at"], name="report_by_sender"),
        ]
        constraints = [
            models.CheckConstraint(
                name="public_report_state_known", condition=Q(state__in=ReportState.values)
            ),
            models.CheckConstraint(
                name="public_report_point_is_sound", condition=GeometryIsSound(F("point"))
            ),
            models.CheckConstraint(
                name="public_report_answered_has_answer",
                condition=~Q(state__in=["answered", "rejected"])
                | (Q(answered_at__isnull=False) & ~Q(answer="")),
                violation_error_message=_("An answer is needed."),
            ),
        ]
        triggers = [
            touch(),
            placed_by_asset(),
            change_recorded("maintenance_reportchange", "report_id"),
        ]

    def __str__(self) -> str:
        return self.tracking_code


class ReportChange(Change):
    """A move of a public report between states; `reason` may hold the reporter's words."""

    report = models.ForeignKey(PublicReport, related_name="changes", on_delete=models.PROTECT)

    class Meta(Change.Meta):
        verbose_name = _("change of a public report")
        verbose_name_plural = _("changes of public reports")


class ReportPhoto(models.Model):
    """A photo that came with a public report."""

    id = models.BigAutoField(primary_key=True)
    report = models.ForeignKey(PublicReport, related_name="photos", on_delete=models.PROTECT)
    photo = models.ForeignKey("assets.Photo", related_name="+", on_delete=models.PROTECT)

    class Meta:
        verbose_name = _("photo of a public report")
        verbose_name_plural = _("photos of public reports")
        constraints = [
            models.UniqueConstraint(name="report_photo_once", fields=["report", "photo"])
        ]
        triggers = [append_only()]

    def __str__(self) -> str:
        return f"{self.report_id}"


@pghistory.track(*old_values())
class WarrantyClaim(PlacedRow, VersionedRecord):
    """A claim 质保 to the contractor for a defect found while the warranty runs."""

    asset = models.ForeignKey(
        "assets.Asset", related_name="warranty_claims", on_delete=models.PROTECT
    )
    agreement = models.ForeignKey(
        "maintenance.Agreement",
        related_name="+",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
    )
    defect = models.OneToOneField(Defect, related_name="warranty_claim", on_delete=models.PROTECT)
    contractor = models.ForeignKey(
        "sites.Organisation",
        verbose_name=_("contractor"),
        related_name="warranty_claims",
        on_delete=models.PROTECT,
    )
    state = models.CharField(
        _("state"),
        max_length=12,
        choices=ClaimState,
        default=ClaimState.RAISED,
        db_default="raised",
    )
    raised_on = models.DateField(_("raised on"))
    due_on = models.DateField(_("due"))
    result = models.TextField(_("result"), blank=True, db_default="")

    objects = WarrantyClaimQuerySet.as_manager()

    class Meta:
        verbose_name = _("warranty claim")
        verbose_name_plural = _("warranty claims")
        ordering = ["due_on", "id"]
        constraints = [
            models.CheckConstraint(
                name="warranty_claim_state_known", condition=Q(state__in=ClaimState.values)
            ),
            models.CheckConstraint(
                name="warranty_claim_dates_in_order",
                condition=Q(due_on__gte=F("raised_on")),
                violation_error_message=_("The last day must not come before the first."),
            ),
        ]
        triggers = [touch(), placed_by_asset()]

    def __str__(self) -> str:
        return f"{self.defect_id}"
