"""Three clients go offline and come back in any order: every edit is in the history or beside it.

Two phones hold copies of one defect and change them without a network; the office changes the
record itself. Nothing that was answered `stored` may be overwritten without a trace, and a clash
keeps both values.
"""

from __future__ import annotations

import copy

import pytest
from django.apps import apps
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from field.operation import Sending
from field.services.change_operations import defect_values
from field.services.operations import operations_take
from maintenance.models import Defect, SetAsideEntry
from maintenance.services.defect_changes import defect_change
from sites.access import scope_of
from tests.factories.field import proposals, reported
from tests.factories.maintenance import signed_agreement
from tests.factories.push import operation
from tests.factories.world import build_world

PHONES = st.sampled_from(["association_member", "company_member"])
EDITS = st.fixed_dictionaries(
    {},
    optional={
        "severity": st.sampled_from(["minor", "moderate", "serious"]),
        "kind": st.sampled_from(["pothole", "crack"]),
        "description": st.sampled_from(["甲", "乙", "丙"]),
    },
).filter(bool)


class Offline(RuleBasedStateMachine):
    """Two phones and the office with one defect."""

    def __init__(self):
        super().__init__()
        self.around = transaction.atomic()
        self.around.__enter__()

    def teardown(self):
        transaction.set_rollback(True)
        self.around.__exit__(None, None, None)

    @initialize()
    def begin(self):
        self.world = build_world()
        proposals()
        signed_agreement(self.world, assets=[self.world.own_asset])
        self.defect = reported(self.world, user=self.world.users["company_member"])
        self.copies = dict.fromkeys(("association_member", "company_member"), self.standing())
        self.outboxes = {name: [] for name in self.copies}
        self.accepted = [self.values()]
        self.clashed = []

    def standing(self):
        row = Defect.objects.get(pk=self.defect.pk)
        return row.version, defect_values(row)

    def values(self):
        return self.standing()[1]

    @rule(name=PHONES, edit=EDITS)
    def edit_offline(self, name, edit):
        """Change the phone's copy; its operation waits in the outbox."""
        version, _seen = self.copies[name]
        same = {"kind": "update", "entity_id": str(self.defect.pk), "base_version": version}
        self.outboxes[name].append(operation("defect", edit, **same))

    @rule(name=PHONES, again=st.booleans())
    def send(self, name, again):
        """Send the outbox, perhaps a second time because the answer was lost."""
        sent, self.outboxes[name] = self.outboxes[name], []
        for op in sent:
            before = self.values()
            first = self.push(name, op)
            now = self.values()
            if first.status == "stored":
                assert {key: now[key] for key in op["body"]} == op["body"] or self.kept_other(op)
                self.accepted.append(now)
            else:
                assert first.status == "conflict"
                assert now == before
                self.clashed.append((op, before))
            if again:
                expected = "duplicate" if first.status == "stored" else "conflict"
                assert self.push(name, copy.deepcopy(op)).status == expected
                assert self.values() == now

    def kept_other(self, op):
        """A value that the phone had not changed stays as the office has it."""
        now, base = self.values(), self.at(op["base_version"])
        return all(now[key] == value or base[key] == value for key, value in op["body"].items())

    def push(self, name, op):
        user = self.world.users[name]
        (result,) = operations_take(
            ops=[op], sender=user, scope=scope_of(user), sending=Sending(timezone.now(), name)
        )
        return result

    @rule(name=PHONES)
    def pull(self, name):
        """Learn what stands now."""
        self.copies[name] = self.standing()

    @rule(edit=EDITS)
    def edit_at_the_office(self, edit):
        """Change the record itself."""
        user = self.world.users["township_officer"]
        row = Defect.objects.get(pk=self.defect.pk)
        defect_change(
            defect=row,
            changes=edit,
            actor=user,
            scope=scope_of(user),
            expected_version=row.version,
        )
        self.accepted.append(self.values())

    def at(self, version):
        row = Defect.objects.get(pk=self.defect.pk)
        if row.version == version:
            return defect_values(row)
        events = apps.get_model("maintenance", "DefectEvent").objects
        return defect_values(events.get(pgh_obj_id=row.pk, version=version))

    @invariant()
    def every_accepted_edit_stands_in_the_history(self):
        events = apps.get_model("maintenance", "DefectEvent").objects.order_by("pgh_id")
        history = [defect_values(row) for row in events.filter(pgh_obj_id=self.defect.pk)]
        stood = iter([*history, self.values()])
        distinct = [
            now
            for place, now in enumerate(self.accepted)
            if place == 0 or now != self.accepted[place - 1]
        ]
        assert all(any(now == row for row in stood) for now in distinct)

    @invariant()
    def every_clash_shows_both_values(self):
        for op, office in self.clashed:
            # The same content under another operation counts on the row that is there.
            kept = SetAsideEntry.objects.filter(op_id=op["op_id"]).first()
            if kept is None:
                continue
            assert any(side["office"] != side["phone"] for side in kept.sides)
            for side in kept.sides:
                name = side["field"]
                assert (side["phone"], side["office"]) == (op["body"][name], office[name])


@pytest.mark.django_db
def test_no_edit_is_overwritten_in_silence(settings_of_machine):
    run_state_machine_as_test(Offline, settings=settings_of_machine)


@pytest.fixture
def settings_of_machine():
    return settings(
        max_examples=25,
        stateful_step_count=12,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
