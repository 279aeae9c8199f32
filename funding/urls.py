"""Pages of money."""

from __future__ import annotations

from django.urls import path

from funding.views import contracts, documents, fallbacks, ledger, overview, reserves

app_name = "funding"

urlpatterns = [
    path("funding/", overview.overview, name="overview"),
    path("funding/report/", overview.money_report, name="money-report"),
    path("funding/ledger/", ledger.entry_list, name="entry-list"),
    path("funding/ledger/new/", ledger.entry_new, name="entry-new"),
    path("funding/ledger/<uuid:pk>/", ledger.entry_detail, name="entry-detail"),
    path("funding/contracts/", contracts.contract_list, name="contract-list"),
    path("funding/contracts/new/", contracts.contract_new, name="contract-new"),
    path("funding/contracts/<uuid:pk>/", contracts.contract_detail, name="contract-detail"),
    path("funding/contracts/<uuid:pk>/edit/", contracts.contract_edit, name="contract-edit"),
    path("funding/documents/", documents.document_list, name="document-list"),
    path("funding/documents/<uuid:pk>/file/", documents.document_file, name="document-file"),
    path("funding/reserves/", reserves.reserve_list, name="reserve-list"),
    path("funding/reserves/<uuid:pk>/", reserves.reserve_detail, name="reserve-detail"),
    path("funding/fallbacks/", fallbacks.fallback_list, name="fallback-list"),
    path("funding/fallbacks/<uuid:pk>/", fallbacks.fallback_detail, name="fallback-detail"),
    path("funding/fallbacks/<uuid:pk>/print/", fallbacks.fallback_print, name="fallback-print"),
]
