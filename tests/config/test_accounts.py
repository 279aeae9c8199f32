"""Signing in and out, the lockout, the demo's doors, and the first account."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.test import Client, RequestFactory
from django.utils import timezone

from config.client_address import client_address
from sites.api.authentication import issue_token
from sites.models import ApiToken, DemoMarker
from tests.factories import UserFactory

SIGN_IN = "/accounts/sign-in/"
DEMO = "/accounts/demo/"
PASSWORD = "right horse battery staple"


@pytest.fixture
def demo(world):
    DemoMarker.objects.create(seed=1, scale="district")
    return world


def _sign_in(client, password=PASSWORD, **extra):
    return client.post(SIGN_IN, {"username": "evaluator", "password": password, **extra})


def test_one_signs_in_and_is_where_one_wanted_to_be(world, client):
    response = _sign_in(client, next="/sites/")
    assert (response.status_code, response.headers["Location"]) == (302, "/sites/")
    assert client.get(SIGN_IN).status_code == 302


def test_nobody_is_led_to_another_host(world, client):
    response = _sign_in(client, next="https://elsewhere.example/")
    assert response.headers["Location"] == "/"


def test_five_failures_lock_the_door_and_the_page_says_for_how_long(world):
    client = Client(headers={"accept-language": "en"})
    answers = [_sign_in(client, "wrong").status_code for _attempt in range(5)]
    assert answers == [200, 200, 200, 200, 429]
    response = _sign_in(client)
    assert (response.status_code, response.headers["Retry-After"]) == (429, "900")
    assert "Try again in 15 minutes." in response.content.decode()
    assert client.get("/").status_code == 302


def test_another_address_is_not_locked_out(world, client):
    for _attempt in range(6):
        _sign_in(client, "wrong")
    elsewhere = Client(REMOTE_ADDR="10.1.1.1")
    assert _sign_in(elsewhere).status_code == 302


def test_a_client_cannot_choose_its_address(world, client):
    for number in range(6):
        client.post(
            SIGN_IN,
            {"username": "evaluator", "password": "wrong"},
            headers={"x-forwarded-for": f"10.0.0.{number}"},
        )
    assert _sign_in(client).status_code == 429


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        ([], "10.0.0.9", "127.0.0.1"),
        (["127.0.0.1"], "10.0.0.9", "10.0.0.9"),
        (["127.0.0.1"], "1.1.1.1, 10.0.0.9", "10.0.0.9"),
        (["127.0.0.1", "10.0.0.0/8"], "1.1.1.1, 10.0.0.9", "1.1.1.1"),
        (["127.0.0.1"], "rubbish", "127.0.0.1"),
        (["127.0.0.1"], "", "127.0.0.1"),
    ],
)
def test_the_address_comes_from_a_trusted_proxy_only(settings, proxies, forwarded, address):
    settings.TRUSTED_PROXIES = proxies
    request = RequestFactory().get("/", headers={"x-forwarded-for": forwarded})
    assert client_address(request) == address


def test_signing_out_needs_a_post(world, client):
    client.force_login(world.users["evaluator"])
    assert client.get("/accounts/sign-out/").status_code == 405
    assert client.post("/accounts/sign-out/").headers["Location"] == SIGN_IN
    assert client.get("/sites/").status_code == 302


def test_a_new_password_closes_the_tokens(world, client):
    user = world.users["evaluator"]
    issue_token(user, now=timezone.now())
    client.force_login(user)
    new = "an entirely other horse"
    fields = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    assert client.post("/accounts/password/", fields).status_code == 302
    assert not ApiToken.objects.filter(revoked_at__isnull=True)
    assert client.get("/sites/").status_code == 200


def test_the_demo_offers_a_door_for_each_role(demo, client):
    page = client.get(SIGN_IN).content.decode()
    assert page.count('name="role"') == 6
    response = client.post(DEMO, {"role": "township_officer"})
    assert response.headers["Location"] == "/"
    assert client.get("/").wsgi_request.user == demo.users["township_officer"]


def test_the_doors_need_the_demo_and_the_setting(demo, client, settings):
    settings.DEMO_SIGN_IN = False
    assert 'name="role"' not in client.get(SIGN_IN).content.decode()
    assert client.post(DEMO, {"role": "evaluator"}).status_code == 404
    settings.DEMO_SIGN_IN = True
    DemoMarker.objects.all().delete()
    assert client.post(DEMO, {"role": "evaluator"}).status_code == 404


def test_no_door_leads_to_more_than_a_role(demo, client):
    users = get_user_model().objects
    users.create_superuser("root", password=PASSWORD)
    users.filter(username="evaluator").update(is_staff=True)
    for role in ("root", "evaluator", "", "nobody"):
        assert client.post(DEMO, {"role": role}).status_code == 404


def test_the_doors_are_guarded_against_other_sites(demo):
    client = Client(enforce_csrf_checks=True)
    assert client.post(DEMO, {"role": "evaluator"}).status_code == 403


def test_production_has_no_doors(settings):
    source = Path(settings.BASE_DIR, "config", "settings", "production.py")
    assert "DEMO_SIGN_IN = False" in source.read_text(encoding="utf-8")


def test_the_first_account_gets_a_password_that_only_its_owner_can_read(db, tmp_path, capsys):
    file = tmp_path / "password"
    call_command("bootstrap_admin", username="chief", password_file=str(file))
    password = file.read_text().strip()
    user = get_user_model().objects.get(username="chief")
    assert user.is_superuser
    assert user.check_password(password)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert password not in capsys.readouterr().out
    call_command("bootstrap_admin", username="chief", password_file=str(file))
    assert get_user_model().objects.count() == 1


def test_an_existing_password_file_is_left_alone(db, tmp_path):
    file = tmp_path / "password"
    file.write_text("mine")
    with pytest.raises(CommandError):
        call_command("bootstrap_admin", username="chief", password_file=str(file))
    assert file.read_text() == "mine"
    assert not get_user_model().objects.exists()


def test_an_inactive_person_cannot_sign_in(db, client):
    UserFactory(username="gone", is_active=False)
    client.post(SIGN_IN, {"username": "gone", "password": PASSWORD})
    assert client.get("/").status_code == 302
