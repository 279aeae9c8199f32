"""Reads of the register that follow one another like words of a sentence."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db import models
from django.db.models import (
    Case,
    CharField,
    DateField,
    Exists,
    F,
    OuterRef,
    Q,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Greatest

from sites.access import Scope, Viewer, code_prefix_condition, scope_of
from sites.functions import BoxInMapProjection, DaysAfter
from sites.geometry import Box
from sites.kinds import (
    OFFICE_ROLES,
    STATES_FINISHED,
    Delay,
    Kind,
    Role,
    Visibility,
)

if TYPE_CHECKING:
    from sites.models import Area


class AreaQuerySet(models.QuerySet[Any]):
    """Areas."""

    def visible_to(self, viewer: Viewer) -> Self:
        """Administrative units are no secret: every signed-in person sees all of them."""
        scope = scope_of(viewer)
        if scope.everything or scope.grants:
            return self
        return self.public() if scope.is_public else self.none()

    def public(self) -> Self:
        """Units shown to the public: district, township and village."""
        return self.filter(level__in=["district", "township", "village"])

    def in_force(self, day: datetime.date) -> Self:
        """Units whose code is valid on the day."""
        return self.filter(valid_from__lte=day).filter(
            Q(valid_to__isnull=True) | Q(valid_to__gt=day)
        )

    def within(self, code: str) -> Self:
        """The unit with the code and everything below it."""
        return self.filter(code__startswith=code)

    def administered_by(self, viewer: Viewer) -> Self:
        """Units that lie inside the viewer's own area scope."""
        scope = scope_of(viewer)
        if scope.everything:
            return self
        return self.filter(code_prefix_condition("code", scope.area_codes()))


class OrganisationQuerySet(models.QuerySet[Any]):
    """Organisations."""

    def visible_to(self, viewer: Viewer) -> Self:
        """The office and evaluators see all; members of bodies see their own and public bodies."""
        scope = scope_of(viewer)
        if scope.everything or scope.area_codes():
            return self
        if not scope.grants:
            return self.none()
        return self.filter(
            Q(pk__in=scope.organisation_ids())
            | Q(
                kind__in=[
                    "livelihood_office",
                    "lead_department",
                    "township",
                    "village_committee",
                ]
            )
        )


class ProgrammeQuerySet(models.QuerySet[Any]):
    """Programmes."""

    def visible_to(self, viewer: Viewer) -> Self:
        """Programmes are public policy; every signed-in person with a role sees them."""
        scope = scope_of(viewer)
        return self if scope.everything or scope.grants or scope.is_public else self.none()


class MembershipQuerySet(models.QuerySet[Any]):
    """Memberships."""

    def in_force(self, day: datetime.date) -> Self:
        """Memberships valid on the day."""
        return self.filter(valid_from__lte=day).filter(
            Q(valid_to__isnull=True) | Q(valid_to__gt=day)
        )

    def visible_to(self, viewer: Viewer) -> Self:
        """The planner sees the memberships inside the own areas; everybody sees their own."""
        scope = scope_of(viewer)
        if scope.everything:
            return self
        own = Q(user_id=scope.user_id) if scope.user_id else Q(pk__in=[])
        if not scope.manages_register:
            return self.filter(own)
        # Through a subquery: two areas of one membership must not list it twice.
        inside = self.model._default_manager.filter(
            code_prefix_condition("areas__code", scope.area_codes())
            | code_prefix_condition("organisations__area__code", scope.area_codes())
        )
        return self.filter(own | Q(pk__in=inside.values("pk")))


