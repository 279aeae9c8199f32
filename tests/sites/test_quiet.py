"""Quiet sites: at work, and nothing heard of them."""

from __future__ import annotations

import datetime

import pytest
from django.db.models import Q

from sites import quiet
from sites.kinds import State
from sites.models import ProjectSite
from sites.quiet import quiet_condition, register_evidence
from tests.factories import ProjectSiteFactory
from tests.factories.progress import TODAY, at_work, reported

pytestmark = pytest.mark.django_db


def _is_quiet(site, as_of=TODAY):
    return ProjectSite.objects.filter(quiet_condition(as_of, 30), pk=site.pk).exists()


def test_a_site_without_evidence_is_quiet(world):
    assert _is_quiet(at_work(world.own))


@pytest.mark.parametrize(("days_ago", "quiet_site"), [(30, False), (31, True)])
def test_an_entry_is_evidence_for_the_days_of_the_setting(world, days_ago, quiet_site):
    at_work(world.own)
    reported(world, 20, on=TODAY - datetime.timedelta(days=days_ago))
    assert _is_quiet(world.own) is quiet_site


def test_work_that_has_just_begun_is_not_quiet(world):
    site = at_work(world.own, actual_start=TODAY - datetime.timedelta(days=5))
    assert not _is_quiet(site)


@pytest.mark.parametrize("state", [State.COMPLETED, State.SUSPENDED, State.APPROVED])
def test_only_sites_at_work_can_be_quiet(world, state):
    assert not _is_quiet(ProjectSiteFactory(state=state, area=world.villages[0]))


def test_apps_above_add_evidence(world, monkeypatch):
    monkeypatch.setattr(quiet, "_further", [])
    site = at_work(world.own)
    register_evidence(lambda since: Q(pk=site.pk))
    assert not _is_quiet(site)
