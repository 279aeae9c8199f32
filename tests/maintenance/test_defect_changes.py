"""Who may change what is known of a defect, before and after it was verified."""

from __future__ import annotations

import pytest
from django.utils import timezone

from maintenance.services import defect_move
from maintenance.services.defect_changes import defect_change
from maintenance.services.errors import WrongMoment
from tests.factories.field import on_road, reported
from tests.factories.maintenance import signed_agreement
from tests.factories.orders import by

pytestmark = pytest.mark.django_db


@pytest.fixture
def defect(world):
    """A serious defect that the cooperative reported under an agreement."""
    signed_agreement(world, assets=[world.own_asset])
    return reported(
        world, user=world.users["cooperative_member"], point=on_road(300), severity="serious"
    )


def changed(defect, user, **changes):
    return defect_change(
        defect=defect, changes=changes, expected_version=defect.version, **by(user)
    )


def verify(world, defect):
    user = world.users["association_member"]
    defect_move(defect=defect, to_state="verified", at=timezone.now(), **by(user))
    defect.refresh_from_db()


def test_the_reporter_changes_a_severity_that_nobody_verified(world, defect):
    assert changed(defect, world.users["cooperative_member"], severity="minor").severity == "minor"


def test_a_verified_severity_is_changed_by_whoever_verifies(world, defect):
    verify(world, defect)
    sender = world.users["cooperative_member"]
    with pytest.raises(WrongMoment):
        changed(defect, sender, severity="minor", description="不要紧")
    defect.refresh_from_db()
    assert (defect.severity, defect.description) == ("serious", "")
    defect = changed(defect, sender, severity="serious", description="桥头东侧")
    assert defect.description == "桥头东侧"
    assert changed(defect, world.users["association_member"], severity="minor").severity == "minor"
