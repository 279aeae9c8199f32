"""What a site lacks before it may be accepted, handed over or closed, asked for many at once.

Decision 15 says why each of these facts is asked for; `sites.services.gates` asks.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assets.kinds import AcceptanceStage, FindingState, Verdict
from assets.models import Acceptance, Asset, AssetSource, Finding, Handover
from sites.kinds import State
from sites.services.gates import GateSubject, Missing, register_gate

MOST_CODES_NAMED: Final = 5
ACCEPTANCE: Final = Missing(
    "acceptance", "final_acceptance_missing", _("There is no final acceptance that was passed.")
)
FINDINGS: Final = Missing(
    "findings", "findings_open", _("Findings of the acceptance have not been rectified yet.")
)
HANDOVER: Final = Missing("handover", "handover_missing", _("The handover is not completed."))
ASSET: Final = Missing("asset", "asset_missing", _("No asset was made from the site."))
AS_BUILT: Final = Missing(
    "actual_geometry", "as_built_missing", _("The as-built geometry is missing.")
)
OF_ASSETS: Final[Mapping[str, tuple[str, str, str | Promise]]] = {
    "owner_id": ("owner", "owner_missing", _("No owner is given for: %(codes)s.")),
    "upkeep_party_id": (
        "upkeep_party",
        "upkeep_party_missing",
        _("No upkeep party is given for: %(codes)s."),
    ),
    "warranty_until": (
        "warranty_until",
        "warranty_missing",
        _("No end of the warranty is given for: %(codes)s."),
    ),
}
"""Columns that every asset of the site needs: field, code and sentence."""
WITHOUT_ASSET: Final = (
    Missing("owner", "owner_missing", _("There is no owner, because there is no asset.")),
    Missing(
        "upkeep_party",
        "upkeep_party_missing",
        _("There is no upkeep party, because there is no asset."),
    ),
    Missing(
        "warranty_until",
        "warranty_missing",
        _("There is no end of the warranty, because there is no asset."),
    ),
)
WORDS: Final[Mapping[str, str | Promise]] = {
    "final_acceptance_missing": _("final acceptance"),
    "findings_open": _("rectified findings"),
    "handover_missing": _("handover"),
    "asset_missing": _("asset"),
    "as_built_missing": _("as-built geometry"),
    "owner_missing": _("owner"),
    "upkeep_party_missing": _("upkeep party"),
    "warranty_missing": _("end of the warranty"),
}
Answer = dict[UUID, list[Missing]]


def before_completed(subjects: Sequence[GateSubject]) -> Answer:
    """A site that is being rectified is completed again once nothing is left to rectify."""
    asked = {s.site_id for s in subjects if s.from_state == State.RECTIFYING}
    waiting = Finding.objects.filter(acceptance__site_id__in=asked, state=FindingState.OPEN)
    found = set(waiting.values_list("acceptance__site_id", flat=True))
    return {site_id: [FINDINGS] for site_id in found}


def before_accepted(subjects: Sequence[GateSubject]) -> Answer:
    """A site is accepted by a final acceptance that was passed."""
    rows = Acceptance.objects.filter(
        site_id__in=_ids(subjects), stage=AcceptanceStage.FINAL, verdict=Verdict.PASSED
    )
    return _unless(subjects, rows.values_list("site_id", flat=True), ACCEPTANCE)


def before_handed_over(subjects: Sequence[GateSubject]) -> Answer:
    """A site is handed over by a completed handover."""
    rows = Handover.objects.filter(site_id__in=_ids(subjects), completed_on__isnull=False)
    return _unless(subjects, rows.values_list("site_id", flat=True), HANDOVER)


def before_closed(subjects: Sequence[GateSubject]) -> Answer:
    """A site closes with asset, as-built geometry, owner, upkeep party and warranty date."""
    assets = _assets_by_site(_ids(subjects))
    found: Answer = {}
    for subject in subjects:
        own = assets.get(subject.site_id, [])
        missing = [] if own else [ASSET]
        if not subject.has_actual_geometry:
            missing.append(AS_BUILT)
        missing += _asset_gaps(own) if own else WITHOUT_ASSET
        found[subject.site_id] = missing
    return found


def register_gates() -> None:
    """Hang the checks on the states of sites; called when the app starts."""
    gates: Mapping[str, Callable[[Sequence[GateSubject]], Answer]] = {
        State.COMPLETED: before_completed,
        State.ACCEPTED: before_accepted,
        State.HANDED_OVER: before_handed_over,
        State.CLOSED: before_closed,
    }
    for state, check in gates.items():
        register_gate(state, check, WORDS)


def _ids(subjects: Iterable[GateSubject]) -> list[UUID]:
    return [subject.site_id for subject in subjects]


def _unless(subjects: Sequence[GateSubject], done: Iterable[UUID], missing: Missing) -> Answer:
    known = set(done)
    return {s.site_id: [missing] for s in subjects if s.site_id not in known}


def _assets_by_site(site_ids: Iterable[UUID]) -> Mapping[UUID, list[Asset]]:
    links = AssetSource.objects.filter(site_id__in=site_ids, asset__removed_at__isnull=True)
    columns = [f"asset__{name}" for name in ("code", *OF_ASSETS)]
    found: dict[UUID, list[Asset]] = defaultdict(list)
    rows = links.order_by("asset__code").values_list("site_id", "asset_id", *columns)
    for site_id, asset_id, code, *values in rows:
        columns_of = dict(zip(OF_ASSETS, values, strict=True))
        found[site_id].append(Asset(pk=asset_id, code=code, **columns_of))
    return found


def _asset_gaps(assets: Sequence[Asset]) -> list[Missing]:
    found = []
    for column, (field, code, sentence) in OF_ASSETS.items():
        codes = [asset.code for asset in assets if getattr(asset, column) is None]
        if codes:
            more = ["…"] if len(codes) > MOST_CODES_NAMED else []
            named = ", ".join(codes[:MOST_CODES_NAMED] + more)
            found.append(Missing(field, code, sentence, {"codes": named}))
    return found
