"""Contracts over HTTP, with their variations and their settlement."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar
from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers

from assets.api.actions import Action
from funding.api.fields import RowField
from funding.bookkeeping import keeps_any_books, keeps_books
from funding.contract_sums import contract_sums
from funding.kinds import TenderMethod
from funding.models import Contract, OfficialDocument
from funding.services import Part, contract_save, settlement_record, variation_record
from sites.access import code_prefix_condition
from sites.api.fields import (
    AreaField,
    MoneyField,
    OrganisationField,
    ProgrammeField,
    StrictSerializer,
    TextField,
    WholeNumberField,
)
from sites.api.resource import Resource, WritableCollection, WritableRecord
from sites.api.schema import IDEMPOTENCY_KEY, collection, parameter, record
from sites.filter_values import AREA_CODE, matching, parsed
from sites.filters import PROGRAMME_CODE
from sites.models import ProjectSite
from sites.problems import Problem

PARAMETERS = {
    "programme": "Codes of programmes, separated by commas.",
    "site": "Identifiers of sites, separated by commas.",
    "area": "Area codes with all below them, separated by commas.",
}
LARGEST_COUNT = 32_767


class PartSerializer(StrictSerializer):
    """A site of a contract and its part of the amount, null where it was not stated."""

    site = RowField(ProjectSite)
    amount = MoneyField(max_digits=16, allow_null=True, default=None)


class ContractSerializer(StrictSerializer):
    """A contract; what it comes to with variations, and what may be and is paid, is computed."""

    id = serializers.UUIDField(read_only=True)
    number = TextField(max_length=80)
    name = TextField(max_length=200)
    programme = ProgrammeField()
    area = AreaField()
    client = OrganisationField()
    contractor = OrganisationField()
    amount = MoneyField(max_digits=16)
    signed_on = serializers.DateField()
    starts_on = serializers.DateField(allow_null=True, default=None)
    ends_on = serializers.DateField(allow_null=True, default=None)
    warranty_months = WholeNumberField(
        min_value=0, max_value=LARGEST_COUNT, allow_null=True, default=None
    )
    tender_method = serializers.ChoiceField(TenderMethod.choices, allow_blank=True, default="")
    bidders = WholeNumberField(min_value=0, max_value=LARGEST_COUNT, allow_null=True, default=None)
    document = RowField(OfficialDocument, allow_null=True, default=None)
    note = TextField(max_length=5000, allow_blank=True, default="")
    sites = PartSerializer(many=True, source="parts")
    varied = serializers.CharField(read_only=True)
    total = serializers.CharField(read_only=True)
    settled = serializers.CharField(read_only=True, allow_null=True)
    cut_percent = serializers.CharField(read_only=True, allow_null=True)
    paid = serializers.CharField(read_only=True)
    version = serializers.IntegerField(read_only=True)


class ContractResource(Resource):
    """Contracts that the caller may see."""

    serializer_class = ContractSerializer
    parameters: ClassVar[frozenset[str]] = frozenset(PARAMETERS)

    def rows(self) -> Any:
        """Return the contracts with their sites."""
        rows = Contract.objects.visible_to(self.scope).select_related("programme", "area")
        return rows.defer("area__boundary").prefetch_related("parts")

    def rendered(self, rows: Sequence[Any]) -> list[dict[str, Any]]:
        """Return contracts with their sums: three statements a page."""
        sums = contract_sums(rows)
        for row in rows:
            found = sums[row.pk]
            row.varied, row.total, row.paid = (
                f"{found.varied:.2f}",
                f"{found.total:.2f}",
                f"{found.paid:.2f}",
            )
            row.settled = None if found.settled is None else f"{found.settled:.2f}"
            row.cut_percent = None if found.cut_percent is None else f"{found.cut_percent:.2f}"
        return super().rendered(rows)

    def require_create(self) -> None:
        """The office enters contracts; of which area is the service's to judge."""
        if not keeps_any_books(self.scope):
            raise Problem("forbidden")

    def require_change(self, row: Contract) -> None:
        """The office of the area changes its contracts."""
        if not keeps_books(self.scope, row.area_code):
            raise Problem("forbidden")

    def saved(self, values: Mapping[str, Any], **further: Any) -> Contract:
        """Enter or change a contract through its service."""
        given = dict(values)
        parts = given.pop("parts", None)
        return contract_save(
            values=given,
            parts=None if parts is None else [Part(**part) for part in parts],
            actor=self.actor,
            scope=self.scope,
            on=timezone.localdate(),
            **further,
        )


