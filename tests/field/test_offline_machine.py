"""Three clients go offline and come back in any order: every edit is in the history or beside it.

Three phones hold copies of one defect and change them without a network; the office changes the
record itself meanwhile. Nothing that was answered `stored` may be overwritten without a trace, and
a clash keeps both values. `--schedules N` plays more of them (`script/proofs schedules`).
"""

from __future__ import annotations

import copy
import sys
from collections import Counter

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
    precondition,
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

NAMES = ("association_member", "company_member", "township_officer")
PHONES = st.sampled_from(NAMES)
VALUES = {
    "severity": ["minor", "moderate", "serious"],
    "kind": ["pothole", "crack"],
    "description": ["甲", "乙", "丙"],
}
EDITS = st.sets(st.sampled_from(list(VALUES)), min_size=1).flatmap(
    lambda names: st.fixed_dictionaries({name: st.sampled_from(VALUES[name]) for name in names})
)


class Offline(RuleBasedStateMachine):
    """Three phones and the office with one defect."""

    seen: Counter[str] = Counter()

    def __init__(self):
        super().__init__()
        self.seen["schedules"] += 1
        self.around = transaction.atomic()
        self.around.__enter__()

    def teardown(self):
        try:
            if sys.exc_info()[0] is None:
                self.come_back_all()
        finally:
            transaction.set_rollback(True)
            self.around.__exit__(None, None, None)

    def come_back_all(self):
        """In the end every phone is in the net again and sends what it has."""
        for name in NAMES:
            self.sent_from(name, again=True)
        self.every_accepted_edit_stands_in_the_history()
        self.every_clash_shows_both_values()

    @initialize()
    def begin(self):
        self.world = build_world()
        proposals()
        signed_agreement(self.world, assets=[self.world.own_asset])
        self.defect = reported(self.world, user=self.world.users["company_member"])
        self.copies = dict.fromkeys(NAMES, self.standing())
        self.outboxes = {name: [] for name in self.copies}
        self.accepted = [self.values()]
        self.clashed = {}

    def standing(self):
        row = Defect.objects.get(pk=self.defect.pk)
        return row.version, defect_values(row)

    def values(self):
        return self.standing()[1]

    @rule(edits=st.dictionaries(PHONES, EDITS, min_size=1))
    def edit_offline(self, edits):
        """Change phones' copies; their operations wait in the outboxes."""
        for name, edit in edits.items():
            version, _seen = self.copies[name]
            same = {"kind": "update", "entity_id": str(self.defect.pk), "base_version": version}
            self.outboxes[name].append(operation("defect", edit, **same))

    @precondition(lambda self: any(self.outboxes.values()))
    @rule(data=st.data(), again=st.booleans())
    def send(self, data, again):
        """Send an outbox, perhaps a second time because the answer was lost."""
        waiting = [name for name, ops in self.outboxes.items() if ops]
        self.sent_from(data.draw(st.sampled_from(waiting)), again=again)

    def sent_from(self, name, *, again):
        sent, self.outboxes[name] = self.outboxes[name], []
        for op in sent:
            before = self.values()
            base = self.at(op["base_version"])
            overwrites = any(
                value != base[key] != before[key] != value for key, value in op["body"].items()
            )
            first = self.push(name, op)
            now = self.values()
            self.seen[first.status.value] += 1
            assert first.status == ("conflict" if overwrites else "stored")
            content = name, frozenset(op["body"].items())
            if first.status == "stored":
                # The same content of before has gone in with it.
                self.clashed.pop(content, None)
                assert {key: now[key] for key in op["body"]} == op["body"] or self.kept_other(op)
                self.seen["merged"] += before != base
                self.accepted.append(now)
            else:
                assert now == before
                self.clashed[content] = op, before
            if again:
                self.seen["sent again"] += 1
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
        for (name, _content), (op, office) in self.clashed.items():
            # The same content of one sender is one row, as its last clash was.
            kept = SetAsideEntry.objects.get(sender=self.world.users[name], body=op["body"])
            assert (str(kept.op_id), kept.cause, kept.state) == (op["op_id"], "clash", "open")
            assert any(side["office"] != side["phone"] for side in kept.sides)
            for side in kept.sides:
                field = side["field"]
                assert (side["phone"], side["office"]) == (op["body"][field], office[field])


@pytest.mark.django_db
def test_no_edit_is_overwritten_in_silence(settings_of_machine, capsys):
    Offline.seen.clear()
    run_state_machine_as_test(Offline, settings=settings_of_machine)
    with capsys.disabled():
        sys.stdout.write(f"{dict(Offline.seen)} ")
    # A run that met none of these has shown nothing.
    assert all(Offline.seen[met] for met in ("stored", "merged", "conflict", "sent again"))
    assert Offline.seen["schedules"] >= settings_of_machine.max_examples


@pytest.fixture
def settings_of_machine(request):
    return settings(
        max_examples=request.config.getoption("schedules"),
        stateful_step_count=16,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
