"""Findings: raised by whom, rectified with photos, rechecked by somebody else."""

from __future__ import annotations

import datetime

import pytest

from assets.kinds import FindingState, PhotoStage, Severity
from assets.models import Finding, FindingPhoto, Photo
from assets.services.errors import RecordFixed, RoleConflict, WrongMoment
from assets.services.findings import finding_raise, finding_recheck, finding_rectify
from sites.access import Scope, scope_of
from sites.kinds import Role, State
from sites.services import ConcurrentChange, NotPermitted, ReasonMissing, RefusedByRegister
from sites.services.site_states import site_move_state
from tests.factories import MembershipFactory, OrganisationFactory, UserFactory
from tests.factories.acceptance import HELD, completed_road, fresh, opened
from tests.factories.photos import kept_photo

LATER = HELD + datetime.timedelta(days=10)


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def by(world, role):
    user = world.users[role]
    return {"actor": user, "scope": scope_of(user)}


def raised(acceptance, **values):
    given = {
        "text": "K1+200处路面断板",
        "severity": Severity.MODERATE,
        "due_on": LATER,
        "on": HELD,
        "actor": None,
        "scope": Scope.internal(),
        **values,
    }
    return finding_raise(acceptance=acceptance, **given)


def rectified(world, finding, role="company_member", **values):
    user = world.users[role]
    photos = values.pop("photos", None)
    photos = [kept_photo(uploaded_by=user)] if photos is None else photos
    return finding_rectify(
        finding=finding, on=LATER, note="已修复", photos=photos, **by(world, role), **values
    )


def rechecked(world, finding, role="township_officer", *, passed=True, note="", **values):
    return finding_recheck(
        finding=finding, passed=passed, on=LATER, note=note, **by(world, role), **values
    )


@pytest.mark.parametrize(
    ("role", "may"),
    [
        ("district_planner", True),
        ("township_officer", True),
        ("association_member", True),
        ("company_member", False),
        ("cooperative_member", False),
        ("evaluator", False),
    ],
)
def test_the_office_and_who_inspects_raise_findings(world, role, may):
    acceptance = opened(completed_road(world))
    if may:
        assert raised(acceptance, **by(world, role)).state == FindingState.OPEN
    else:
        with pytest.raises(NotPermitted):
            raised(acceptance, **by(world, role))


def test_the_supervisor_of_the_site_raises_findings_and_another_one_does_not(world):
    acceptance = opened(completed_road(world, supervisor=world.companies[1]))
    for company, may in ((world.companies[1], True), (OrganisationFactory(), False)):
        user = UserFactory()
        MembershipFactory(user=user, role=Role.COMPANY_MEMBER, organisations=[company])
        values = {"actor": user, "scope": scope_of(user)}
        if may:
            raised(acceptance, **values)
        else:
            with pytest.raises(NotPermitted):
                raised(acceptance, **values)


def test_findings_are_numbered_within_their_acceptance(world):
    acceptance = opened(completed_road(world))
    assert [raised(acceptance).number, raised(acceptance).number] == [1, 2]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"text": "  "}, "text"),
        ({"severity": "deadly"}, "severity"),
        ({"due_on": HELD - datetime.timedelta(days=1)}, "due_on"),
    ],
)
def test_a_finding_that_cannot_be_is_refused(world, wrong, field):
    with pytest.raises(RefusedByRegister) as caught:
        raised(opened(completed_road(world)), **wrong)
    assert field in {name for name, _code, _text in caught.value.errors}


def test_only_the_contractor_rectifies(world):
    finding = raised(opened(completed_road(world)))
    for role in ("district_planner", "township_officer", "association_member"):
        with pytest.raises(NotPermitted):
            rectified(world, finding, role)
    assert rectified(world, finding).state == FindingState.RECTIFIED


def test_the_office_rectifies_where_there_is_no_contractor_and_another_person_rechecks(world):
    finding = raised(opened(completed_road(world, contractor=None)))
    rectified(world, finding, "township_officer")
    with pytest.raises(RoleConflict):
        rechecked(world, finding, "township_officer")
    assert rechecked(world, finding, "district_planner").state == FindingState.CLOSED


def test_rectifying_needs_a_photo_of_the_work_afterwards(world):
    finding = raised(opened(completed_road(world)))
    with pytest.raises(RefusedByRegister) as caught:
        rectified(world, finding, photos=[])
    assert caught.value.errors[0][:2] == ("photos", "photo_missing")
    assert Finding.objects.get(pk=finding.pk).state == FindingState.OPEN
    assert finding.changes.count() == 1


