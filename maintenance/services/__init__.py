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
from maintenance.services.assessments import LostPoints, assessment_record
from maintenance.services.claims import claim_move, claim_raise
from maintenance.services.costs import cost_record, cost_reverse
from maintenance.services.defect_moves import defect_move
from maintenance.services.defects import defect_add_photos, defect_place, defect_report
from maintenance.services.inspections import InspectionOutcome, inspection_record
from maintenance.services.keepers import (
    keeper_change,
)
from maintenance.services.log_reviews import log_review
from maintenance.services.logs import log_record, log_write
from maintenance.services.order_moves import (
    order_accept,
    order_cancel,
    order_close,
    order_confirm,
    order_inspect,
    order_move,
    order_start,
    order_submit,
)
from maintenance.services.order_quantities import (
    PlannedQuantity,
    order_quantities_plan,
    order_quantities_record,
)
from maintenance.services.orders import order_issue, order_update
from maintenance.services.patrols import patrol_plan_change, patrol_plan_create, patrol_record
from maintenance.services.payments import (
    payment_add_deduction,
    payment_draft,
    payment_move,
    payment_refresh,
    payment_remove_deduction,
)
from maintenance.services.posts import (
    attendance_record,
    post_create,
    post_update,
)
from maintenance.services.reports import (
    report_answer,
    report_link,
    report_open_defect,
    report_receive,
    report_reopen,
)
from maintenance.services.schedules import schedule_change, schedules_make
from maintenance.services.standards import standard_create, standard_update

__all__ = [
    "InspectionOutcome",
    "LostPoints",
    "PlannedQuantity",
    "agreement_create",
    "agreement_negotiate",
    "agreement_remove",
    "agreement_renew",
    "agreement_return_to_draft",
    "agreement_sign",
    "agreement_terminate",
    "agreement_update",
    "assessment_record",
    "attendance_record",
    "claim_move",
    "claim_raise",
    "cost_record",
    "cost_reverse",
    "defect_add_photos",
    "defect_move",
    "defect_place",
    "defect_report",
    "inspection_record",
    "keeper_change",
    "log_record",
    "log_review",
    "log_write",
    "order_accept",
    "order_cancel",
    "order_close",
    "order_confirm",
    "order_inspect",
    "order_issue",
    "order_move",
    "order_quantities_plan",
    "order_quantities_record",
    "order_start",
    "order_submit",
    "order_update",
    "patrol_plan_change",
    "patrol_plan_create",
    "patrol_record",
    "payment_add_deduction",
    "payment_draft",
    "payment_move",
    "payment_refresh",
    "payment_remove_deduction",
    "post_create",
    "post_update",
    "report_answer",
    "report_link",
    "report_open_defect",
    "report_receive",
    "report_reopen",
    "schedule_change",
    "schedules_make",
    "standard_create",
    "standard_update",
]
