"""Programmes of every kind with targets and service records, for tests."""

from __future__ import annotations

import datetime
from decimal import Decimal

from django.utils import timezone

from sites.access import Scope
from sites.kinds import ProgrammeKind, ServiceState, Unit
from sites.models import ServiceRecord, Target
from tests.factories.records import ProgrammeFactory

TEXTS = {"policy_text": "政策", "beneficiaries_text": "对象", "procedure_text": "程序"}


def programme(code="JNPX-2023", kind=ProgrammeKind.TRAINING, unit=Unit.PERSON, **values):
    """A programme of a kind that has no sites, unless told otherwise."""
    return ProgrammeFactory(code=code, name=f"{code}项目", kind=kind, unit=unit, **values)


def target(of, area, assigned, *, measure="quantity", year=2023):
    """A target as it stands, without asking who set it."""
    row = Target.objects.create(
        programme=of, area=area, year=year, measure=measure, assigned=Decimal(assigned)
    )
    row.refresh_from_db()
    return row


def service_record(of, area, people=100, *, state=ServiceState.VERIFIED, **values):
    """A record of the first half of 2023."""
    row = ServiceRecord.objects.create(
        programme=of,
        area=area,
        title=values.pop("title", "第一期"),
        starts_on=values.pop("starts_on", datetime.date(2023, 3, 1)),
        ends_on=values.pop("ends_on", datetime.date(2023, 6, 30)),
        people=people,
        state=state,
        **values,
    )
    row.refresh_from_db()
    return row


INTERNAL = Scope.internal()


def today():
    """The day of the office."""
    return timezone.localdate()
