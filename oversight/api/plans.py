"""Monthly plans over HTTP: begun, written, filed, confirmed, closed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar
from uuid import UUID

from django.db import transaction
from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from assets.api.actions import Action
from oversight.api.references import SiteKey
from oversight.kinds import ItemResult, PlanState
from oversight.models import MonthlyPlan, PlanItem
from oversight.months import days_late, parse_month
from oversight.plan_filter import NAMES, PlanFilter
from oversight.plan_prefill import MOST_ITEMS, ItemValues
from oversight.services.plan_access import may_file
from oversight.services.plan_moves import plan_close, plan_confirm, plan_return, plan_submit
from oversight.services.plans import plan_explain, plan_remove, plan_save, plan_start
from sites.api.fields import (
    AreaField,
    MoneyField,
    NumberField,
    OrganisationField,
    StrictSerializer,
    TextField,
)
from sites.api.resource import Resource, WritableCollection, WritableRecord
from sites.api.schema import IDEMPOTENCY_KEY, collection, parameter, record
from sites.kinds import MilestoneKind
from sites.problems import Problem, invalid

LONGEST_TEXT = 2000
PARAMETERS = (
    parameter("month", "Months such as 2026-09, separated by commas."),
    parameter("state", f"States, separated by commas: {', '.join(PlanState.values)}."),
    parameter("area", "Area codes with all below them, separated by commas."),
    parameter("organisation", "Identifiers of the bodies that file, separated by commas."),
    parameter("late", "1 for plans that were filed late, 0 for the others."),
)


class MonthField(serializers.CharField):
    """A month written as 2026-09."""

    def to_internal_value(self, data: Any) -> Any:
        """Return its first day."""
        try:
            return parse_month(data if isinstance(data, str) else "")
        except ValueError:
            self.fail("invalid")

    def to_representation(self, value: Any) -> str:
        """Return the month."""
        return f"{value:%Y-%m}"


class PlanItemSerializer(StrictSerializer):
    """One line: what is to be reached at a site, and once closed what was."""

    id = serializers.UUIDField(read_only=True)
    site = SiteKey()
    milestone = serializers.ChoiceField(MilestoneKind.choices, allow_blank=True, default="")
    due_on = serializers.DateField(allow_null=True, default=None)
    percent = NumberField(max_digits=5, decimal_places=2, allow_null=True, default=None)
    quantity = NumberField(max_digits=14, decimal_places=3, allow_null=True, default=None)
    money = MoneyField(max_digits=16, allow_null=True, default=None)
    note = TextField(max_length=200, allow_blank=True, default="")
    result = serializers.ChoiceField(ItemResult.choices, read_only=True)
    reached_on = serializers.DateField(read_only=True, allow_null=True)
    reached_percent = NumberField(max_digits=5, decimal_places=2, read_only=True, allow_null=True)
    reached_quantity = NumberField(max_digits=14, decimal_places=3, read_only=True, allow_null=True)
    reached_money = MoneyField(max_digits=16, read_only=True, allow_null=True)
    explanation = serializers.CharField(read_only=True)


class MonthlyPlanSerializer(StrictSerializer):
    """A plan with its lines; `items` left out at the beginning means the nodes due."""

    id = serializers.UUIDField(read_only=True)
    organisation = OrganisationField()
    area = AreaField(required=False)
    month = MonthField()
    due_on = serializers.DateField(read_only=True)
    state = serializers.ChoiceField(PlanState.choices, read_only=True)
    submitted_at = serializers.DateTimeField(read_only=True, allow_null=True)
    days_late = serializers.SerializerMethodField()
    closed_at = serializers.DateTimeField(read_only=True, allow_null=True)
    note = TextField(max_length=LONGEST_TEXT, allow_blank=True, default="")
    items: Any = serializers.ListSerializer(
        child=PlanItemSerializer(), required=False, max_length=MOST_ITEMS
    )
    version = serializers.IntegerField(read_only=True)
    updated_at = serializers.DateTimeField(read_only=True)

    def get_days_late(self, plan: MonthlyPlan) -> int:
        """Return by how many days it was filed late, or is late today."""
        return days_late(plan.due_on, plan.submitted_at, timezone.localdate())


class PlanMoveSerializer(StrictSerializer):
    """Where to; a return needs a reason."""

    to_state = serializers.ChoiceField(
        [(s.value, s.label) for s in PlanState if s != PlanState.DRAFT]
    )
    reason = TextField(max_length=LONGEST_TEXT, allow_blank=True, default="")


class ExplanationSerializer(StrictSerializer):
    """Why one line was not reached."""

    item = serializers.UUIDField()
    text = TextField(max_length=1000, allow_blank=True)


class ExplanationsSerializer(StrictSerializer):
    """Why lines were not reached."""

    explanations: Any = serializers.ListSerializer(
        child=ExplanationSerializer(), min_length=1, max_length=MOST_ITEMS
    )


class PlanResource(Resource):
    """Monthly plans that the caller may know of."""

    serializer_class = MonthlyPlanSerializer
    parameters: ClassVar[frozenset[str]] = frozenset(NAMES)

    def rows(self) -> Any:
        """Return the plans with their lines, a constant number of statements a page."""
        items = PlanItem.objects.select_related("site").only(
            *(f.name for f in PlanItem._meta.concrete_fields if f.name != "site"), "site__code"
        )
        plans = MonthlyPlan.objects.visible_to(self.scope)
        plans = plans.select_related("organisation", "area").defer("area__boundary")
        return plans.prefetch_related(Prefetch("items", items.order_by("site__code", "pk")))

    def require_create(self) -> None:
        """The office files plans."""
        if not self.scope.edits_sites:
            raise Problem("forbidden")

    def require_change(self, row: MonthlyPlan) -> None:
        """The office of the plan's area changes it."""
        if not may_file(self.scope, row.area_code):
            raise Problem("forbidden")


