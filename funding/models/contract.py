"""Contracts, their variations and their settlement."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from funding.kinds import TenderMethod
from funding.querysets import ContractQuerySet
from sites.identifiers import new_id
from sites.models.area_row import AreaRow, placed_by_area
from sites.models.triggers import append_only, old_values, touch
from sites.models.versioned import VersionedRecord


@pghistory.track(*old_values())
class Contract(AreaRow, VersionedRecord):
    """A contract 合同 about one or more sites; `amount` is what was signed, in yuan."""

    number = models.CharField(_("contract number"), max_length=80)
    name = models.CharField(_("name"), max_length=200)
    programme = models.ForeignKey(
        "sites.Programme",
        verbose_name=_("programme"),
        related_name="contracts",
        on_delete=models.PROTECT,
    )
    client = models.ForeignKey(
        "sites.Organisation",
        verbose_name=_("client"),
        related_name="contracts_given",
        on_delete=models.PROTECT,
    )
    contractor = models.ForeignKey(
        "sites.Organisation",
        verbose_name=_("contractor"),
        related_name="contracts_won",
        on_delete=models.PROTECT,
    )
    amount = models.DecimalField(_("amount (yuan)"), max_digits=16, decimal_places=2)
    signed_on = models.DateField(_("signed on"))
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("to"), null=True, blank=True)
    warranty_months = models.PositiveSmallIntegerField(
        _("warranty (months)"), null=True, blank=True
    )
    tender_method = models.CharField(
        _("how it was tendered"), max_length=20, choices=TenderMethod, blank=True, db_default=""
    )
    bidders = models.PositiveSmallIntegerField(_("bidders"), null=True, blank=True)
    document = models.ForeignKey(
        "funding.OfficialDocument",
        verbose_name=_("document"),
        related_name="+",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
    )
    sites = models.ManyToManyField(
        "sites.ProjectSite",
        verbose_name=_("sites"),
        related_name="contracts",
        through="funding.ContractSite",
    )
    note = models.TextField(_("note"), blank=True, db_default="")

    objects = ContractQuerySet.as_manager()

    class Meta:
        verbose_name = _("contract")
        verbose_name_plural = _("contracts")
        ordering = ["-signed_on", "number"]
        indexes = [
            models.Index(fields=["area_code", "-signed_on", "id"], name="contract_area"),
            models.Index(fields=["-signed_on", "id"], name="contract_newest"),
        ]
        constraints = [
            models.UniqueConstraint(
                name="contract_number_once",
                fields=["client", "number"],
                violation_error_message=_("This client already has a contract of that number."),
            ),
            models.CheckConstraint(
                name="contract_amount_positive",
                condition=Q(amount__gt=0),
                violation_error_message=_("The amount must be above zero."),
            ),
            models.CheckConstraint(
                name="contract_days_in_order",
                condition=Q(ends_on__isnull=True)
                | Q(starts_on__isnull=True)
                | Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("The last day must not come before the first."),
            ),
            models.CheckConstraint(
                name="contract_two_parties",
                condition=~Q(client=F("contractor")),
                violation_error_message=_("Client and contractor are two bodies."),
            ),
            models.CheckConstraint(
                name="contract_tender_method_known",
                condition=Q(tender_method__in=["", *TenderMethod.values]),
            ),
        ]
        triggers = [touch(), placed_by_area()]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"


@pghistory.track(*old_values())
class ContractSite(models.Model):
    """A site that a contract is about; `amount` is its part in yuan, where it was stated."""

    id = models.BigAutoField(primary_key=True)
    contract = models.ForeignKey(Contract, related_name="parts", on_delete=models.CASCADE)
    site = models.ForeignKey(
        "sites.ProjectSite", related_name="contract_parts", on_delete=models.PROTECT
    )
    amount = models.DecimalField(
        _("amount (yuan)"), max_digits=16, decimal_places=2, null=True, blank=True
    )

    class Meta:
        verbose_name = _("site of a contract")
        verbose_name_plural = _("sites of contracts")
        constraints = [
            models.UniqueConstraint(name="contract_site_once", fields=["contract", "site"]),
            models.CheckConstraint(
                name="contract_site_amount_positive",
                condition=Q(amount__isnull=True) | Q(amount__gt=0),
                violation_error_message=_("The amount must be above zero."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contract_id} {self.site_id}"


class Variation(models.Model):
    """A change of a contract's amount 变更 in yuan, above or below zero. Append-only."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    contract = models.ForeignKey(
        Contract, verbose_name=_("contract"), related_name="variations", on_delete=models.PROTECT
    )
    number = models.CharField(_("document number"), max_length=80, blank=True, db_default="")
    amount = models.DecimalField(_("change of amount (yuan)"), max_digits=16, decimal_places=2)
    reason = models.TextField(_("reason"))
    approved_on = models.DateField(_("approved on"))
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        related_name="+",
        on_delete=models.PROTECT,
        null=True,
        editable=False,
    )

    class Meta:
        verbose_name = _("variation")
        verbose_name_plural = _("variations")
        ordering = ["approved_on", "id"]
        constraints = [
            models.CheckConstraint(
                name="variation_says_what_and_why",
                condition=~Q(amount=0) & ~Q(reason=""),
                violation_error_message=_("A variation has an amount and a reason."),
            )
        ]
        triggers = [append_only()]

    def __str__(self) -> str:
        return f"{self.approved_on} {self.amount}"


class Settlement(models.Model):
    """The settlement 结算 of a contract in yuan: as submitted 送审 and as approved 审定.

    Append-only: a correction is a new one that supersedes the old, and at most one stands.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    contract = models.ForeignKey(
        Contract, verbose_name=_("contract"), related_name="settlements", on_delete=models.PROTECT
    )
    submitted = models.DecimalField(_("submitted (yuan)"), max_digits=16, decimal_places=2)
    approved = models.DecimalField(_("approved (yuan)"), max_digits=16, decimal_places=2)
    settled_on = models.DateField(_("settled on"))
    auditor = models.CharField(_("audited by"), max_length=120, blank=True, db_default="")
    document_number = models.CharField(
        _("document number"), max_length=80, blank=True, db_default=""
    )
    note = models.TextField(_("note"), blank=True, db_default="")
    supersedes = models.OneToOneField(
        "self",
        related_name="superseded_by",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
    )
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        related_name="+",
        on_delete=models.PROTECT,
        null=True,
        editable=False,
    )

    class Meta:
        verbose_name = _("settlement")
        verbose_name_plural = _("settlements")
        ordering = ["-settled_on", "-recorded_at"]
        constraints = [
            models.UniqueConstraint(
                name="settlement_first_once",
                fields=["contract"],
                condition=Q(supersedes__isnull=True),
                violation_error_message=_("This contract has been settled already."),
            ),
            models.CheckConstraint(
                name="settlement_amounts_in_order",
                condition=Q(submitted__gt=0, approved__gte=0),
                violation_error_message=_("Amounts must not be negative."),
            ),
        ]
        triggers = [append_only()]

    def __str__(self) -> str:
        return f"{self.settled_on} {self.approved}"
