"""The forms that the page of one site's chain offers to its viewer, filled with what is known."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django import forms

from assets.acceptance_roles import (
    builds,
    concludes,
    hands_over,
    holds_office,
    raises_findings,
    rechecks,
    rectifies,
    signs_for,
)
from assets.chain import Chain
from assets.forms_acceptance import (
    ConcludeForm,
    FillForm,
    FindingForm,
    MemberForm,
    OneMemberForm,
    OpenForm,
    RecheckForm,
    RectifyForm,
)
from assets.forms_handover import (
    AsBuiltForm,
    AssetForm,
    DocumentForm,
    HandoverForm,
    HandoverSignForm,
    MoveOnForm,
    VersionForm,
)
from assets.kinds import FindingState
from assets.models import RoadRoute
from sites.access import Scope
from sites.kinds import Kind, State
from sites.models import Organisation, ProjectSite
from sites.services.progress import REPORTING_ROLES

DAYS_TO_RECTIFY: Final = 14
"""What the form of a finding proposes: our choice."""
COUNTY: Final = 6
ACCEPTED: Final = (State.ACCEPTED, State.SETTLED, State.HANDED_OVER)
"""States of a site whose work was accepted and which is not closed."""
_BUILT: Final = (State.COMPLETED, State.RECTIFYING, *ACCEPTED)


@dataclass(frozen=True, slots=True)
class Desk:
    """Who looks at which chain on which day."""

    chain: Chain
    scope: Scope
    today: datetime.date

    @property
    def site(self) -> ProjectSite:
        """The site of the chain."""
        return self.chain.site

    @property
    def is_office(self) -> bool:
        """Whether the viewer is the office of the site's area."""
        return holds_office(self.scope, self.site)

    @property
    def is_planner(self) -> bool:
        """Whether the viewer is the district's planner."""
        return hands_over(self.scope, self.site)

    @property
    def holds_open_round(self) -> bool:
        """Whether the viewer fills in and concludes the round that is open."""
        entry = self.chain.open_round
        return entry is not None and concludes(self.scope, self.site, entry.acceptance.stage)

    @property
    def may_raise(self) -> bool:
        """Whether the viewer may raise findings in the round that is open."""
        return self.chain.open_round is not None and raises_findings(self.scope, self.site)

    @property
    def may_rectify(self) -> bool:
        """Whether the viewer answers findings."""
        return rectifies(self.scope, self.site)

    @property
    def may_recheck(self) -> bool:
        """Whether the viewer closes findings."""
        return rechecks(self.scope, self.site)

    @property
    def may_complete_work(self) -> bool:
        """Whether the viewer reports that work being rectified is complete again."""
        held = self.scope.roles_for_site(self.site)
        return self.scope.everything or bool(held & REPORTING_ROLES)

    def may_sign(self, organisation_id: Any) -> bool:
        """Whether the viewer records signatures of a body."""
        return signs_for(self.scope, self.site, organisation_id)

    def bodies(self) -> Any:
        """Return the organisations that the viewer may choose."""
        return Organisation.objects.visible_to(self.scope).order_by("name")


Data = tuple[Any, Any] | None
"""What was sent: fields and files."""


def open_form(desk: Desk, data: Data = None) -> OpenForm:
    """Return the form that opens the next round."""
    initial = {"stage": desk.chain.next_stage, "held_on": desk.today}
    return OpenForm(data and data[0], initial=initial, auto_id="id_open_%s")


def fill_form(desk: Desk, data: Data = None) -> forms.Form:
    """Return the form of what was measured and answered."""
    record = _open_acceptance(desk)
    names = ("held_on", "claimed_quantity", "measured_quantity", "discrepancy_reason", "note")
    values = {name: getattr(record, name) for name in names}
    return FillForm(
        data and data[0],
        record=record,
        initial={**_version(record, "acceptance"), **values},
        auto_id="id_fill_%s",
    )


def member_form(desk: Desk, data: Data = None) -> MemberForm:
    """Return the form of a new member of the team."""
    initial = _version(_open_acceptance(desk), "acceptance")
    return MemberForm(
        data and data[0], bodies=desk.bodies(), initial=initial, auto_id="id_member_%s"
    )


