"""Upkeep agreements: parties, what they cover, how they are paid."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from assets.models.road import MetreRange, chainage, chainage_in_order
from assets.models.triggers import note_upkeep_change
from maintenance.kinds import (
    AgreementModel,
    AgreementState,
    FundingSource,
    PartyRole,
    PaymentCycle,
    PriceBasis,
    UpkeepTask,
)
from maintenance.models.agreement_triggers import (
    BIND_SCOPE_SQL,
    BIND_SCOPES_SQL,
    SHARES_SQL,
    fixed_once_signed,
)
from maintenance.models.changes import Change, change_recorded
from maintenance.querysets import AgreementPartQuerySet, AgreementQuerySet
from sites.identifiers import new_id
from sites.models.project_site import PLACE_SQL
from sites.models.triggers import old_values, touch
from sites.models.versioned import VersionedRecord


class DayRange(Func):
    """The range of days from a first to a last one, both included."""

    template = "daterange(%(expressions)s, '[]')"


@pghistory.track(*old_values())
class Agreement(VersionedRecord):
    """An upkeep agreement 管护协议: model, term, price in yuan, payment cycle, who confirms.

    `ended_on` is the last day when it was terminated or renewed early. The phase on a day
    (in force, ends soon, expired) is computed from the dates, never stored.
    """

    number = models.CharField(_("agreement number"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=200)
    model = models.CharField(_("model"), max_length=20, choices=AgreementModel)
    area = models.ForeignKey(
        "sites.Area", verbose_name=_("area"), related_name="agreements", on_delete=models.PROTECT
    )
    area_code = models.CharField(max_length=15, editable=False, db_collation="C", db_default="")
    township_code = models.CharField(max_length=9, editable=False, db_collation="C", db_default="")
    state = models.CharField(
        _("state"),
        max_length=20,
        choices=AgreementState,
        default=AgreementState.DRAFT,
        db_default="draft",
    )
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"))
    ended_on = models.DateField(_("ended on"), null=True, blank=True, editable=False)
    renews = models.ForeignKey(
        "self",
        verbose_name=_("renews"),
        related_name="renewals",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
    )
    standard_text = models.TextField(_("standard of upkeep"), blank=True, db_default="")
    price_basis = models.CharField(_("price basis"), max_length=20, choices=PriceBasis)
    unit_price = models.DecimalField(
        _("unit price (yuan)"), max_digits=14, decimal_places=2, default=0
    )
    payment_cycle = models.CharField(
        _("payment cycle"), max_length=10, choices=PaymentCycle, default=PaymentCycle.MONTH
    )
    inspects = models.CharField(
        _("who inspects work orders"),
        max_length=12,
        choices=PartyRole,
        default=PartyRole.SUPERVISOR,
        db_default="supervisor",
    )
    confirms = models.CharField(
        _("who confirms work orders"),
        max_length=12,
        choices=PartyRole,
        default=PartyRole.PARTICIPANT,
        db_default="participant",
    )
    note = models.TextField(_("note"), blank=True, db_default="")

    objects = AgreementQuerySet.as_manager()

    class Meta:
        verbose_name = _("upkeep agreement")
        verbose_name_plural = _("upkeep agreements")
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(
                name="agreement_number_form",
                condition=Q(number__regex=r"^[^\s,;\x01-\x1f]+$"),
                violation_error_message=_("A number has no spaces, commas or semicolons."),
            ),
            models.CheckConstraint(
                name="agreement_model_known", condition=Q(model__in=AgreementModel.values)
            ),
            models.CheckConstraint(
                name="agreement_state_known", condition=Q(state__in=AgreementState.values)
            ),
            models.CheckConstraint(
                name="agreement_dates_in_order",
                condition=Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("The agreement must not end before it starts."),
            ),
            models.CheckConstraint(
                name="agreement_ended_within_term",
                condition=Q(ended_on__isnull=True) | Q(ended_on__lte=F("ends_on")),
                violation_error_message=_("An agreement cannot end after its term."),
            ),
            models.CheckConstraint(
                name="agreement_ended_when_over",
                condition=Q(state__in=["renewed", "terminated"], ended_on__isnull=False)
                | (~Q(state__in=["renewed", "terminated"]) & Q(ended_on__isnull=True)),
            ),
            models.CheckConstraint(
                name="agreement_price_not_negative",
                condition=Q(unit_price__gte=0),
                violation_error_message=_("The price must not be negative."),
            ),
            models.CheckConstraint(
                name="agreement_price_basis_known",
                condition=Q(price_basis__in=PriceBasis.values),
            ),
            models.CheckConstraint(
                name="agreement_checks_by_two_roles",
                condition=~Q(inspects=F("confirms"))
                & ~Q(inspects="executor")
                & ~Q(confirms="executor"),
                violation_error_message=_(
                    "Whoever carries out the work neither inspects nor confirms it, "
                    "and two different roles do so."
                ),
            ),
        ]
        indexes = [
            models.Index(fields=["area_code", "number"], name="agreement_area"),
            models.Index(fields=["state", "ends_on"], name="agreement_ending"),
        ]
        triggers = [
            touch(),
            note_upkeep_change(),
            pgtrigger.Trigger(
                name="place",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("area_id"),
                func=PLACE_SQL,
            ),
            change_recorded("maintenance_agreementchange", "agreement_id"),
            pgtrigger.Trigger(
                name="bind_scopes",
                when=pgtrigger.After,
                operation=pgtrigger.UpdateOf("state", "starts_on", "ends_on", "ended_on"),
                func=BIND_SCOPES_SQL,
            ),
            pgtrigger.Trigger(
                name="shares_sum_to_100",
                when=pgtrigger.After,
                timing=pgtrigger.Deferred,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("state"),
                func=SHARES_SQL,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"


class AgreementChange(Change):
    """A move of an agreement between states."""

    agreement = models.ForeignKey(Agreement, related_name="changes", on_delete=models.PROTECT)

    objects = AgreementPartQuerySet.as_manager()

    class Meta(Change.Meta):
        verbose_name = _("change of an agreement")
        verbose_name_plural = _("changes of agreements")


@pghistory.track(*old_values())
class AgreementParty(models.Model):
    """A body in an agreement: its role, who signed for it and when.

    One body may hold several roles, but never carry out and supervise at once.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agreement = models.ForeignKey(Agreement, related_name="parties", on_delete=models.CASCADE)
    organisation = models.ForeignKey(
        "sites.Organisation",
        verbose_name=_("organisation"),
        related_name="agreement_parties",
        on_delete=models.PROTECT,
    )
    role = models.CharField(_("role"), max_length=12, choices=PartyRole)
    signatory = models.CharField(_("signed by"), max_length=60, blank=True, db_default="")
    signed_on = models.DateField(_("signed on"), null=True, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, related_name="+", on_delete=models.PROTECT, null=True
    )

    objects = AgreementPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("party of an agreement")
        verbose_name_plural = _("parties of agreements")
        ordering = ["agreement", "role"]
        indexes = [models.Index(fields=["organisation", "agreement"], name="party_of")]
        constraints = [
            models.UniqueConstraint(
                name="agreement_party_once", fields=["agreement", "organisation", "role"]
            ),
            models.UniqueConstraint(
                name="agreement_party_not_both_sides",
                fields=["agreement", "organisation"],
                condition=Q(role__in=["executor", "supervisor"]),
                violation_error_message=_(
                    "One body cannot both carry out the work and supervise it."
                ),
            ),
            models.CheckConstraint(
                name="agreement_party_role_known", condition=Q(role__in=PartyRole.values)
            ),
            models.CheckConstraint(
                name="agreement_party_signed_by_somebody",
                condition=Q(signed_on__isnull=True) | ~Q(signatory=""),
                violation_error_message=_("A signature needs the name of who signed."),
            ),
        ]
        triggers = [fixed_once_signed(), note_upkeep_change()]

    def __str__(self) -> str:
        return f"{self.organisation} ({self.get_role_display()})"