@extend_schema(tags=["plans"])
@collection("monthly_plan", MonthlyPlanSerializer, parameters=PARAMETERS)
class PlanCollection(PlanResource, WritableCollection):
    """Monthly plans of townships and lead departments."""

    def narrowed(self, rows: Any) -> Any:
        """Return the plans that the parameters ask for."""
        return PlanFilter.from_query(self.params).apply(rows)

    def created(self, values: Mapping[str, Any]) -> MonthlyPlan:
        """Begin a plan, with its lines or with the nodes that are due in the month."""
        body = values["organisation"]
        area = values.get("area") or body.area
        if area is None:
            raise invalid("area", "required", _("Name the area."))
        common: dict[str, Any] = {"actor": self.actor, "scope": self.scope}
        with transaction.atomic():
            plan = plan_start(
                organisation=body,
                area=area,
                month=values["month"],
                note=values["note"],
                prefill="items" not in values,
                **common,
            )
            if "items" in values:
                plan_save(plan=plan, items=_lines(values["items"]), note=values["note"], **common)
        return plan


@extend_schema(tags=["plans"])
@record("monthly_plan", MonthlyPlanSerializer)
class PlanRecord(PlanResource, WritableRecord):
    """One monthly plan; its body and month stay."""

    http_method_names = ["get", "head", "options", "patch", "delete"]

    def changed(self, row: MonthlyPlan, values: Mapping[str, Any]) -> MonthlyPlan:
        """Write note and lines of a plan that was not filed yet, or was returned."""
        for name in ("organisation", "area", "month"):
            if name in values and values[name] != getattr(row, name):
                sentence = _("This value cannot be changed once the record exists.")
                raise invalid(name, "read_only", sentence)
        lines = (
            _lines(values["items"])
            if "items" in values
            else [_values_of(item) for item in row.items.all()]
        )
        return plan_save(
            plan=row,
            items=lines,
            note=values.get("note", row.note),
            actor=self.actor,
            scope=self.scope,
            expected_version=row.version,
        )

    def removed(self, row: MonthlyPlan) -> None:
        """Remove a draft."""
        plan_remove(plan=row, actor=self.actor, scope=self.scope, expected_version=row.version)


def _lines(given: Sequence[Mapping[str, Any]]) -> list[ItemValues]:
    """Return the lines of a body; a change leaves defaults out, so the site is asked for here."""
    for place, line in enumerate(given):
        if "site" not in line:
            raise invalid(f"items.{place}.site", "required", _("Name the site."))
    return [ItemValues(**line) for line in given]


def _values_of(item: PlanItem) -> ItemValues:
    return ItemValues(
        site=item.site,
        milestone=item.milestone,
        due_on=item.due_on,
        percent=item.percent,
        quantity=item.quantity,
        money=item.money,
        note=item.note,
    )


class PlanMoves(PlanResource, Action):
    """Moves of a plan."""

    input_class = PlanMoveSerializer

    @extend_schema(
        tags=["plans"],
        operation_id="monthly_plan_move",
        parameters=[IDEMPOTENCY_KEY],
        request=PlanMoveSerializer,
        responses=MonthlyPlanSerializer,
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """File, return, confirm, or close a plan against facts."""
        return super().post(request, pk)

    def done(self, row: Any, values: Mapping[str, Any], expected_version: int | None) -> Any:
        """Move the plan."""
        common: dict[str, Any] = {
            "plan": row,
            "actor": self.actor,
            "scope": self.scope,
            "at": timezone.now(),
            "expected_version": expected_version,
        }
        to_state = values["to_state"]
        if to_state == PlanState.SUBMITTED:
            plan_submit(**common)
        elif to_state == PlanState.RETURNED:
            plan_return(reason=values["reason"], **common)
        elif to_state == PlanState.CONFIRMED:
            plan_confirm(**common)
        else:
            plan_close(**common)
        return row


class PlanExplanations(PlanResource, Action):
    """Why lines of a plan were not reached."""

    input_class = ExplanationsSerializer

    @extend_schema(
        tags=["plans"],
        operation_id="monthly_plan_explain",
        parameters=[IDEMPOTENCY_KEY],
        request=ExplanationsSerializer,
        responses=MonthlyPlanSerializer,
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Explain lines between confirmation and closing."""
        return super().post(request, pk)

    def done(self, row: Any, values: Mapping[str, Any], expected_version: int | None) -> Any:
        """Write the explanations."""
        return plan_explain(
            plan=row,
            explanations={entry["item"]: entry["text"] for entry in values["explanations"]},
            actor=self.actor,
            scope=self.scope,
            expected_version=expected_version,
        )
