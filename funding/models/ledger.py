"""The ledger of money: sources, accounts that the database keeps, and append-only entries."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from funding.kinds import EntryKind, SourceKind, SourceLevel, Stage
from funding.models.ledger_triggers import ACCOUNTS_SQL, FALLBACK_SQL
from funding.querysets import LedgerQuerySet, SourceQuerySet
from sites.identifiers import new_id
from sites.models.area_row import AreaRow, placed_by_area
from sites.models.naming import NamedRecord
from sites.models.triggers import append_only, note_data_change, old_values, touch
from sites.models.versioned import VersionedRecord

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@pghistory.track(*old_values())
class FundingSource(NamedRecord, VersionedRecord):
    """A source of money 资金来源: whose it is, and for other money what kind it is."""

    code = models.CharField(_("code"), max_length=40, unique=True)
    level = models.CharField(_("level"), max_length=10, choices=SourceLevel)
    kind = models.CharField(_("kind"), max_length=20, choices=SourceKind, blank=True, db_default="")
    is_active = models.BooleanField(_("in use"), default=True, db_default=True)

    objects = SourceQuerySet.as_manager()

    class Meta:
        verbose_name = _("source of money")
        verbose_name_plural = _("sources of money")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                name="funding_source_code_form",
                condition=Q(code__regex=r"^[0-9a-z][0-9a-z_-]*$"),
                violation_error_message=_(
                    "A code is made of small letters, digits, dash and underscore."
                ),
            ),
            models.CheckConstraint(
                name="funding_source_level_known", condition=Q(level__in=SourceLevel.values)
            ),
            models.CheckConstraint(
                name="funding_source_kind_of_other_money",
                condition=Q(level="other", kind__in=SourceKind.values)
                | (~Q(level="other") & Q(kind="")),
                violation_error_message=_("Other money has a kind, a government's money has none."),
            ),
        ]
        triggers = [touch()]


def _sum(name: StrOrPromise) -> models.DecimalField:  # type: ignore[type-arg]
    return models.DecimalField(
        name, max_digits=18, decimal_places=2, default=0, db_default=0, editable=False
    )


class FundAccount(models.Model):
    """What one source gave to one programme, by stage, in yuan: kept by the ledger's trigger.

    The row is the lock on which parallel postings wait for each other.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    programme = models.ForeignKey(
        "sites.Programme", related_name="fund_accounts", on_delete=models.PROTECT
    )
    source = models.ForeignKey(FundingSource, related_name="accounts", on_delete=models.PROTECT)
    budget = _sum(_("budget"))
    allocated = _sum(_("allocated"))
    released = _sum(_("released"))
    paid = _sum(_("paid"))

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        ordering = ["programme", "source"]
        constraints = [
            models.UniqueConstraint(name="fund_account_once", fields=["programme", "source"]),
            models.CheckConstraint(
                name="fund_account_not_negative",
                condition=Q(budget__gte=0, allocated__gte=0, released__gte=0, paid__gte=0),
                violation_error_message=_("No more can be taken back than was booked."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme_id} {self.source_id}"


class LedgerEntry(AreaRow, models.Model):
    """One booking of money 资金流水 in yuan: a programme's, from a source, at a stage, on a day.

    Append-only. A correction is a reversal, which names the entry and carries its amount with
    the other sign; money given back is a return, also negative. Each yuan stands once at each
    stage, at the level where it was decided: of a site, or of an area without a site.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    programme = models.ForeignKey(
        "sites.Programme",
        verbose_name=_("programme"),
        related_name="ledger_entries",
        on_delete=models.PROTECT,
    )
    site = models.ForeignKey(
        "sites.ProjectSite",
        verbose_name=_("site"),
        related_name="ledger_entries",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
    )
    source = models.ForeignKey(
        FundingSource,
        verbose_name=_("source"),
        related_name="ledger_entries",
        on_delete=models.PROTECT,
    )
    stage = models.CharField(_("stage"), max_length=10, choices=Stage)
    kind = models.CharField(_("kind"), max_length=10, choices=EntryKind, default=EntryKind.ENTRY)
    amount = models.DecimalField(_("amount (yuan)"), max_digits=16, decimal_places=2)
    booked_on = models.DateField(_("day"))
    document_number = models.CharField(
        _("document number"), max_length=80, blank=True, db_default=""
    )
    document = models.ForeignKey(
        "funding.OfficialDocument",
        verbose_name=_("document"),
        related_name="ledger_entries",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
    )
    contract = models.ForeignKey(
        "funding.Contract",
        verbose_name=_("contract"),
        related_name="ledger_entries",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
    )
    fallback = models.ForeignKey(
        "funding.FallbackCommitment",
        verbose_name=_("district fallback"),
        related_name="ledger_entries",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
    )
    payee = models.ForeignKey(
        "sites.Organisation",
        verbose_name=_("paid to"),
        related_name="+",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
    )
    reverses = models.OneToOneField(
        "self",
        verbose_name=_("reverses"),
        related_name="reversed_by",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
    )
    override_reason = models.TextField(
        _("reason for exceeding the limit"), blank=True, db_default=""
    )
    note = models.TextField(_("note"), blank=True, db_default="")
    recorded_at = models.DateTimeField(_("recorded at"), db_default=Now(), editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("recorded by"),
        related_name="+",
        on_delete=models.PROTECT,
        null=True,
        editable=False,
    )

    objects = LedgerQuerySet.as_manager()

    class Meta:
        verbose_name = _("ledger entry")
        verbose_name_plural = _("ledger entries")
        ordering = ["-booked_on", "-id"]
        indexes = [
            models.Index(fields=["site", "stage"], name="ledger_of_site"),
            models.Index(fields=["programme", "source", "stage"], name="ledger_of_account"),
            models.Index(fields=["area_code", "-booked_on", "-id"], name="ledger_area"),
            models.Index(fields=["-booked_on", "-id"], name="ledger_newest"),
            models.Index(
                fields=["contract"], name="ledger_of_contract", condition=Q(contract__isnull=False)
            ),
        ]
        constraints = [
            models.CheckConstraint(name="ledger_stage_known", condition=Q(stage__in=Stage.values)),
            models.CheckConstraint(
                name="ledger_amount_has_its_sign",
                condition=Q(kind="entry", amount__gt=0, reverses__isnull=True)
                | Q(kind="return", amount__lt=0, reverses__isnull=True)
                | (Q(kind="reversal", reverses__isnull=False) & ~Q(amount=0)),
                violation_error_message=_(
                    "An entry is above zero, a return below, and a reversal names its entry."
                ),
            ),
            models.CheckConstraint(
                name="ledger_fallback_pays_district_money",
                condition=Q(fallback__isnull=True) | ~Q(stage="budget"),
            ),
            models.CheckConstraint(
                name="ledger_is_not_its_own_reversal",
                condition=Q(reverses__isnull=True) | ~Q(reverses=F("id")),
            ),
        ]
        triggers = [
            append_only(),
            placed_by_area(),
            note_data_change(),
            pgtrigger.Trigger(
                name="keep_accounts",
                level=pgtrigger.Statement,
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                referencing=pgtrigger.Referencing(new="booked"),
                declare=[("account", "RECORD"), ("before", "RECORD"), ("after", "RECORD")],
                func=ACCOUNTS_SQL,
            ),
            pgtrigger.Trigger(
                name="within_fallback",
                level=pgtrigger.Statement,
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                referencing=pgtrigger.Referencing(new="booked"),
                declare=[("commitment", "RECORD")],
                func=FALLBACK_SQL,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.booked_on} {self.stage} {self.amount}"