def one_member_form(desk: Desk, data: Data = None) -> OneMemberForm:
    """Return the form that signs for a member or takes one out."""
    return OneMemberForm(data and data[0], auto_id=False)


def finding_form(desk: Desk, data: Data = None) -> FindingForm:
    """Return the form of a new finding."""
    due = desk.today + datetime.timedelta(days=DAYS_TO_RECTIFY)
    initial = {"on": desk.today, "due_on": due, **_version(_open_acceptance(desk), "acceptance")}
    return FindingForm(*_both(data), initial=initial, auto_id="id_raise_%s")


def conclude_form(desk: Desk, data: Data = None) -> ConcludeForm:
    """Return the form of the verdict."""
    initial = {"on": desk.today, **_version(_open_acceptance(desk), "acceptance")}
    return ConcludeForm(data and data[0], initial=initial, auto_id="id_conclude_%s")


def rectify_form(desk: Desk, data: Data = None, *, finding: Any = None) -> RectifyForm:
    """Return the form that reports a finding as rectified."""
    initial = {"on": desk.today, **(_version(finding, "finding") if finding else {})}
    key = finding.pk if finding else "sent"
    return RectifyForm(*_both(data), initial=initial, auto_id=f"id_rectify_{key}_%s")


def recheck_form(desk: Desk, data: Data = None, *, finding: Any = None) -> RecheckForm:
    """Return the form that rechecks a finding."""
    initial = {"on": desk.today, **(_version(finding, "finding") if finding else {})}
    key = finding.pk if finding else "sent"
    return RecheckForm(data and data[0], initial=initial, auto_id=f"id_recheck_{key}_%s")


def move_form(name: str) -> Callable[..., MoveOnForm]:
    """Return the maker of the form that moves the site on."""

    def made(desk: Desk, data: Data = None) -> MoveOnForm:
        initial = {"on": desk.today, "version": desk.site.version}
        return MoveOnForm(data and data[0], initial=initial, auto_id=f"id_{name}_%s")

    return made


def as_built_form(desk: Desk, data: Data = None) -> AsBuiltForm:
    """Return the form of the as-built geometry."""
    initial = {"version": desk.site.version}
    return AsBuiltForm(*_both(data), site=desk.site, initial=initial, auto_id="id_built_%s")


def asset_form(desk: Desk, data: Data = None) -> AssetForm:
    """Return the form that makes the asset."""
    routes = RoadRoute.objects.visible_to(desk.scope)
    routes = routes.filter(county_code=desk.site.area_code[:COUNTY]).order_by("route_no")
    is_road = desk.site.kind == Kind.ROAD
    return AssetForm(data and data[0], is_road=is_road, routes=routes, auto_id="id_asset_%s")


def prepare_form(desk: Desk, data: Data = None) -> VersionForm:
    """Return the form that begins the handover; it asks for nothing."""
    return VersionForm(data and data[0], initial={"version": desk.site.version}, auto_id=False)


def handover_form(desk: Desk, data: Data = None) -> HandoverForm:
    """Return the form of the handover's parties and warranty."""
    record = desk.chain.handover
    names = ("from_organisation", "owner", "upkeep_party", "warranty_until", "note", "version")
    initial = {name: getattr(record, name) for name in names} if record else {}
    return HandoverForm(
        data and data[0], bodies=desk.bodies(), initial=initial, auto_id="id_handover_%s"
    )


def party_form(desk: Desk, data: Data = None) -> HandoverSignForm:
    """Return the form of a signature under the handover."""
    return HandoverSignForm(data and data[0], initial=_on_handover(desk), auto_id="id_party_%s")


def hand_over_form(desk: Desk, data: Data = None) -> MoveOnForm:
    """Return the form that completes the handover; its version is the handover's."""
    form = MoveOnForm(data and data[0], initial=_on_handover(desk), auto_id="id_done_%s")
    del form.fields["evidence"]
    return form