@pghistory.track(*old_values())
class AgreementScope(models.Model):
    """An asset, or a stretch of it, that an agreement covers for one task.

    Empty chainage means the whole asset. `length_m` is the stretch's length when it was entered,
    the base of prices per km. `valid_from`, `valid_to` and `is_binding` follow the agreement by a
    trigger, so that the database can refuse two agreements for one task on one metre.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agreement = models.ForeignKey(Agreement, related_name="scopes", on_delete=models.CASCADE)
    asset = models.ForeignKey(
        "assets.Asset",
        verbose_name=_("asset"),
        related_name="agreement_scopes",
        on_delete=models.PROTECT,
    )
    task = models.CharField(
        _("task"), max_length=20, choices=UpkeepTask, default=UpkeepTask.ROUTINE
    )
    start_m = chainage(_("from chainage (m)"), optional=True)
    end_m = chainage(_("to chainage (m)"), optional=True)
    length_m = chainage(_("length (m)"), optional=True)
    keeper_name = models.CharField(_("person in charge"), max_length=60, blank=True, db_default="")
    keeper_phone = models.CharField(_("telephone"), max_length=30, blank=True, db_default="")
    valid_from = models.DateField(editable=False)
    valid_to = models.DateField(editable=False)
    is_binding = models.BooleanField(default=False, db_default=False, editable=False)

    objects = AgreementPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("scope of an agreement")
        verbose_name_plural = _("scopes of agreements")
        ordering = ["agreement", "asset", "start_m"]
        indexes = [
            models.Index(
                fields=["asset", "valid_from", "valid_to"],
                include=["agreement", "start_m", "end_m"],
                condition=Q(is_binding=True),
                name="scope_binding",
            )
        ]
        constraints = [
            chainage_in_order("agreement_scope", optional=True),
            models.CheckConstraint(
                name="agreement_scope_task_known", condition=Q(task__in=UpkeepTask.values)
            ),
            ExclusionConstraint(
                name="agreement_scope_no_overlap",
                expressions=[
                    ("asset", RangeOperators.EQUAL),
                    ("task", RangeOperators.EQUAL),
                    (MetreRange("start_m", "end_m"), RangeOperators.OVERLAPS),
                    (DayRange("valid_from", "valid_to"), RangeOperators.OVERLAPS),
                ],
                condition=Q(is_binding=True),
                violation_error_message=_(
                    "Another agreement covers part of this stretch for the same task and time."
                ),
            ),
        ]
        triggers = [
            note_upkeep_change(),
            fixed_once_signed("asset_id", "task", "start_m", "end_m", "length_m"),
            pgtrigger.Trigger(
                name="bind",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=BIND_SCOPE_SQL,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.asset_id} {self.start_m}–{self.end_m}"


@pghistory.track(*old_values())
class FundingShare(models.Model):
    """Which share of an agreement's payments a source bears, in percent."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agreement = models.ForeignKey(Agreement, related_name="shares", on_delete=models.CASCADE)
    position = models.PositiveSmallIntegerField(_("position"))
    source = models.CharField(_("source"), max_length=20, choices=FundingSource)
    percent = models.DecimalField(_("share (%)"), max_digits=6, decimal_places=3)

    objects = AgreementPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("funding share")
        verbose_name_plural = _("funding shares")
        ordering = ["agreement", "position"]
        constraints = [
            models.UniqueConstraint(name="funding_share_once", fields=["agreement", "source"]),
            models.CheckConstraint(
                name="funding_share_in_range",
                condition=Q(percent__gt=0, percent__lte=100),
                violation_error_message=_("A share lies above 0 and up to 100 percent."),
            ),
            models.CheckConstraint(
                name="funding_share_source_known", condition=Q(source__in=FundingSource.values)
            ),
        ]
        triggers = [fixed_once_signed()]

    def __str__(self) -> str:
        return f"{self.get_source_display()} {self.percent} %"


@pghistory.track(*old_values())
class AssessmentBand(models.Model):
    """A step of the agreement's coefficient table: from this score on, this coefficient."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agreement = models.ForeignKey(Agreement, related_name="bands", on_delete=models.CASCADE)
    from_score = models.DecimalField(_("from score"), max_digits=5, decimal_places=2)
    coefficient = models.DecimalField(_("coefficient"), max_digits=5, decimal_places=4)

    objects = AgreementPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("assessment band")
        verbose_name_plural = _("assessment bands")
        ordering = ["agreement", "-from_score"]
        constraints = [
            models.UniqueConstraint(
                name="assessment_band_once", fields=["agreement", "from_score"]
            ),
            models.CheckConstraint(
                name="assessment_band_in_range",
                condition=Q(
                    from_score__gte=0, from_score__lte=100, coefficient__gte=0, coefficient__lte=2
                ),
                violation_error_message=_(
                    "Scores lie between 0 and 100, coefficients between 0 and 2."
                ),
            ),
        ]
        triggers = [fixed_once_signed()]

    def __str__(self) -> str:
        return f"≥ {self.from_score}: {self.coefficient}"
