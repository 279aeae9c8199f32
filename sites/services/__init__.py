"""Changes of the register: keyword-only, atomic, with the actor and the date passed in."""

from sites.services.errors import (
    ConcurrentChange,
    IllegalTransition,
    NotPermitted,
    ReasonMissing,
    RefusedByRegister,
    ServiceError,
)
from sites.services.progress import progress_record
from sites.services.site_records import site_create, site_remove, site_update
from sites.services.site_states import site_move_state

__all__ = [
    "ConcurrentChange",
    "IllegalTransition",
    "NotPermitted",
    "ReasonMissing",
    "RefusedByRegister",
    "ServiceError",
    "progress_record",
    "site_create",
    "site_move_state",
    "site_remove",
    "site_update",
]
