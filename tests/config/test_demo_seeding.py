"""`seed_demo` fills an empty register once, and only an empty one."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import Sum
from django.utils import timezone

from assets.models import AssetSource
from config.management.commands import seed_demo
from maintenance.models import MaintenanceLog
from sites.access import scope_of
from sites.demo.density import DEFAULT_SEED, DISTRICT, Scale
from sites.demo.generator import generate
from sites.kinds import Role
from sites.models import Area, DemoMarker, HouseholdRecord, ProgressEntry, ProjectSite, StateChange

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path, monkeypatch, settings):
    """The accounts' file in a folder of its own, and settings that allow a demo."""
    settings.DEMO_SIGN_IN = True
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    path = tmp_path / "local" / "demo-accounts.json"
    monkeypatch.setattr(seed_demo, "accounts_file", lambda: path)
    return path


@pytest.fixture(scope="module")
def thin():
    """Two districts, thinly filled."""
    scale = Scale("thin", 2, replace(DISTRICT, hamlets=250, houses=120, ponds=30))
    return list(generate(scale, seed=DEFAULT_SEED, as_of=timezone.localdate()))


@pytest.fixture
def small(monkeypatch, thin):
    """The thin districts in place of the whole demo."""
    monkeypatch.setattr(seed_demo, "generate", lambda scale, **_: iter(thin[: scale.districts]))


def test_the_whole_demo_holds_680_km_of_finished_road_in_2023(file):
    call_command("seed_demo")
    roads = ProjectSite.objects.of_kind("road").filter(year=2023).finished()
    lengths = roads.aggregate(declared=Sum("declared_length_m"), measured=Sum("measured_length_m"))
    assert roads.count() == 214
    assert lengths["declared"] == 680_000
    assert lengths["measured"] == pytest.approx(680_000, rel=0.001)
    assert not ProjectSite.objects.exclude(source="demo").exists()
    assert DemoMarker.objects.exists()


def test_a_demo_is_whole_and_seeded_once(file, small):
    """Seeding takes most of a minute, so what is true of one demo is asked of one demo."""
    call_command("seed_demo")
    accounts_can_sign_in_and_the_file_is_the_owners_alone(file)
    each_account_sees_a_part_of_its_own()
    each_site_has_its_detail_and_each_move_its_record()
    another_seed_is_refused_and_seeding_again_changes_nothing(file)
    a_lost_file_gives_new_passwords(file)


def accounts_can_sign_in_and_the_file_is_the_owners_alone(file):
    accounts = {account["username"]: account for account in json.loads(file.read_text("utf-8"))}
    assert file.stat().st_mode & 0o777 == 0o600
    assert {account["role"] for account in accounts.values()} == set(Role.values)
    for username, account in accounts.items():
        user = User.objects.get(username=username)
        assert user.check_password(account["password"])
        assert {role.value for role in scope_of(user).roles} == {account["role"]}


def each_account_sees_a_part_of_its_own():
    seen = {
        user.username: set(
            ProjectSite.objects.visible_to(scope_of(user)).values_list("code", flat=True)
        )
        for user in User.objects.all()
    }
    everything = set(ProjectSite.objects.values_list("code", flat=True))
    assert seen["district_planner"] == everything
    for name, codes in seen.items():
        if name not in ("district_planner", "evaluator"):
            assert 0 < len(codes) < len(everything) / 2, name
    for role in ("township_officer", "company_member", "association_member", "cooperative_member"):
        assert not seen[role] & seen[f"{role}_2"], role
    assert not any("-H" in code for code in seen["company_member"] | seen["evaluator"])


def each_site_has_its_detail_and_each_move_its_record():
    for kind in ("road", "village_centre", "water_works", "housing", "facility"):
        assert not ProjectSite.objects.of_kind(kind).filter(**{f"{kind}__isnull": True}).exists()
    assert HouseholdRecord.objects.count() == ProjectSite.objects.of_kind("housing").count()
    moved = ProjectSite.objects.exclude(state="proposed")
    last = dict(
        StateChange.objects.order_by("effective_on", "id").values_list("site__code", "to_state")
    )
    assert last == dict(moved.values_list("code", "state"))


def another_seed_is_refused_and_seeding_again_changes_nothing(file):
    rows = list(ProjectSite.objects.order_by("code").values_list("id", "version", "updated_at"))
    passwords = file.read_bytes()
    with pytest.raises(CommandError):
        call_command("seed_demo", seed=5)
    call_command("seed_demo")
    again = ProjectSite.objects.order_by("code").values_list("id", "version", "updated_at")
    assert list(again) == rows
    assert file.read_bytes() == passwords
    assert User.objects.count() == 10


def a_lost_file_gives_new_passwords(file):
    old = {a["username"]: a["password"] for a in json.loads(file.read_text("utf-8"))}
    file.unlink()
    call_command("seed_demo")
    for account in json.loads(file.read_text("utf-8")):
        assert account["password"] != old[account["username"]]
        assert User.objects.get(username=account["username"]).check_password(account["password"])


def test_a_register_with_other_data_is_refused(file, world):
    with pytest.raises(CommandError):
        call_command("seed_demo")
    before = Area.objects.count()
    call_command("seed_demo", if_empty=True)
    assert Area.objects.count() == before
    assert not DemoMarker.objects.exists()


def test_settings_without_demo_sign_in_are_refused(file, settings):
    settings.DEMO_SIGN_IN = False
    with pytest.raises(CommandError):
        call_command("seed_demo")


def test_a_city_holds_several_districts_that_do_not_overlap(file, small):
    call_command("seed_demo", scale="city")
    first, second = Area.objects.filter(level="district").order_by("code")
    assert first.boundary.intersection(second.boundary).area < 1e-9
    planner = User.objects.get(username="district_planner")
    assert ProjectSite.objects.visible_to(planner).count() == ProjectSite.objects.count()


def test_the_planner_knows_what_was_seeded_before_figures_are_read(file, small, monkeypatch):
    seen = {}

    def steering(**_):
        with connection.cursor() as cursor:
            for model in (ProjectSite, ProgressEntry, StateChange, AssetSource, MaintenanceLog):
                table = model._meta.db_table
                cursor.execute("SELECT reltuples FROM pg_class WHERE oid = %s::regclass", [table])
                seen[table] = (cursor.fetchone()[0], model._default_manager.count())

    monkeypatch.setattr(seed_demo, "load_steering", steering)
    monkeypatch.setattr(seed_demo, "load_coverage", lambda **_: None)
    monkeypatch.setattr(seed_demo, "load_reports", lambda **_: None)
    call_command("seed_demo", scale="city")
    assert all(known == there > 0 for known, there in seen.values()), seen
