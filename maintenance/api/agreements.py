"""Upkeep agreements over HTTP."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema, extend_schema_view

from assets.models import Asset
from maintenance.agreement_filter import NAMES, AgreementFilter
from maintenance.agreement_sums import with_sums
from maintenance.agreement_terms import BandTerm, PartyTerm, ScopeTerm, ShareTerm, Terms
from maintenance.api.agreement_fields import AgreementRow, AgreementSerializer
from maintenance.kinds import AgreementModel, AgreementPhase, AgreementState
from maintenance.models import Agreement, AgreementParty, AgreementScope
from maintenance.parties import office_of
from maintenance.services import agreement_create, agreement_remove, agreement_update
from sites.api.paging import BY_ID, Key, read_text
from sites.api.resource import Resource, WritableCollection, WritableRecord
from sites.api.schema import collection, page_of, parameter, record
from sites.problems import FieldProblem, Problem

BY_NUMBER = (Key("number", read_text), *BY_ID)
PARTS = ("parties", "scopes", "shares", "bands")
PARAMETERS = (
    parameter("state", f"States, separated by commas: {', '.join(AgreementState.values)}."),
    parameter("phase", f"Phases of today: {', '.join(AgreementPhase.values)}."),
    parameter("model", f"Models of upkeep: {', '.join(AgreementModel.values)}."),
    parameter("task", "Tasks that are covered, separated by commas."),
    parameter("area", "Area codes with all below them, separated by commas."),
    parameter("organisation", "Identifiers of parties, separated by commas."),
    parameter("asset", "Identifiers of assets that are covered, separated by commas."),
    parameter("q", "Words of number or name."),
    parameter("to_sign", "1 for agreements that wait for a signature of the caller."),
    parameter("needs_renewal", "1 for agreements that end within 60 days and are not renewed."),
    parameter("updated_since", "RFC 3339 time with offset."),
)


class AgreementResource(Resource):
    """Agreements that the caller may see."""

    serializer_class = AgreementSerializer
    keys = BY_NUMBER
    parameters: ClassVar[frozenset[str]] = frozenset(NAMES)

    def rows(self) -> Any:
        """Return the agreements that the caller may see, each with its parts and sums."""
        parties = AgreementParty.objects.select_related("organisation", "recorded_by")
        rows = with_sums(Agreement.objects.visible_to(self.scope))
        return (
            rows.with_phase(AgreementFilter().as_of)
            .select_related("area")
            .defer("area__boundary")
            .prefetch_related(Prefetch("parties", parties), "shares", "bands")
        )

    def require_create(self) -> None:
        """Only the office drafts agreements; where is the service's to judge."""
        if not self.scope.edits_sites:
            raise Problem("forbidden")

    def require_change(self, row: Agreement) -> None:
        """Only the office of the agreement's area writes its terms."""
        if office_of(self.scope, row.area_code) is None:
            raise Problem("forbidden")

    def terms(self, values: Mapping[str, Any]) -> Terms:
        """Return a body's values as terms; raises `Problem` 422 for assets that are not known."""
        columns = {name: value for name, value in values.items() if name not in PARTS}
        return Terms(
            values=columns,
            parties=_made(PartyTerm, values.get("parties")),
            scopes=self._scopes(values.get("scopes")),
            shares=_made(ShareTerm, values.get("shares")),
            bands=_made(BandTerm, values.get("bands")),
        )

    def _scopes(self, given: Sequence[Mapping[str, Any]] | None) -> list[ScopeTerm] | None:
        if given is None:
            return None
        wanted = {entry["asset_id"] for entry in given}
        assets = Asset.objects.visible_to(self.scope).in_bulk(wanted)
        unknown = [
            FieldProblem(f"scopes.{place}.asset", "does_not_exist", _("There is no such record."))  # type: ignore[arg-type]
            for place, entry in enumerate(given)
            if entry["asset_id"] not in assets
        ]
        if unknown:
            raise Problem("invalid", errors=unknown[:100])
        return [
            ScopeTerm(
                asset=assets[entry["asset_id"]],
                **{name: value for name, value in entry.items() if name != "asset_id"},
            )
            for entry in given
        ]


def _made(term: Any, given: Sequence[Mapping[str, Any]] | None) -> list[Any] | None:
    return None if given is None else [term(**entry) for entry in given]


@extend_schema(tags=["agreements"])
@extend_schema_view(get=extend_schema(responses=page_of(AgreementRow, features=False)))
@collection("agreement", AgreementSerializer, parameters=PARAMETERS)
class AgreementCollection(AgreementResource, WritableCollection):
    """Agreements by their numbers; a list leaves out what each covers in detail."""

    def narrowed(self, rows: Any) -> Any:
        """Return the agreements that the parameters ask for."""
        return AgreementFilter.from_query(self.params).apply(rows, self.scope)

    def rendered(self, rows: Sequence[Any]) -> list[dict[str, Any]]:
        """Return rows of a list without their scopes, a new agreement with them."""
        is_list = self.request.method != "POST"
        serializer = AgreementRow if is_list else AgreementSerializer
        return [dict(serializer(row, context=self.serializer_context()).data) for row in rows]

    def created(self, values: Mapping[str, Any]) -> Agreement:
        """Draft the agreement."""
        return agreement_create(terms=self.terms(values), actor=self.actor, scope=self.scope)

    def row(self, pk: UUID) -> Any:
        """Return the drafted agreement."""
        return with_scopes(self.rows()).get(pk=pk)


@extend_schema(tags=["agreements"])
@record("agreement", AgreementSerializer)
class AgreementRecord(AgreementResource, WritableRecord):
    """One agreement with everything it says."""

    def row(self, pk: UUID) -> Any:
        """Return the agreement with its scopes."""
        return with_scopes(self.rows()).get(pk=pk)

    def changed(self, row: Agreement, values: Mapping[str, Any]) -> Agreement:
        """Change the terms that are given, while nobody has signed them."""
        return agreement_update(
            agreement=row,
            terms=self.terms(values),
            actor=self.actor,
            scope=self.scope,
            expected_version=row.version,
        )

    def removed(self, row: Agreement) -> None:
        """Remove a draft."""
        agreement_remove(agreement=row, scope=self.scope, expected_version=row.version)


def with_scopes(rows: Any) -> Any:
    """Return agreements with what they cover, the names of assets included."""
    scopes = AgreementScope.objects.select_related("asset").only(
        "agreement_id",
        "asset_id",
        "asset__code",
        "asset__name",
        "task",
        "start_m",
        "end_m",
        "length_m",
        "keeper_name",
        "keeper_phone",
    )
    return rows.prefetch_related(Prefetch("scopes", scopes.order_by("asset__code", "start_m")))
