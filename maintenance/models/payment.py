"""Assessment of a period's upkeep, and the payment that follows from it."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from maintenance.kinds import FundingSource, PaymentState
from maintenance.models.agreement import DayRange
from maintenance.models.changes import Change, change_recorded
from maintenance.querysets import AgreementPartQuerySet, PaymentPartQuerySet
from sites.identifiers import new_id
from sites.models.triggers import append_only, old_values, touch
from sites.models.versioned import VersionedRecord


def _days_in_order(table: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        name=f"{table}_days_in_order",
        condition=Q(period_end__gte=F("period_start")),
        violation_error_message=_("The last day must not come before the first."),
    )


def _money(table: str, *fields: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        name=f"{table}_amounts_not_negative",
        condition=Q(**{f"{field}__gte": 0 for field in fields}),
        violation_error_message=_("Amounts must not be negative."),
    )


SHARES_CONSERVE_SQL = """
IF EXISTS (
    SELECT 1 FROM maintenance_paymentrequest payment
    WHERE payment.id = {payment} AND payment.payable <> (
        SELECT COALESCE(sum(share.amount), 0) FROM maintenance_paymentshare share
        WHERE share.payment_id = payment.id
    )
) THEN
    RAISE EXCEPTION 'the shares of a payment do not sum to what is payable'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'payment_shares_sum_to_payable';
END IF;
RETURN NULL;
"""


def _shares_conserve(payment: str, operation: pgtrigger.Operation) -> pgtrigger.Trigger:
    """Return the trigger that compares shares and payable when the transaction ends."""
    return pgtrigger.Trigger(
        name="shares_conserve",
        when=pgtrigger.After,
        timing=pgtrigger.Deferred,
        operation=operation,
        func=SHARES_CONSERVE_SQL.format(payment=payment),
    )


class Assessment(models.Model):
    """The score of a period 考核 by the supervisor, and the coefficient it means.

    Append-only: a correction is a new assessment that names the one it supersedes, and at most
    one stands for a period.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agreement = models.ForeignKey(
        "maintenance.Agreement",
        verbose_name=_("agreement"),
        related_name="assessments",
        on_delete=models.PROTECT,
    )
    period_start = models.DateField(_("first day"))
    period_end = models.DateField(_("last day"))
    score = models.DecimalField(_("score"), max_digits=5, decimal_places=2)
    coefficient = models.DecimalField(_("coefficient"), max_digits=5, decimal_places=4)
    organisation = models.ForeignKey(
        "sites.Organisation",
        verbose_name=_("assessed by"),
        related_name="assessments",
        on_delete=models.PROTECT,
    )
    assessor = models.ForeignKey(
        settings.AUTH_USER_MODEL, related_name="+", on_delete=models.PROTECT, null=True
    )
    assessed_at = models.DateTimeField(_("assessed at"), db_default=Now(), editable=False)
    note = models.TextField(_("note"), blank=True, db_default="")
    supersedes = models.OneToOneField(
        "self",
        verbose_name=_("supersedes"),
        related_name="superseded_by",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
    )

    objects = AgreementPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("assessment")
        verbose_name_plural = _("assessments")
        ordering = ["-period_start", "-assessed_at"]
        constraints = [
            _days_in_order("assessment"),
            models.UniqueConstraint(
                name="assessment_first_once",
                fields=["agreement", "period_start", "period_end"],
                condition=Q(supersedes__isnull=True),
                violation_error_message=_("This period has been assessed already."),
            ),
            models.CheckConstraint(
                name="assessment_score_in_range",
                condition=Q(score__gte=0, score__lte=100),
                violation_error_message=_("A score lies between 0 and 100."),
            ),
        ]
        triggers = [append_only()]

    def __str__(self) -> str:
        return f"{self.period_start} {self.score}"