@extend_schema(tags=["contracts"])
@collection(
    "contract",
    ContractSerializer,
    parameters=[parameter(name, text) for name, text in PARAMETERS.items()],
)
class ContractCollection(ContractResource, WritableCollection):
    """Contracts, in the order in which they were entered."""

    def narrowed(self, rows: Any) -> Any:
        """Return the contracts that the parameters ask for."""
        programmes = matching(self.params, "programme", PROGRAMME_CODE)
        areas = matching(self.params, "area", AREA_CODE)
        sites = parsed(self.params, "site", UUID)
        rows = rows.filter(programme__code__in=programmes) if programmes else rows
        rows = rows.filter(code_prefix_condition("area_code", areas)) if areas else rows
        visible = ProjectSite.objects.visible_to(self.scope).filter(pk__in=sites)
        own = Contract.objects.filter(parts__site__in=visible.order_by().values("pk"))
        return rows.filter(pk__in=own.order_by().values("pk")) if sites else rows

    def created(self, values: Mapping[str, Any]) -> Contract:
        """Enter the contract."""
        return self.saved(values)


@extend_schema(tags=["contracts"])
@record("contract", ContractSerializer)
class ContractRecord(ContractResource, WritableRecord):
    """One contract."""

    http_method_names = ["get", "head", "options", "put", "patch"]

    def changed(self, row: Contract, values: Mapping[str, Any]) -> Contract:
        """Change it, if its version still stands."""
        return self.saved(values, contract=row, expected_version=row.version)


class VariationSerializer(StrictSerializer):
    """A change of a contract's amount, above or below zero."""

    amount = MoneyField(max_digits=16)
    reason = TextField(max_length=2000)
    approved_on = serializers.DateField()
    number = TextField(max_length=80, allow_blank=True, default="")


class ContractVariations(ContractResource, Action):
    """Variations of one contract; the answer is the contract as it stands afterwards."""

    input_class = VariationSerializer

    @extend_schema(
        tags=["contracts"],
        operation_id="contract_vary",
        parameters=[IDEMPOTENCY_KEY],
        request=VariationSerializer,
        responses=ContractSerializer,
    )
    def post(self, request: Any, pk: Any) -> Any:
        """Change what the contract comes to."""
        return super().post(request, pk)

    def done(self, row: Any, values: Mapping[str, Any], expected_version: int | None) -> Any:
        """Record the variation."""
        variation_record(
            contract=row, actor=self.actor, scope=self.scope, on=timezone.localdate(), **values
        )
        return row


class SettlementSerializer(StrictSerializer):
    """What was submitted and what the audit approved."""

    submitted = MoneyField(max_digits=16)
    approved = MoneyField(max_digits=16)
    settled_on = serializers.DateField()
    auditor = TextField(max_length=120, allow_blank=True, default="")
    document_number = TextField(max_length=80, allow_blank=True, default="")
    note = TextField(max_length=2000, allow_blank=True, default="")


class ContractSettlements(ContractResource, Action):
    """The settlement of one contract; the answer is the contract as it stands afterwards."""

    input_class = SettlementSerializer

    @extend_schema(
        tags=["contracts"],
        operation_id="contract_settle",
        parameters=[IDEMPOTENCY_KEY],
        request=SettlementSerializer,
        responses=ContractSerializer,
    )
    def post(self, request: Any, pk: Any) -> Any:
        """Settle the contract; a second settlement supersedes the first and says why."""
        return super().post(request, pk)

    def done(self, row: Any, values: Mapping[str, Any], expected_version: int | None) -> Any:
        """Record the settlement."""
        settlement_record(
            contract=row, actor=self.actor, scope=self.scope, on=timezone.localdate(), **values
        )
        return row
