"""The ledger over HTTP: entries, their reversal, sources, and balances."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, ClassVar
from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from funding.api.fields import RowField, SourceField
from funding.bookkeeping import keeps_any_books
from funding.kinds import EntryKind, SourceKind, SourceLevel, Stage
from funding.ledger_filter import LEDGER_PARAMETERS, LedgerFilter
from funding.models import (
    Contract,
    FallbackCommitment,
    FundingSource,
    LedgerEntry,
    OfficialDocument,
)
from funding.services import ledger_post, ledger_reverse
from funding.sums import MoneyTable, tables_of
from sites.api.fields import (
    AreaField,
    MoneyField,
    OrganisationField,
    ProgrammeField,
    StrictSerializer,
    TextField,
)
from sites.api.idempotency import once
from sites.api.paging import BY_CODE
from sites.api.parameters import refuse_unknown
from sites.api.resource import Collection, Record, Resource, WritableCollection
from sites.api.schema import IDEMPOTENCY_KEY, collection, parameter, record
from sites.models import ProjectSite
from sites.problems import Problem

BALANCE_PARAMETERS = {name: text for name, text in LEDGER_PARAMETERS.items() if name != "stage"}


class SourceSerializer(StrictSerializer):
    """A source of money."""

    code = serializers.CharField(read_only=True)
    name = serializers.CharField(read_only=True)
    name_en = serializers.CharField(read_only=True)
    level = serializers.ChoiceField(SourceLevel.choices, read_only=True)
    kind = serializers.ChoiceField(SourceKind.choices, allow_blank=True, read_only=True)
    is_active = serializers.BooleanField(read_only=True)


@extend_schema(tags=["funding"])
@collection("funding_source", SourceSerializer)
class SourceCollection(Collection):
    """Sources of money, by code."""

    serializer_class = SourceSerializer
    keys = BY_CODE

    def rows(self) -> Any:
        """Return the sources: they are no secret to anybody with a role."""
        return FundingSource.objects.visible_to(self.scope)


class EntrySerializer(StrictSerializer):
    """An entry of the ledger in yuan; a reversal and a return are below zero.

    An amount is sent above zero, also that of a return.
    """

    id = serializers.UUIDField(required=False)
    site = RowField(ProjectSite, allow_null=True, default=None)
    programme = ProgrammeField(allow_null=True, default=None)
    area = AreaField(allow_null=True, default=None)
    source = SourceField()  # type: ignore[assignment]
    stage = serializers.ChoiceField(Stage.choices)
    kind = serializers.ChoiceField(EntryKind.choices, default=EntryKind.ENTRY)
    amount = MoneyField(max_digits=16)
    booked_on = serializers.DateField()
    document_number = TextField(max_length=80, allow_blank=True, default="")
    document = RowField(OfficialDocument, allow_null=True, default=None)
    contract = RowField(Contract, allow_null=True, default=None)
    fallback = RowField(FallbackCommitment, allow_null=True, default=None)
    payee = OrganisationField(allow_null=True, default=None)
    override_reason = TextField(max_length=2000, allow_blank=True, default="")
    note = TextField(max_length=2000, allow_blank=True, default="")
    reverses = serializers.UUIDField(source="reverses_id", read_only=True)
    recorded_at = serializers.DateTimeField(read_only=True)
    recorded_by = serializers.CharField(source="recorded_by.username", read_only=True, default=None)


class EntryResource(Resource):
    """Entries that the caller may see."""

    serializer_class = EntrySerializer
    parameters: ClassVar[frozenset[str]] = frozenset(LEDGER_PARAMETERS)

    def rows(self) -> Any:
        """Return the entries with what they name."""
        rows = LedgerEntry.objects.visible_to(self.scope)
        return rows.select_related("programme", "area", "source", "recorded_by").defer(
            "area__boundary"
        )

    def version_of(self, row: LedgerEntry) -> int:
        """Return 1: an entry never changes."""
        return 1

    def require_create(self) -> None:
        """The office books; of which area is the service's to judge."""
        if not keeps_any_books(self.scope):
            raise Problem("forbidden")