class AssessmentLine(models.Model):
    """Why points were lost: the cause, and the inspection or defect that shows it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    assessment = models.ForeignKey(Assessment, related_name="lines", on_delete=models.PROTECT)
    points = models.DecimalField(_("points lost"), max_digits=5, decimal_places=2)
    cause = models.CharField(_("cause"), max_length=200)
    inspection = models.ForeignKey(
        "maintenance.Inspection",
        related_name="+",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
    )
    defect = models.ForeignKey(
        "maintenance.Defect", related_name="+", on_delete=models.PROTECT, null=True, blank=True
    )

    class Meta:
        verbose_name = _("lost points")
        verbose_name_plural = _("lost points")
        constraints = [
            models.CheckConstraint(
                name="assessment_line_points_in_range",
                condition=Q(points__gt=0, points__lte=100),
                violation_error_message=_("Lost points lie above 0 and up to 100."),
            )
        ]
        triggers = [append_only()]

    def __str__(self) -> str:
        return self.cause


@pghistory.track(*old_values())
class PaymentRequest(VersionedRecord):
    """A payment 付款申请 for one period: base × coefficient − deductions, in yuan.

    Amounts are those of the moment it was drafted or computed anew; `payable` is never negative.
    There is no coefficient, and nothing is payable, until the period has been assessed.
    """

    agreement = models.ForeignKey(
        "maintenance.Agreement",
        verbose_name=_("agreement"),
        related_name="payments",
        on_delete=models.PROTECT,
    )
    assessment = models.ForeignKey(
        Assessment,
        verbose_name=_("assessment"),
        related_name="payments",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
    )
    period_start = models.DateField(_("first day"))
    period_end = models.DateField(_("last day"))
    state = models.CharField(
        _("state"),
        max_length=12,
        choices=PaymentState,
        default=PaymentState.DRAFTED,
        db_default="drafted",
    )
    quantity = models.DecimalField(_("quantity"), max_digits=12, decimal_places=4)
    base = models.DecimalField(_("base (yuan)"), max_digits=16, decimal_places=2)
    coefficient = models.DecimalField(
        _("coefficient"), max_digits=5, decimal_places=4, null=True, blank=True
    )
    deductions_total = models.DecimalField(
        _("deductions (yuan)"), max_digits=16, decimal_places=2, default=0, db_default=0
    )
    payable = models.DecimalField(_("payable (yuan)"), max_digits=16, decimal_places=2)
    paid_on = models.DateField(_("paid on"), null=True, blank=True, editable=False)
    document_no = models.CharField(_("payment document"), max_length=80, blank=True, db_default="")
    note = models.TextField(_("note"), blank=True, db_default="")

    objects = AgreementPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("payment request")
        verbose_name_plural = _("payment requests")
        ordering = ["-period_start", "-id"]
        indexes = [models.Index(fields=["agreement", "-period_start"], name="payment_latest")]
        constraints = [
            _days_in_order("payment"),
            _money("payment", "base", "coefficient", "deductions_total", "payable"),
            models.CheckConstraint(
                name="payment_state_known", condition=Q(state__in=PaymentState.values)
            ),
            models.CheckConstraint(
                name="payment_paid_has_day",
                condition=Q(state="paid", paid_on__isnull=False)
                | (~Q(state="paid") & Q(paid_on__isnull=True)),
            ),
            ExclusionConstraint(
                name="payment_periods_do_not_overlap",
                expressions=[
                    ("agreement", RangeOperators.EQUAL),
                    (DayRange("period_start", "period_end"), RangeOperators.OVERLAPS),
                ],
                condition=~Q(state="cancelled"),
                violation_error_message=_(
                    "Another payment of this agreement covers part of the period."
                ),
            ),
        ]
        triggers = [
            touch(),
            change_recorded("maintenance_paymentchange", "payment_id"),
            _shares_conserve("NEW.id", pgtrigger.Insert | pgtrigger.UpdateOf("payable")),
        ]

    def __str__(self) -> str:
        return f"{self.period_start} {self.payable}"


class PaymentChange(Change):
    """A move of a payment request between states."""

    payment = models.ForeignKey(PaymentRequest, related_name="changes", on_delete=models.PROTECT)

    objects = PaymentPartQuerySet.as_manager()

    class Meta(Change.Meta):
        verbose_name = _("change of a payment")
        verbose_name_plural = _("changes of payments")


@pghistory.track(*old_values())
class PaymentDeduction(models.Model):
    """What is taken off a payment, in yuan, and why."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    payment = models.ForeignKey(PaymentRequest, related_name="deductions", on_delete=models.CASCADE)
    amount = models.DecimalField(_("amount (yuan)"), max_digits=14, decimal_places=2)
    reason = models.CharField(_("reason"), max_length=200)
    defect = models.ForeignKey(
        "maintenance.Defect", related_name="+", on_delete=models.PROTECT, null=True, blank=True
    )
    order = models.ForeignKey(
        "maintenance.WorkOrder", related_name="+", on_delete=models.PROTECT, null=True, blank=True
    )
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, related_name="+", on_delete=models.PROTECT, null=True
    )

    objects = PaymentPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("deduction")
        verbose_name_plural = _("deductions")
        constraints = [
            models.CheckConstraint(
                name="payment_deduction_positive",
                condition=Q(amount__gt=0),
                violation_error_message=_("A deduction is a positive amount."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.amount} {self.reason}"


@pghistory.track(*old_values())
class PaymentShare(models.Model):
    """What one source bears of a payment; the shares of a payment sum to what is payable."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    payment = models.ForeignKey(PaymentRequest, related_name="shares", on_delete=models.CASCADE)
    position = models.PositiveSmallIntegerField(_("position"))
    source = models.CharField(_("source"), max_length=20, choices=FundingSource)
    percent = models.DecimalField(_("share (%)"), max_digits=6, decimal_places=3)
    amount = models.DecimalField(_("amount (yuan)"), max_digits=16, decimal_places=2)

    objects = PaymentPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("share of a payment")
        verbose_name_plural = _("shares of payments")
        ordering = ["payment", "position"]
        constraints = [
            models.UniqueConstraint(name="payment_share_once", fields=["payment", "source"]),
            _money("payment_share", "amount"),
        ]
        triggers = [
            _shares_conserve(
                "COALESCE(NEW.payment_id, OLD.payment_id)",
                pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_source_display()} {self.amount}"