class ProjectSiteQuerySet(models.QuerySet[Any]):
    """Project sites."""

    def visible_to(self, viewer: Viewer) -> Self:
        """The sites that the viewer may see: the only way to rows for every page and service."""
        scope = scope_of(viewer)
        present = self.filter(removed_at__isnull=True)
        if scope.everything:
            return present
        if scope.is_public:
            return present.published()
        return present.filter(_site_condition(scope))

    def published(self) -> Self:
        """Sites open to the public: never housing, never a private category."""
        return (
            self.filter(visibility=Visibility.PUBLIC)
            .exclude(kind=Kind.HOUSING)
            .exclude(category__is_private=True)
        )

    def of_kind(self, kind: str) -> Self:
        """Sites of one kind."""
        return self.filter(kind=kind)

    def within(self, area: Area | str) -> Self:
        """Sites in an administrative unit, given itself or its code, and in all below it."""
        code = area if isinstance(area, str) else area.code
        return self.filter(area_code__startswith=code)

    def in_box(self, box: Box) -> Self:
        """Sites whose shown geometry meets the box of degrees."""
        envelope = BoxInMapProjection(box.west, box.south, box.east, box.north)
        return self.filter(geometry_3857__bboverlaps=envelope)

    def finished(self) -> Self:
        """Sites whose work is done and not under rectification."""
        return self.filter(state__in=STATES_FINISHED)

    def with_delay(self, as_of: datetime.date, *, red_days: int) -> Self:
        """Add `days_late` (days behind plan, 0 when on time or done) and the light `delay`.

        Before work starts the planned start counts as well as the planned finish. Finished and
        cancelled sites are green: nothing is left to be done. The borders are our choice
        (`DELAY_RED_DAYS`).
        """
        today = Value(as_of, output_field=DateField())
        days = Greatest(Coalesce(DaysAfter(today, F("due_on")), 0), Value(0))
        return self.annotate(days_late=days).annotate(
            delay=Case(
                When(days_late__gt=red_days, then=Value(Delay.RED.value)),
                When(days_late__gt=0, then=Value(Delay.YELLOW.value)),
                default=Value(Delay.GREEN.value),
                output_field=CharField(max_length=6),
            )
        )


def _site_condition(scope: Scope) -> Q:
    """Return which sites a signed-in scope sees, as one condition on the site's own columns."""
    condition = Q(pk__in=[])
    office = scope.area_codes(OFFICE_ROLES)
    if office:
        condition |= code_prefix_condition("area_code", office)
    unrestricted = ~Q(visibility=Visibility.RESTRICTED)
    evaluated = scope.area_codes((Role.EVALUATOR,))
    if evaluated:
        condition |= unrestricted & code_prefix_condition("area_code", evaluated)
    organisations = scope.organisation_ids()
    if organisations:
        condition |= unrestricted & (
            Q(contractor_id__in=organisations)
            | Q(supervisor_id__in=organisations)
            | Q(owner_organisation_id__in=organisations)
        )
    return condition


class SitePartQuerySet(models.QuerySet[Any]):
    """Rows that belong to one site: details, milestones, state changes, progress."""

    def visible_to(self, viewer: Viewer) -> Self:
        """Rows whose site the viewer may see; household rows only for the office."""
        scope = scope_of(viewer)
        sites = self.model._meta.get_field("site").related_model._default_manager
        if self.model._meta.model_name == "householdrecord":
            if not scope.sees_households:
                return self.none()
            if not scope.everything:
                office = scope.area_codes(OFFICE_ROLES)
                sites = sites.filter(code_prefix_condition("area_code", office))
        return self.filter(Exists(sites.all().visible_to(scope).filter(pk=OuterRef("site_id"))))


class AreaRowQuerySet(models.QuerySet[Any]):
    """Rows that carry their area's code: targets, service records, money, plans, cases."""

    def visible_to(self, viewer: Viewer) -> Self:
        """The office and evaluators see the rows of their areas; nobody else sees any."""
        scope = scope_of(viewer)
        if scope.everything:
            return self
        return self.filter(code_prefix_condition("area_code", scope.area_codes()))

    def within(self, code: str) -> Self:
        """The rows of the area with the code and of everything below it."""
        return self.filter(area_code__startswith=code)


class ImportRunQuerySet(models.QuerySet[Any]):
    """Import runs."""

    def visible_to(self, viewer: Viewer) -> Self:
        """A planner sees the runs of people with a role inside the own areas, others the own."""
        scope = scope_of(viewer)
        if scope.everything:
            return self
        if not scope.user_id:
            return self.none()
        own = Q(owner_id=scope.user_id)
        if not scope.manages_register:
            return self.filter(own)
        memberships = apps.get_model("sites", "Membership")._default_manager.all()
        return self.filter(own | Q(owner__in=memberships.visible_to(scope).values("user")))
