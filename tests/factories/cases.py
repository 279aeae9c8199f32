"""Missed decisions and the cases that they become, as tests need them."""

from __future__ import annotations

import datetime

from oversight.kinds import CaseCause
from oversight.services.case_grounds import Grounds
from oversight.services.cases import case_notify, case_raise
from sites.access import scope_of
from sites.models import Organisation
from tests.factories.oversight import decided, meeting
from tests.factories.records import OrganisationFactory

DUE = datetime.date(2026, 3, 10)
"""The day until which the decision of `missed` was to be carried out."""


def government(area):
    """The government of a township."""
    found = Organisation.objects.filter(kind="township", area=area).first()
    return found or OrganisationFactory(name=f"{area.name}人民政府", kind="township", area=area)


def missed(world, *, due_on=DUE, organisation=None, site=None):
    """A decision that the first township's government was to carry out and did not."""
    site = site or world.own
    body = organisation or government(world.townships[0])
    held = meeting(world.district, held_on=due_on - datetime.timedelta(days=20), state="held")
    return decided(held, due_on=due_on, site=site, organisation=body)


def office(world):
    """The actor and the scope of the district's planner."""
    user = world.users["district_planner"]
    return {"actor": user, "scope": scope_of(user)}


def speaker(world, role="township_officer"):
    """The actor and the scope of somebody of the first township."""
    user = world.users[role]
    return {"actor": user, "scope": scope_of(user)}


def raised(world, *, on=None, decision=None, organisation=None, **values):
    """A case that the planner has raised about a missed decision, nothing sent yet."""
    given = decision or missed(world, organisation=organisation)
    return case_raise(
        grounds=Grounds(CaseCause.DECISION, decision=given),
        facts=values.pop("facts", "路基施工未按期完成。"),
        on=on or given.due_on + datetime.timedelta(days=5),
        **office(world),
        **values,
    )


def sent(world, **values):
    """A case whose letter of the first level went out on the day it was raised."""
    case = raised(world, **values)
    return case_notify(case=case, on=case.raised_on, **office(world))
