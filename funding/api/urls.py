"""API addresses of money."""

from __future__ import annotations

from django.urls import path

from funding.api.contracts import (
    ContractCollection,
    ContractRecord,
    ContractSettlements,
    ContractVariations,
)
from funding.api.documents import DocumentCollection, DocumentRecord
from funding.api.fallbacks import (
    FallbackApproval,
    FallbackCollection,
    FallbackRecord,
    FallbackWithdrawal,
)
from funding.api.ledger import (
    Balances,
    EntryCollection,
    EntryRecord,
    EntryReversal,
    SourceCollection,
)
from funding.api.reserves import ReserveCollection, ReserveDraws, ReserveRecord

urlpatterns = [
    path("funding", EntryCollection.as_view()),
    path("funding/sources", SourceCollection.as_view()),
    path("funding/balances", Balances.as_view()),
    path("funding/documents", DocumentCollection.as_view()),
    path("funding/documents/<uuid:pk>", DocumentRecord.as_view()),
    path("funding/<uuid:pk>", EntryRecord.as_view()),
    path("funding/<uuid:pk>/reversal", EntryReversal.as_view()),
    path("contracts", ContractCollection.as_view()),
    path("contracts/<uuid:pk>", ContractRecord.as_view()),
    path("contracts/<uuid:pk>/variations", ContractVariations.as_view()),
    path("contracts/<uuid:pk>/settlements", ContractSettlements.as_view()),
    path("reserves", ReserveCollection.as_view()),
    path("reserves/<uuid:pk>", ReserveRecord.as_view()),
    path("reserves/<uuid:pk>/draws", ReserveDraws.as_view()),
    path("fallbacks", FallbackCollection.as_view()),
    path("fallbacks/<uuid:pk>", FallbackRecord.as_view()),
    path("fallbacks/<uuid:pk>/approval", FallbackApproval.as_view()),
    path("fallbacks/<uuid:pk>/withdrawal", FallbackWithdrawal.as_view()),
]
