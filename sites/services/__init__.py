"""Changes of the register: keyword-only, atomic, with the actor and the date passed in."""

from sites.services.areas import area_create, area_remove, area_update
from sites.services.errors import (
    ConcurrentChange,
    GateNotMet,
    IllegalTransition,
    InUse,
    NotPermitted,
    ReasonMissing,
    RefusedByRegister,
    ServiceError,
)
from sites.services.memberships import membership_create, membership_remove, membership_update
from sites.services.milestones import (
    PlannedMilestone,
    milestone_done,
    milestones_save,
    planned_progress_save,
)
from sites.services.organisations import (
    organisation_create,
    organisation_remove,
    organisation_update,
)
from sites.services.programmes import programme_create, programme_remove, programme_update
from sites.services.progress import AlreadyReviewed, progress_record, progress_review
from sites.services.service_records import (
    RecordStands,
    service_record_remove,
    service_record_return,
    service_record_save,
    service_record_verify,
)
from sites.services.site_records import site_create, site_remove, site_update
from sites.services.site_states import site_move_state
from sites.services.targets import target_remove, target_save
from sites.services.tokens import tokens_revoke

__all__ = [
    "AlreadyReviewed",
    "ConcurrentChange",
    "GateNotMet",
    "IllegalTransition",
    "InUse",
    "NotPermitted",
    "PlannedMilestone",
    "ReasonMissing",
    "RecordStands",
    "RefusedByRegister",
    "ServiceError",
    "area_create",
    "area_remove",
    "area_update",
    "membership_create",
    "membership_remove",
    "membership_update",
    "milestone_done",
    "milestones_save",
    "organisation_create",
    "organisation_remove",
    "organisation_update",
    "planned_progress_save",
    "programme_create",
    "programme_remove",
    "programme_update",
    "progress_record",
    "progress_review",
    "service_record_remove",
    "service_record_return",
    "service_record_save",
    "service_record_verify",
    "site_create",
    "site_move_state",
    "site_remove",
    "site_update",
    "target_remove",
    "target_save",
    "tokens_revoke",
]