@extend_schema(tags=["funding"])
@collection(
    "funding_entry",
    EntrySerializer,
    parameters=[parameter(name, description) for name, description in LEDGER_PARAMETERS.items()],
)
class EntryCollection(EntryResource, WritableCollection):
    """Entries of the ledger, in the order in which they were booked."""

    def narrowed(self, rows: Any) -> Any:
        """Return the entries that the parameters ask for."""
        return LedgerFilter.from_query(self.params).apply(rows)

    def created(self, values: Mapping[str, Any]) -> LedgerEntry:
        """Book the entry; the same `id` again is the same entry."""
        return ledger_post(**values, actor=self.actor, scope=self.scope, on=timezone.localdate())


@extend_schema(tags=["funding"])
@record("funding_entry", EntrySerializer)
class EntryRecord(EntryResource, Record):
    """One entry."""


class EntryReversalSerializer(StrictSerializer):
    """Why an entry is taken back, and on which day: today unless said."""

    reason = TextField(max_length=2000)
    booked_on = serializers.DateField(allow_null=True, default=None)
    override_reason = TextField(max_length=2000, allow_blank=True, default="")


class EntryReversal(EntryResource):
    """Taking back an entry by one of the opposite amount."""

    @extend_schema(
        tags=["funding"],
        operation_id="funding_entry_reverse",
        parameters=[IDEMPOTENCY_KEY],
        request=EntryReversalSerializer,
        responses={201: EntrySerializer},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Take the entry back; the answer is the reversal."""
        refuse_unknown(self.params, ())
        entry = self.rows().get(pk=pk)
        self.require_create()
        return once(request, lambda: self._reversed(entry))

    def _reversed(self, entry: LedgerEntry) -> Response:
        body = EntryReversalSerializer(data=self.request.data, context=self.serializer_context())
        body.is_valid(raise_exception=True)
        reversal = ledger_reverse(
            entry=entry,
            **body.validated_data,
            actor=self.actor,
            scope=self.scope,
            on=timezone.localdate(),
        )
        return self.answer(self.rows().get(pk=reversal.pk), status=201)


class StagesSerializer(serializers.Serializer[Any]):
    """Yuan at each stage."""

    budget = MoneyField(max_digits=20)
    allocated = MoneyField(max_digits=20)
    released = MoneyField(max_digits=20)
    paid = MoneyField(max_digits=20)


class SourceBalanceSerializer(StagesSerializer):
    """A source with its yuan at each stage."""

    source = serializers.CharField()  # type: ignore[assignment]
    level = serializers.ChoiceField(SourceLevel.choices)


class BalancesSerializer(serializers.Serializer[Any]):
    """Balances by source, the roll-up of central and provincial money, and the total."""

    items = SourceBalanceSerializer(many=True)
    levels = serializers.DictField(child=StagesSerializer())
    central_and_province = StagesSerializer()
    total = StagesSerializer()


class Balances(EntryResource):
    """Sums of the entries that the parameters ask for."""

    @extend_schema(
        tags=["funding"],
        operation_id="funding_balances",
        parameters=[parameter(name, text) for name, text in BALANCE_PARAMETERS.items()],
        responses=BalancesSerializer,
    )
    def get(self, request: Request) -> Response:
        """Answer the sums by source and stage; they sum to the total to the fen."""
        refuse_unknown(self.params, BALANCE_PARAMETERS)
        entries = LedgerEntry.objects.visible_to(self.scope)
        return Response(balances(tables_of(LedgerFilter.from_query(self.params).apply(entries))))


def balances(tables: Mapping[Stage, MoneyTable]) -> dict[str, Any]:
    """Return tables by stage as the answer shows them, amounts as text."""
    sources: dict[str, dict[str, str]] = {}
    for stage, table in tables.items():
        for row in table.rows:
            entry = sources.setdefault(
                row.source.code,
                {"source": row.source.code, "level": row.level.value, **_stages({})},
            )
            entry[stage.value] = _text(row.amount)
    return {
        "items": list(sources.values()),
        "levels": {
            level.value: _stages({stage: table.levels[level] for stage, table in tables.items()})
            for level in SourceLevel
        },
        "central_and_province": _stages(
            {stage: table.central_and_province for stage, table in tables.items()}
        ),
        "total": _stages({stage: table.total for stage, table in tables.items()}),
    }


def _stages(amounts: Mapping[Stage, Decimal]) -> dict[str, str]:
    return {stage.value: _text(amounts.get(stage, Decimal(0))) for stage in Stage}


def _text(amount: Decimal) -> str:
    return f"{amount:.2f}"
