"""The person in charge of a stretch, who may change while the agreement stays as it was signed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction

from maintenance.kinds import AgreementState, PartyRole
from maintenance.models import Agreement, AgreementScope
from maintenance.parties import office_of, roles_in
from maintenance.services.agreement_access import held, require_state
from maintenance.services.agreements import touch_agreement
from sites.access import Scope
from sites.services.authorship import authored
from sites.services.errors import NotPermitted, RefusedByRegister

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@transaction.atomic
def keeper_change(
    *,
    row: AgreementScope,
    name: str,
    phone: str,
    actor: User | None,
    scope: Scope,
    expected_version: int | None = None,
    reason: str = "",
) -> Agreement:
    """Name who is in charge of a stretch of a signed agreement; the old name stays in the history.

    The executor names its own people, and the office of the area may. An empty name says that
    nobody is in charge, and the asset counts as one without keeper. `expected_version` is the
    agreement's. Raises `ConcurrentChange`, `NotPermitted`, `WrongMoment` or `RefusedByRegister`.
    """
    agreement = held(row.agreement, expected_version)
    is_office = office_of(scope, agreement.area_code) is not None
    if not is_office and PartyRole.EXECUTOR not in roles_in(scope, agreement):
        raise NotPermitted
    require_state(agreement, AgreementState.SIGNED, AgreementState.RENEWED)
    current = AgreementScope.objects.select_for_update(of=("self",)).get(pk=row.pk)
    current.keeper_name, current.keeper_phone = name.strip(), phone.strip()
    try:
        current.full_clean()
    except ValidationError as error:
        raise RefusedByRegister.from_validation(error) from error
    with authored(actor=actor, reason=reason):
        # Only these columns: the database refuses to write the others once it is signed.
        current.save(update_fields=["keeper_name", "keeper_phone"])
        touch_agreement(agreement)
    agreement.refresh_from_db()
    return agreement
