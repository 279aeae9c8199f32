"""API addresses of work orders, field entries and costs."""

from __future__ import annotations

from django.urls import URLPattern, path

from maintenance.api.costs import CostCollection, CostRecord, CostReversal
from maintenance.api.logs import LogCollection, LogRecord, LogReviews
from maintenance.api.order_actions import OrderMoves, OrderQuantities
from maintenance.api.orders import OrderCollection, OrderRecord

order_patterns: list[URLPattern] = [
    path("work-orders", OrderCollection.as_view(), name="api-orders"),
    path("work-orders/<uuid:pk>", OrderRecord.as_view(), name="api-order"),
    path("work-orders/<uuid:pk>/moves", OrderMoves.as_view(), name="api-order-moves"),
    path(
        "work-orders/<uuid:pk>/quantities",
        OrderQuantities.as_view(),
        name="api-order-quantities",
    ),
    path("logs", LogCollection.as_view(), name="api-logs"),
    path("logs/<uuid:pk>", LogRecord.as_view(), name="api-log"),
    path("logs/<uuid:pk>/reviews", LogReviews.as_view(), name="api-log-reviews"),
    path("costs", CostCollection.as_view(), name="api-costs"),
    path("costs/<uuid:pk>", CostRecord.as_view(), name="api-cost"),
    path("costs/<uuid:pk>/reversal", CostReversal.as_view(), name="api-cost-reversal"),
]