def test_the_photo_before_is_no_photo_afterwards(world):
    photo = kept_photo(uploaded_by=world.users["company_member"])
    finding = raised(opened(completed_road(world)), photos=[photo])
    with pytest.raises(RefusedByRegister):
        rectified(world, finding, photos=[photo])


def test_before_and_after_are_a_pair(world):
    finding = raised(opened(completed_road(world)), photos=[kept_photo()])
    rectified(world, finding)
    stages = FindingPhoto.objects.filter(finding=finding).order_by("id")
    assert list(stages.values_list("stage", flat=True)) == [PhotoStage.BEFORE, PhotoStage.AFTER]


def test_who_may_see_the_site_sees_the_photos_of_its_findings(world):
    photo = kept_photo(uploaded_by=world.users["township_officer"])
    raised(opened(completed_road(world)), photos=[photo])
    seen = {
        role
        for role, user in world.users.items()
        if Photo.objects.visible_to(user).filter(pk=photo.pk).exists()
    }
    assert "company_member" in seen
    stranger = UserFactory()
    MembershipFactory(user=stranger, role=Role.COMPANY_MEMBER, organisations=[world.companies[1]])
    assert not Photo.objects.visible_to(stranger).filter(pk=photo.pk).exists()


def test_the_builder_never_rechecks(world):
    finding = rectified(world, raised(opened(completed_road(world))))
    with pytest.raises(RoleConflict):
        rechecked(world, finding, "company_member")


def test_an_officer_who_is_the_builder_as_well_does_not_recheck(world):
    officer = world.users["township_officer"]
    MembershipFactory(user=officer, role=Role.COMPANY_MEMBER, organisations=[world.companies[0]])
    finding = rectified(world, raised(opened(completed_road(world))))
    with pytest.raises(RoleConflict):
        rechecked(world, finding, "township_officer")


@pytest.mark.parametrize("role", ["association_member", "cooperative_member", "evaluator"])
def test_only_the_office_rechecks(world, role):
    finding = rectified(world, raised(opened(completed_road(world))))
    with pytest.raises(NotPermitted):
        rechecked(world, finding, role)


def test_sending_back_needs_a_reason_and_opens_the_finding_again(world):
    finding = rectified(world, raised(opened(completed_road(world))))
    with pytest.raises(ReasonMissing):
        rechecked(world, finding, passed=False, note=" ")
    back = rechecked(world, finding, passed=False, note="裂缝仍在")
    assert back.state == FindingState.OPEN
    assert rectified(world, back).state == FindingState.RECTIFIED
    steps = [(c.from_state, c.to_state, c.note) for c in finding.changes.order_by("at", "id")]
    assert steps == [
        ("open", "open", ""),
        ("open", "rectified", "已修复"),
        ("rectified", "open", "裂缝仍在"),
        ("open", "rectified", "已修复"),
    ]


def test_a_finding_moves_only_from_where_it_is(world):
    finding = raised(opened(completed_road(world)))
    with pytest.raises(WrongMoment):
        rechecked(world, finding)
    rectified(world, finding)
    with pytest.raises(WrongMoment):
        rectified(world, finding)
    rechecked(world, finding)
    with pytest.raises(WrongMoment):
        rechecked(world, finding)


def test_steps_do_not_go_back_in_time(world):
    finding = rectified(world, raised(opened(completed_road(world))))
    with pytest.raises(RefusedByRegister) as caught:
        finding_recheck(finding=finding, passed=True, on=HELD, **by(world, "township_officer"))
    assert caught.value.errors[0][1] == "before_last_step"


def test_an_old_version_of_a_finding_is_refused(world):
    finding = raised(opened(completed_road(world)))
    rectified(world, finding)
    with pytest.raises(ConcurrentChange):
        rechecked(world, finding, expected_version=finding.version)


def test_nothing_is_found_in_a_concluded_acceptance(world):
    acceptance = opened(completed_road(world))
    type(acceptance).objects.filter(pk=acceptance.pk).update(
        verdict="passed", concluded_on=HELD, measured_quantity=3
    )
    with pytest.raises(RecordFixed):
        raised(acceptance)


def test_a_site_is_complete_again_when_nothing_is_left_to_rectify(world):
    site = completed_road(world)
    finding = raised(opened(site))
    internal = {"actor": None, "scope": Scope.internal(), "on": LATER}
    site_move_state(site=site, to_state=State.RECTIFYING, reason="r", **internal)
    with pytest.raises(RefusedByRegister) as caught:
        site_move_state(site=site, to_state=State.COMPLETED, **internal)
    assert caught.value.errors[0][1] == "findings_open"
    rectified(world, finding)
    site_move_state(site=site, to_state=State.COMPLETED, **internal)
    assert fresh(site).state == State.COMPLETED