def document_form(desk: Desk, data: Data = None) -> DocumentForm:
    """Return the form of a document."""
    return DocumentForm(*_both(data), auto_id="id_document_%s")


def offered(desk: Desk) -> Mapping[str, Any]:
    """Return the forms that the viewer is offered now, by the name of their action."""
    chain, state = desk.chain, desk.site.state
    handover = chain.handover
    is_waiting = handover is not None and handover.completed_on is None
    wanted: dict[str, tuple[bool, Callable[..., Any]]] = {
        "open": (
            bool(chain.next_stage) and concludes(desk.scope, desk.site, chain.next_stage),
            open_form,
        ),
        "fill": (desk.holds_open_round, fill_form),
        "member": (desk.holds_open_round, member_form),
        "raise": (desk.may_raise, finding_form),
        "conclude": (desk.holds_open_round, conclude_form),
        "work-done": (state == State.RECTIFYING and desk.may_complete_work, move_form("work-done")),
        "settle": (state == State.ACCEPTED and desk.is_planner, move_form("settle")),
        "as-built": (desk.is_office and state in _BUILT, as_built_form),
        "asset": (desk.is_office and state in ACCEPTED and not chain.assets, asset_form),
        "prepare": (
            desk.is_office and handover is None and state in (State.ACCEPTED, State.SETTLED),
            prepare_form,
        ),
        "handover": (desk.is_office and is_waiting, handover_form),
        "sign-party": (is_waiting and _may_sign_party(desk), party_form),
        "hand-over": (is_waiting and desk.is_planner, hand_over_form),
        "document": (desk.is_office and handover is not None, document_form),
        "close": (state == State.HANDED_OVER and desk.is_planner, move_form("close")),
    }
    return {name: make(desk) for name, (is_offered, make) in wanted.items() if is_offered}


def with_forms(desk: Desk) -> list[tuple[Any, Any, Any]]:
    """Return each finding with the form that the viewer has for it, else None."""
    found = []
    for facts in desk.chain.findings:
        finding = facts.finding
        rectify = finding.state == FindingState.OPEN and desk.may_rectify
        recheck = finding.state == FindingState.RECTIFIED and desk.may_recheck
        found.append(
            (
                facts,
                rectify_form(desk, finding=finding) if rectify else None,
                recheck_form(desk, finding=finding) if recheck else None,
            )
        )
    return found


def may_try(desk: Desk, action: str) -> bool:
    """Whether the viewer has anything to do with an action; the service decides in the end."""
    site, scope = desk.site, desk.scope
    checks: Mapping[str, Callable[[], bool]] = {
        "raise": lambda: raises_findings(scope, site),
        "rectify": lambda: desk.may_rectify,
        "recheck": lambda: desk.may_recheck or builds(scope, site),
        "sign": lambda: any(map(desk.may_sign, _bodies_of_team(desk))),
        "sign-party": lambda: desk.is_office or _may_sign_party(desk),
        "work-done": lambda: desk.may_complete_work,
        "settle": lambda: desk.is_planner,
        "hand-over": lambda: desk.is_planner,
        "close": lambda: desk.is_planner,
    }
    return checks.get(action, lambda: desk.is_office)()


def _bodies_of_team(desk: Desk) -> list[Any]:
    record = _open_acceptance(desk)
    members = record.members.all() if record else ()
    return [None, *(member.organisation_id for member in members)]


def _may_sign_party(desk: Desk) -> bool:
    record = desk.chain.handover
    bodies = (
        (record.from_organisation_id, record.owner_id, record.upkeep_party_id) if record else ()
    )
    return any(desk.may_sign(body) for body in bodies)


def _both(data: Data) -> tuple[Any, Any]:
    """Return fields and files, nothing for a form that was not sent."""
    return data or (None, None)


def _open_acceptance(desk: Desk) -> Any:
    entry = desk.chain.open_round
    return entry.acceptance if entry else None


def _version(record: Any, name: str) -> dict[str, Any]:
    return {name: record.pk, "version": record.version} if record else {}


def _on_handover(desk: Desk) -> dict[str, Any]:
    record = desk.chain.handover
    return {"on": desk.today, "version": record.version if record else None}
