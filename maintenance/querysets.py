"""Reads of upkeep records: what each party may see follows from its agreements."""

from __future__ import annotations

import datetime
from typing import Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from maintenance.kinds import (
    BINDING_STATES,
    OPEN_DEFECT_STATES,
    OPEN_ORDER_STATES,
    AgreementState,
    DefectState,
)
from maintenance.phases import phase_case
from sites.access import Scope, Viewer, code_prefix_condition, scope_of
from sites.kinds import AREA_ROLES, OFFICE_ROLES, Visibility


def rows_of(name: str) -> Any:
    """Return all rows of a model of this app; its module imports this one."""
    return apps.get_model("maintenance", name)._default_manager.all()


def party_condition(scope: Scope, agreement: str) -> Q:
    """Return the condition that the scope's organisations are parties of an agreement.

    `agreement` is the path to the agreement's key from the row, such as `agreement_id`.
    """
    parties = rows_of("AgreementParty").filter(organisation_id__in=scope.organisation_ids())
    return Q(Exists(parties.filter(agreement_id=OuterRef(agreement))))


class AgreementQuerySet(models.QuerySet[Any]):
    """Upkeep agreements."""

    def visible_to(self, viewer: Viewer) -> Self:
        """The office and evaluators by area; a party its own, once it is negotiated."""
        scope = scope_of(viewer)
        if scope.everything:
            return self
        condition = code_prefix_condition("area_code", scope.area_codes(AREA_ROLES))
        if scope.organisation_ids():
            condition |= ~Q(state=AgreementState.DRAFT) & party_condition(scope, "pk")
        return self.filter(condition)

    def in_force(self, day: datetime.date) -> Self:
        """Agreements that bind their parties on the day."""
        return self.filter(state__in=BINDING_STATES, starts_on__lte=day).filter(
            Q(ends_on__gte=day) & (Q(ended_on__isnull=True) | Q(ended_on__gte=day))
        )

    def with_last_day(self) -> Self:
        """Add `last_day`, the day on which the agreement ends or ended."""
        return self.annotate(last_day=Coalesce(F("ended_on"), F("ends_on")))

    def with_phase(self, on: datetime.date) -> Self:
        """Add `phase`, where each agreement stands on a day (see `maintenance.phases`)."""
        return self.annotate(phase=phase_case(on))


class AgreementPartQuerySet(models.QuerySet[Any]):
    """Rows that belong to one agreement: parties, scopes, shares, bands, assessments, payments."""

    def visible_to(self, viewer: Viewer) -> Self:
        """Rows whose agreement the viewer may see."""
        scope = scope_of(viewer)
        agreements = rows_of("Agreement").visible_to(scope)
        return self.filter(Exists(agreements.filter(pk=OuterRef("agreement_id"))))

    def binding(self, day: datetime.date) -> Self:
        """Scopes that bind on the day."""
        return self.filter(is_binding=True, valid_from__lte=day, valid_to__gte=day)


class PaymentPartQuerySet(models.QuerySet[Any]):
    """Rows of one payment request."""

    def visible_to(self, viewer: Viewer) -> Self:
        """Rows whose payment request the viewer may see."""
        payments = rows_of("PaymentRequest").visible_to(scope_of(viewer))
        return self.filter(Exists(payments.filter(pk=OuterRef("payment_id"))))


def own_work_condition(scope: Scope) -> Q:
    """Return the condition on rows with `asset`, `agreement` and `area_code` columns.

    The office sees its area, evaluators what is not restricted there, organisations the rows of
    agreements to which they are party: competitors on one road never see each other's work.
    """
    condition = code_prefix_condition("area_code", scope.area_codes(OFFICE_ROLES))
    evaluated = scope.area_codes(tuple(set(AREA_ROLES) - set(OFFICE_ROLES)))
    if evaluated:
        condition |= code_prefix_condition("area_code", evaluated) & ~Q(
            asset__visibility=Visibility.RESTRICTED
        )
    if scope.organisation_ids():
        condition |= party_condition(scope, "agreement_id")
    return condition


class WorkQuerySet(models.QuerySet[Any]):
    """Orders, logs, patrols and inspections: rows with asset, agreement and the area's code."""

    def visible_to(self, viewer: Viewer) -> Self:
        """The rows that the viewer may see."""
        scope = scope_of(viewer)
        if scope.everything:
            return self
        if scope.is_public:
            return self.none()
        return self.filter(own_work_condition(scope))

    def open(self) -> Self:
        """Work orders on which something is left to be done."""
        return self.filter(state__in=OPEN_ORDER_STATES)

    def overdue(self, at: datetime.datetime) -> Self:
        """Open work orders whose time limit has passed."""
        return self.open().filter(due_at__lt=at)


