"""Which records of field work hold photos; see `assets.photo_access`."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from assets.kinds import PhotoStage
from assets.photo_access import register, register_public
from maintenance.kinds import ClaimState, DefectState, ReportState
from maintenance.log_review import counting, standing
from maintenance.models import (
    Defect,
    DefectPhoto,
    Inspection,
    InspectionPhoto,
    LogPhoto,
    MaintenanceLog,
    PublicReport,
    ReportPhoto,
    WarrantyClaim,
)
from sites.access import Scope


def register_field_links() -> None:
    """Let whoever may see a check, a defect, a claim, a report or a log see its photos."""
    register(photos_of_inspections)
    register(photos_of_defects)
    register(photos_of_claims)
    register(photos_of_reports)
    register(photos_of_logs)
    register_public(photos_answered_in_public)


def photos_of_inspections(scope: Scope) -> Q:
    """Return the condition that a photo belongs to an inspection that the scope may see."""
    seen = Inspection.objects.visible_to(scope).values("pk")
    return _linked(InspectionPhoto.objects.filter(inspection__in=seen))


def photos_of_defects(scope: Scope) -> Q:
    """Return the condition that a photo belongs to a defect that the scope may see."""
    seen = Defect.objects.visible_to(scope).values("pk")
    return _linked(DefectPhoto.objects.filter(defect__in=seen))


def photos_of_claims(scope: Scope) -> Q:
    """Return the condition that a photo shows the defect of a claim that the scope may see."""
    claims = WarrantyClaim.objects.visible_to(scope).exclude(state=ClaimState.WITHDRAWN)
    return _linked(DefectPhoto.objects.filter(defect__in=claims.values("defect_id")))


def photos_of_reports(scope: Scope) -> Q:
    """Return the condition that a photo came with a public report that the scope may see."""
    seen = PublicReport.objects.visible_to(scope).values("pk")
    return _linked(ReportPhoto.objects.filter(report__in=seen))


def photos_of_logs(scope: Scope) -> Q:
    """Return the condition that a photo belongs to a field entry that the scope may see."""
    seen = MaintenanceLog.objects.visible_to(scope).values("pk")
    return _linked(LogPhoto.objects.filter(log__in=seen))


def photos_answered_in_public() -> Q:
    """Return the condition that a photo shows the repair of what the public had reported.

    Photos after the work, of the defect and of its work order, once the report is answered: those
    that were there when the order's checks closed it, and those of verified entries. Never what
    the reporter sent, nor what the review returned: it may show people.
    """
    answered = Defect.objects.filter(
        state=DefectState.CLOSED, public_reports__state=ReportState.ANSWERED
    )
    shown = DefectPhoto.objects.filter(stage=PhotoStage.AFTER, defect__in=answered.values("pk"))
    orders = answered.exclude(order__isnull=True).values("order_id")
    logs = MaintenanceLog.objects.filter(order_id__in=orders)
    logged = LogPhoto.objects.filter(
        Q(log__in=standing(logs).values("pk"), photo__received_at__lte=F("log__order__closed_at"))
        | Q(log__in=counting(logs).values("pk")),
        stage=PhotoStage.AFTER,
    )
    return _linked(shown) | _linked(logged)


def _linked(links: QuerySet[Any]) -> Q:
    """Return that one of the links holds the photo: asked photo by photo, never as a list."""
    return Q(Exists(links.filter(photo_id=OuterRef("pk"))))
