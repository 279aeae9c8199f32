"""What is done on the page of one site's chain: one table from an action's name to its service."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assets.models import Acceptance, Finding, Handover
from assets.services.acceptance import (
    MemberDraft,
    acceptance_open,
    acceptance_sign,
    acceptance_update,
)
from assets.services.as_built import as_built_set
from assets.services.conclusion import acceptance_conclude
from assets.services.documents import document_add
from assets.services.errors import NotReadyForHandover
from assets.services.findings import finding_raise, finding_recheck, finding_rectify
from assets.services.handover import (
    handover_complete,
    handover_prepare,
    handover_sign,
    handover_update,
)
from assets.services.takeover import asset_from_site
from assets.views import chain_forms as made
from assets.views.chain_forms import Desk
from sites.kinds import State
from sites.services import site_move_state

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True, slots=True)
class Asked:
    """A form that was filled in properly, by whom, about which chain."""

    desk: Desk
    actor: User
    form: Any

    @property
    def values(self) -> dict[str, Any]:
        """The form's values."""
        found: dict[str, Any] = self.form.cleaned_data
        return found

    @property
    def by(self) -> dict[str, Any]:
        """Who asks, as services want it."""
        return {"actor": self.actor, "scope": self.desk.scope}

    @property
    def expected(self) -> dict[str, Any]:
        """Who asks, and the version that they read."""
        return {**self.by, "expected_version": self.values["version"]}

    def acceptance(self) -> Acceptance:
        """Return the acceptance that the form is about; 404 for one of another site."""
        rounds = self.desk.chain.rounds
        found: Acceptance = self._found((e.acceptance for e in rounds), "acceptance")
        return found

    def finding(self) -> Finding:
        """Return the finding that the form is about; 404 for one of another site."""
        findings = self.desk.chain.findings
        found: Finding = self._found((f.finding for f in findings), "finding")
        return found

    def handover(self) -> Handover:
        """Return the handover; 404 where there is none."""
        if self.desk.chain.handover is None:
            raise Http404
        return self.desk.chain.handover

    def _found(self, records: Any, name: str) -> Any:
        wanted: UUID = self.values[name]
        for record in records:
            if record.pk == wanted:
                return record
        raise Http404


@dataclass(frozen=True, slots=True)
class Action:
    """How an action is asked for and done, what is said then, and where on the page one lands."""

    form: Callable[..., forms.BaseForm]
    do: Callable[[Asked], object]
    said: StrOrPromise
    anchor: str


def _open(asked: Asked) -> object:
    values = asked.values
    return acceptance_open(
        site=asked.desk.site, stage=values["stage"], held_on=values["held_on"], **asked.by
    )


def _fill(asked: Asked) -> object:
    return acceptance_update(
        acceptance=asked.acceptance(),
        values=asked.form.values(),
        checks=asked.form.drafts(),
        **asked.expected,
    )


def _team(acceptance: Acceptance, *, without: UUID | None = None) -> list[MemberDraft]:
    return [
        MemberDraft(member.role, member.name, member.organisation)
        for member in acceptance.members.all()
        if member.pk != without
    ]


def _join(asked: Asked) -> object:
    acceptance = asked.acceptance()
    members = [*_team(acceptance), asked.form.draft()]
    return acceptance_update(acceptance=acceptance, values={}, members=members, **asked.expected)


def _leave(asked: Asked) -> object:
    acceptance = asked.acceptance()
    members = _team(acceptance, without=asked.values["member"])
    return acceptance_update(acceptance=acceptance, values={}, members=members, **asked.expected)


def _sign(asked: Asked) -> object:
    return acceptance_sign(
        acceptance=asked.acceptance(),
        member_id=asked.values["member"],
        at=timezone.now(),
        **asked.expected,
    )


def _raise(asked: Asked) -> object:
    values = asked.values
    return finding_raise(
        acceptance=asked.acceptance(),
        text=values["text"],
        severity=values["severity"],
        due_on=values["due_on"],
        on=values["on"],
        received=values["photos"],
        **asked.by,
    )


def _conclude(asked: Asked) -> object:
    values = asked.values
    return acceptance_conclude(
        acceptance=asked.acceptance(),
        verdict=values["verdict"],
        on=values["on"],
        reason=values["reason"],
        **asked.expected,
    )


