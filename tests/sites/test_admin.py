"""The administration: nothing from outside, no state by hand, no bad geometry."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sites.api.authentication import issue_token
from sites.models import ApiToken, ProjectSite

PAGES = ("area", "organisation", "membership", "programme", "sitecategory", "milestone")


@pytest.fixture
def admin(world):
    user = get_user_model().objects.create_superuser("chief", password="x")
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


def _address(world):
    return reverse("admin:sites_projectsite_change", args=[world.own.pk])


def _form(client, address, **changes):
    """What a browser would send back, with some fields changed."""
    form = client.get(address).context["adminform"].form
    fields = {name: form[name].value() for name in form.fields}
    sent = {
        name: value for name, value in fields.items() if value is not None and value is not False
    }
    return client.post(address, {**sent, **changes})


@pytest.mark.parametrize("name", [*PAGES, "projectsite"])
def test_no_page_loads_or_runs_anything_that_the_policy_forbids(world, admin, name):
    addresses = [reverse(f"admin:sites_{name}_changelist")]
    if name in PAGES:
        addresses.append(reverse(f"admin:sites_{name}_add"))
    else:
        addresses.append(_address(world))
    for address in addresses:
        page = admin.get(address).content.decode()
        assert not re.findall(r'(?:src|href|action)="(?:https?:)?//', page)
        assert not re.findall(r"<script(?![^>]*(?:src=|application/json))", page)
        assert not re.findall(r'\son\w+="', page)


def test_a_site_is_changed_and_its_state_is_not(world, admin):
    response = _form(admin, _address(world), name="新名", state="closed", kind="housing")
    world.own.refresh_from_db()
    assert response.status_code == 302
    assert (world.own.name, world.own.state, world.own.kind) == (
        "新名",
        "under_construction",
        "road",
    )
    assert world.own.updated_by.username == "chief"


@pytest.mark.parametrize(
    "geometry",
    [
        '{"type": "LineString", "coordinates": [[1000, 2000], [1, 1]]}',
        '{"type": "LineString", "coordinates": [[1e999, 31], [1, 1]]}',
        '{"type": "Point", "coordinates": [117, 31]}',
        "POINT (117 31)",
        "",
    ],
)
def test_a_bad_geometry_is_refused_with_a_sentence(world, admin, geometry):
    response = _form(admin, _address(world), planned_geometry=geometry)
    assert response.status_code == 200
    assert response.context["errors"]
    assert ProjectSite.objects.get(pk=world.own.pk).version == 1


def test_an_unchanged_geometry_is_not_written_anew(world, admin):
    assert _form(admin, _address(world)).status_code == 302
    world.own.refresh_from_db()
    assert world.own.planned_geometry.coords == ((117.05, 31.05), (117.07, 31.06))


def test_a_token_is_revoked_by_hand(world, admin):
    issue_token(world.users["evaluator"], now=timezone.now())
    token = ApiToken.objects.get()
    address = reverse("admin:sites_apitoken_changelist")
    admin.post(address, {"action": "revoke", "_selected_action": [str(token.pk)]})
    token.refresh_from_db()
    assert token.revoked_at is not None
    assert token.digest not in admin.get(address).content.decode()
