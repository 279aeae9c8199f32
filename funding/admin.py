"""Money in the administration: sources to edit, everything else to read."""

from __future__ import annotations

from django.contrib import admin

from funding.models import Contract, FundingSource, LedgerEntry
from sites.admin import ReadOnlyAdmin, ScopedAdmin


@admin.register(FundingSource)
class FundingSourceAdmin(ScopedAdmin):
    """Sources of money."""

    list_display = ("code", "name", "level", "kind", "is_active")
    list_filter = ("level",)


@admin.register(LedgerEntry)
class LedgerEntryAdmin(ReadOnlyAdmin):
    """Entries of the ledger."""

    list_display = ("booked_on", "programme", "source", "stage", "kind", "amount")
    list_filter = ("stage", "kind")
    list_select_related = ("programme", "source")
    show_full_result_count = False


@admin.register(Contract)
class ContractAdmin(ReadOnlyAdmin):
    """Contracts."""

    list_display = ("number", "name", "programme", "contractor", "amount", "signed_on")
    list_select_related = ("programme", "contractor")
    search_fields = ("number", "name")
