"""Changes of upkeep: keyword-only, atomic, with the actor, the scope and the day passed in."""

from maintenance.services.orders import PlannedQuantity, order_issue

__all__ = [
    "PlannedQuantity",
    "order_issue",
]
