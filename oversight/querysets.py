"""Reads of steering: by area; what belongs to a site goes with the site."""

from __future__ import annotations

import datetime
from typing import Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q

from sites.access import Viewer, code_prefix_condition, scope_of
from sites.kinds import OrganisationKind, Role, Visibility
from sites.querysets import AreaRowQuerySet


class ResponsibilityQuerySet(models.QuerySet[Any]):
    """Who answers for a site, a programme or a township's part of it."""

    def visible_to(self, viewer: Viewer) -> Self:
        """What stands for a site goes with the site; the rest is known to all who hold a role."""
        scope = scope_of(viewer)
        if scope.everything:
            return self
        sites = apps.get_model("sites", "ProjectSite")._default_manager.all()
        own = Q(Exists(sites.visible_to(scope).filter(pk=OuterRef("site_id"))))
        if scope.grants:
            own |= Q(site__isnull=True)
        return self.filter(own)


class MeetingQuerySet(AreaRowQuerySet):
    """Dispatch meetings."""

    def visible_to(self, viewer: Viewer) -> Self:
        """The office and evaluators by area; a township also the meetings of its district.

        Its officers attend them; the agenda shows each only the sites that they know.
        """
        scope = scope_of(viewer)
        if scope.everything:
            return self
        codes = scope.area_codes()
        above = {code[:digits] for code in codes for digits in (6, 9) if len(code) > digits}
        own = code_prefix_condition("area_code", codes)
        return self.filter(own | Q(area_code__in=above))


class DecisionQuerySet(AreaRowQuerySet):
    """Decisions of dispatch meetings."""

    def visible_to(self, viewer: Viewer) -> Self:
        """The office and evaluators by area; a body those addressed to it, once they stand.

        A decision stands when its meeting was held; before, it is a draft of the office.
        """
        scope = scope_of(viewer)
        if scope.everything:
            return self
        own = Q(organisation_id__in=scope.organisation_ids(), meeting__state="held")
        return self.filter(code_prefix_condition("area_code", scope.area_codes()) | own)

    def overdue(self, as_of: datetime.date) -> Self:
        """Open decisions of held meetings whose day is over."""
        return self.filter(state="open", meeting__state="held", due_on__lt=as_of)


class CaseQuerySet(AreaRowQuerySet):
    """Cases of accountability."""

    def visible_to(self, viewer: Viewer) -> Self:
        """The office and evaluators by area; the rest the cases that were sent out.

        A township sees those of its area and those about its own government, a body its own.
        A case about a restricted site is known to evaluators no more than the site is.
        """
        scope = scope_of(viewer)
        if scope.everything:
            return self
        leading = scope.area_codes((Role.DISTRICT_PLANNER,))
        watching = code_prefix_condition("area_code", scope.area_codes((Role.EVALUATOR,)))
        open_to_all = Q(site__isnull=True) | ~Q(site__visibility=Visibility.RESTRICTED)
        townships = scope.area_codes((Role.TOWNSHIP_OFFICER,))
        about = Q(organisation_id__in=scope.organisation_ids())
        if townships:
            about |= code_prefix_condition("area_code", townships) | Q(
                code_prefix_condition("organisation__area__code", townships),
                organisation__kind=OrganisationKind.TOWNSHIP,
            )
        sent = about & ~Q(state="raised")
        seen = code_prefix_condition("area_code", leading) | watching & open_to_all
        return self.filter(seen | sent)

    def overdue(self, as_of: datetime.date) -> Self:
        """Cases whose reply was due before the day and has not come."""
        return self.filter(state="notified", reply_due_on__lt=as_of)

    def about(self, viewer: Viewer) -> Self:
        """Cases about a body for which the viewer speaks: its member, or the township's officer."""
        scope = scope_of(viewer)
        townships = [
            code
            for grant in scope.grants
            if grant.role == Role.TOWNSHIP_OFFICER
            for code in grant.area_codes
        ]
        return self.filter(
            Q(organisation_id__in=scope.organisation_ids())
            | Q(
                organisation__kind=OrganisationKind.TOWNSHIP, organisation__area__code__in=townships
            )
        )
