"""Public-benefit posts as a viewer may see them: names are for the office and the parties."""

from __future__ import annotations

from django.db.models import BooleanField, Case, Exists, OuterRef, Q, Value, When

from maintenance.models import AgreementParty, UpkeepPost
from maintenance.querysets import AgreementPartQuerySet
from sites.access import Scope, code_prefix_condition
from sites.kinds import OFFICE_ROLES


def posts_seen(scope: Scope) -> AgreementPartQuerySet:
    """Return the posts that a scope may see, each with `sees_names`."""
    known = Q(pk__isnull=False) if scope.everything else _concerned(scope)
    posts = UpkeepPost.objects.visible_to(scope).select_related("agreement")
    seen: AgreementPartQuerySet = posts.annotate(
        sees_names=Case(
            When(known, then=Value(True)), default=Value(False), output_field=BooleanField()
        )
    )
    return seen


def _concerned(scope: Scope) -> Q:
    parties = AgreementParty.objects.filter(organisation_id__in=scope.organisation_ids())
    own = Q(Exists(parties.filter(agreement_id=OuterRef("agreement_id"))))
    return own | code_prefix_condition("agreement__area_code", scope.area_codes(OFFICE_ROLES))
