"""Logged work keeps a site from falling quiet, by a clock that can be believed."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from maintenance.quiet_evidence import logged
from sites.models import ProjectSite
from tests.factories.maintenance import signed_agreement
from tests.factories.money import log_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("shown", "came", "is_heard"),
    [(5, 5, True), (5, 1, True), (90, 1, False), (-27_000, 5, True), (-27_000, 90, False)],
)
def test_an_entry_is_evidence_for_the_days_in_which_it_was_made_and_came(
    world, shown, came, is_heard
):
    """Days before today that the phone showed, and in which the entry came."""
    now = timezone.now()
    moments = [now - datetime.timedelta(days=days) for days in (shown, came)]
    agreement = signed_agreement(world, assets=[world.own_asset])
    log_of(world, agreement, device_time=moments[0], received_at=moments[1])
    since = timezone.localdate(now) - datetime.timedelta(days=30)
    assert ProjectSite.objects.filter(logged(since), pk=world.own.pk).exists() is is_heard
