"""Changes of upkeep: keyword-only, atomic, with the actor, the scope and the day passed in."""

from maintenance.services.agreement_states import (
    agreement_negotiate,
    agreement_return_to_draft,
    agreement_sign,
    agreement_terminate,
)
from maintenance.services.agreements import (
    agreement_create,
    agreement_remove,
    agreement_renew,
    agreement_update,
)
from maintenance.services.keepers import (
    keeper_change,
)
from maintenance.services.orders import PlannedQuantity, order_issue
from maintenance.services.posts import (
    attendance_record,
    post_create,
    post_update,
)

__all__ = [
    "PlannedQuantity",
    "agreement_create",
    "agreement_negotiate",
    "agreement_remove",
    "agreement_renew",
    "agreement_return_to_draft",
    "agreement_sign",
    "agreement_terminate",
    "agreement_update",
    "attendance_record",
    "keeper_change",
    "order_issue",
    "post_create",
    "post_update",
]