class DefectQuerySet(models.QuerySet[Any]):
    """Defects."""

    def visible_to(self, viewer: Viewer) -> Self:
        """The office by area; a body what lies on stretches its agreements cover today.

        A defect that was ordered under an agreement stays visible to the agreement's parties.
        """
        scope = scope_of(viewer)
        if scope.everything:
            return self
        if scope.is_public:
            return self.none()
        condition = own_work_condition(scope)
        if scope.organisation_ids():
            condition |= Q(covered_today(scope, timezone.localdate()))
        return self.filter(condition)

    def open(self) -> Self:
        """Defects that are not closed, rejected or known already."""
        return self.filter(state__in=OPEN_DEFECT_STATES)

    def to_order(self) -> Self:
        """Verified defects without a work order."""
        return self.filter(state=DefectState.VERIFIED, order__isnull=True)


def covered_today(scope: Scope, day: datetime.date) -> Exists:
    """Return whether the row's asset and chainage lie in a stretch of the scope's agreements."""
    parties = rows_of("AgreementParty").filter(organisation_id__in=scope.organisation_ids())
    stretches = (
        rows_of("AgreementScope")
        .binding(day)
        .filter(asset_id=OuterRef("asset_id"), agreement_id__in=parties.values("agreement_id"))
    )
    # Without a chainage the row concerns the whole asset; Coalesce lets it meet every stretch.
    place_from = Coalesce(OuterRef("chainage_m"), F("start_m"))
    return Exists(
        stretches.filter(
            Q(start_m__isnull=True) | Q(start_m__lte=place_from, end_m__gte=place_from)
        )
    )


class OrderPartQuerySet(models.QuerySet[Any]):
    """Rows of one work order: quantities and changes."""

    def visible_to(self, viewer: Viewer) -> Self:
        """Rows whose order the viewer may see."""
        orders = rows_of("WorkOrder").visible_to(scope_of(viewer))
        return self.filter(Exists(orders.filter(pk=OuterRef("order_id"))))


class ScheduleQuerySet(models.QuerySet[Any]):
    """Recurrent duties of an asset."""

    def visible_to(self, viewer: Viewer) -> Self:
        """Schedules whose asset the viewer may see."""
        assets: Any = apps.get_model("assets", "Asset")._default_manager.all()
        return self.filter(
            Exists(assets.visible_to(scope_of(viewer)).filter(pk=OuterRef("asset_id")))
        )

    def overdue(self, as_of: datetime.date) -> Self:
        """Schedules whose next duty was due before the day."""
        return self.filter(is_active=True, next_due_on__lt=as_of)


class StandardQuerySet(models.QuerySet[Any]):
    """Upkeep standards and their checklists: no secret to anybody who holds a role."""

    def visible_to(self, viewer: Viewer) -> Self:
        """Return all to whoever holds a role."""
        scope = scope_of(viewer)
        return self if scope.everything or scope.grants else self.none()


class PublicReportQuerySet(models.QuerySet[Any]):
    """Reports from the public."""

    def visible_to(self, viewer: Viewer) -> Self:
        """The office by area; a body the reports whose defect it may see, without the contact."""
        scope = scope_of(viewer)
        if scope.everything:
            return self
        if scope.is_public:
            return self.none()
        condition = code_prefix_condition("area_code", scope.area_codes(OFFICE_ROLES))
        if scope.organisation_ids():
            defects = rows_of("Defect").visible_to(scope)
            condition |= Q(Exists(defects.filter(pk=OuterRef("defect_id"))))
        return self.filter(condition)


class WarrantyClaimQuerySet(models.QuerySet[Any]):
    """Warranty claims."""

    def visible_to(self, viewer: Viewer) -> Self:
        """The office and evaluators by area, the contractor its own, and parties of the upkeep."""
        scope = scope_of(viewer)
        if scope.everything:
            return self
        if scope.is_public:
            return self.none()
        own = Q(contractor_id__in=scope.organisation_ids())
        return self.filter(own | own_work_condition(scope))


def root_areas(scope: Scope) -> models.QuerySet[Any]:
    """Return the areas without a parent that lie in the scope of an office."""
    areas: Any = apps.get_model("sites", "Area")._default_manager.filter(parent__isnull=True)
    found: models.QuerySet[Any] = areas.filter(
        code_prefix_condition("code", scope.area_codes(OFFICE_ROLES))
    )
    return found


class SetAsideQuerySet(models.QuerySet[Any]):
    """Entries that phones sent and that were not taken."""

    def visible_to(self, viewer: Viewer) -> Self:
        """The sender's own, and to the office those of its area.

        To the offices of the root areas also those of no area that is known.
        """
        scope = scope_of(viewer)
        if scope.everything:
            return self
        if scope.is_public or scope.user_id is None:
            return self.none()
        office = code_prefix_condition("area_code", scope.area_codes(OFFICE_ROLES))
        office |= Q(area_code="") & Q(Exists(root_areas(scope)))
        return self.filter(Q(sender_id=scope.user_id) | office)

    def open(self) -> Self:
        """Those on which the office has to decide."""
        return self.filter(state="open")