def _rectify(asked: Asked) -> object:
    values = asked.values
    return finding_rectify(
        finding=asked.finding(),
        on=values["on"],
        note=values["note"],
        received=values["photos"],
        **asked.expected,
    )


def _recheck(asked: Asked) -> object:
    values = asked.values
    return finding_recheck(
        finding=asked.finding(),
        passed=values["passed"],
        on=values["on"],
        note=values["note"],
        **asked.expected,
    )


def _move(to_state: State) -> Callable[[Asked], object]:
    def do(asked: Asked) -> object:
        return site_move_state(
            site=asked.desk.site,
            to_state=to_state,
            on=asked.values["on"],
            evidence=asked.values["evidence"],
            **asked.expected,
        )

    return do


def _as_built(asked: Asked) -> object:
    geometry = asked.values["geometry"]
    return as_built_set(site=asked.desk.site, geometry=geometry, **asked.expected)


def _asset(asked: Asked) -> object:
    """Make the asset of work that was accepted; unfinished work becomes none here."""
    if asked.desk.site.state not in made.ACCEPTED:
        raise NotReadyForHandover
    return asset_from_site(site=asked.desk.site, detail=asked.form.detail(), **asked.by)


def _prepare(asked: Asked) -> object:
    return handover_prepare(site=asked.desk.site, **asked.by)


def _handover(asked: Asked) -> object:
    """Save the parties; assets made since the handover was prepared join it."""
    return handover_update(
        handover=asked.handover(),
        values=asked.form.values(),
        assets=asked.desk.chain.assets,
        **asked.expected,
    )


def _sign_party(asked: Asked) -> object:
    values = asked.values
    return handover_sign(
        handover=asked.handover(),
        party=values["party"],
        name=values["name"],
        on=values["on"],
        **asked.expected,
    )


def _hand_over(asked: Asked) -> object:
    return handover_complete(handover=asked.handover(), on=asked.values["on"], **asked.expected)


def _document(asked: Asked) -> object:
    return document_add(handover=asked.handover(), **asked.values, **asked.by)


ACTIONS: Mapping[str, Action] = {
    "open": Action(made.open_form, _open, _("The acceptance was opened."), "round"),
    "fill": Action(made.fill_form, _fill, _("The acceptance was saved."), "round"),
    "member": Action(made.member_form, _join, _("The team has a new member."), "team"),
    "leave": Action(made.one_member_form, _leave, _("The member left the team."), "team"),
    "sign": Action(made.one_member_form, _sign, _("The signature was recorded."), "team"),
    "raise": Action(made.finding_form, _raise, _("The finding was raised."), "rectification"),
    "conclude": Action(made.conclude_form, _conclude, _("The acceptance was concluded."), "steps"),
    "rectify": Action(
        made.rectify_form, _rectify, _("The finding awaits its recheck."), "rectification"
    ),
    "recheck": Action(made.recheck_form, _recheck, _("The recheck was recorded."), "rectification"),
    "work-done": Action(
        made.move_form("work-done"), _move(State.COMPLETED), _("The work is complete."), "steps"
    ),
    "settle": Action(
        made.move_form("settle"), _move(State.SETTLED), _("The site is settled."), "steps"
    ),
    "as-built": Action(
        made.as_built_form, _as_built, _("The as-built geometry was saved."), "as-built"
    ),
    "asset": Action(made.asset_form, _asset, _("The asset is in the register."), "assets"),
    "prepare": Action(
        made.prepare_form, _prepare, _("The handover was prepared."), "handover-form"
    ),
    "handover": Action(
        made.handover_form, _handover, _("The handover was saved."), "handover-form"
    ),
    "sign-party": Action(
        made.party_form, _sign_party, _("The signature was recorded."), "handover-form"
    ),
    "hand-over": Action(made.hand_over_form, _hand_over, _("The site was handed over."), "steps"),
    "document": Action(made.document_form, _document, _("The document was added."), "documents"),
    "close": Action(
        made.move_form("close"), _move(State.CLOSED), _("The site is closed."), "steps"
    ),
}
