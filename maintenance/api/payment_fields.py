"""How assessments and payments look over HTTP: every amount, score and factor is a text."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any, Final

from rest_framework import serializers

from maintenance.api.log_fields import RowField
from maintenance.kinds import FundingSource, PaymentState, PriceBasis
from maintenance.models import Agreement, Assessment, Defect, Inspection, PaymentRequest, WorkOrder
from sites.api.fields import MoneyField, StrictSerializer, TextField
from sites.kinds import Role

PLAIN_DECIMAL: Final = re.compile(r"[0-9]{1,12}(\.[0-9]{1,6})?")
MOST_LINES: Final = 200


class DecimalTextField(serializers.DecimalField):
    """A number given and answered as text: "86", "0.9"."""

    def __init__(self, **options: Any) -> None:
        super().__init__(coerce_to_string=True, **options)

    def to_internal_value(self, data: Any) -> Any:
        """Return the number; a JSON number would already have been rounded on its way."""
        if not isinstance(data, str) or not PLAIN_DECIMAL.fullmatch(data):
            self.fail("invalid")
        return super().to_internal_value(data)


def plain_text(number: Decimal) -> str:
    """Return a number without trailing zeros and exponents."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


class LineSerializer(StrictSerializer):
    """Points that were lost, why, and the inspection or defect that shows it."""

    points = DecimalTextField(max_digits=5, decimal_places=2, min_value=Decimal("0.01"))
    cause = TextField(max_length=200)
    inspection = RowField(Inspection, allow_null=True, default=None)
    defect = RowField(Defect, allow_null=True, default=None)


class AssessmentSerializer(StrictSerializer):
    """The score of a period out of 100, the cause of every lost point, and the coefficient."""

    id = serializers.UUIDField(read_only=True)
    agreement = RowField(Agreement)
    period_start = serializers.DateField()
    period_end = serializers.DateField()
    score = DecimalTextField(max_digits=5, decimal_places=2, max_value=100)
    coefficient = DecimalTextField(max_digits=5, decimal_places=4, read_only=True)
    lines = LineSerializer(many=True, default=list, max_length=MOST_LINES)  # type: ignore[call-arg]
    note = TextField(max_length=2000, allow_blank=True, default="")
    supersedes = RowField(Assessment, allow_null=True, default=None)
    is_superseded = serializers.BooleanField(read_only=True)
    organisation = serializers.UUIDField(source="organisation_id", read_only=True)
    assessor = serializers.CharField(source="assessor.username", read_only=True, default=None)
    assessed_at = serializers.DateTimeField(read_only=True)


class ProposedLineSerializer(StrictSerializer):
    """A line that the period's records suggest."""

    points = DecimalTextField(max_digits=5, decimal_places=2)
    cause = serializers.CharField()
    inspection = serializers.UUIDField(source="inspection_id", allow_null=True)
    defect = serializers.UUIDField(source="defect_id", allow_null=True)


class ProposalSerializer(StrictSerializer):
    """What inspections and defects of a period suggest; whoever scores decides."""

    period_start = serializers.DateField()
    period_end = serializers.DateField()
    inspections = serializers.IntegerField()
    score = DecimalTextField(max_digits=5, decimal_places=2)
    lines = ProposedLineSerializer(many=True)


class PaymentShareSerializer(StrictSerializer):
    """What one source bears."""

    source = serializers.ChoiceField(FundingSource.choices)  # type: ignore[assignment]
    percent = DecimalTextField(max_digits=6, decimal_places=3)
    amount = MoneyField(max_digits=16)


class DeductionSerializer(StrictSerializer):
    """An amount that is taken off, and why."""

    id = serializers.UUIDField(read_only=True)
    amount = MoneyField(max_digits=14, min_value=Decimal("0.01"))
    reason = TextField(max_length=200)
    defect = RowField(Defect, allow_null=True, default=None)
    order = RowField(WorkOrder, allow_null=True, default=None)


QUANTITY_UNITS: Final = {
    PriceBasis.PER_KM_YEAR: "km",
    PriceBasis.PER_SITE_YEAR: "assets",
    PriceBasis.PER_ORDER: "orders",
}


class PaymentSerializer(StrictSerializer):
    """The payment of one period; `payable` is null until the period has been assessed."""

    id = serializers.UUIDField(read_only=True)
    agreement = RowField(Agreement)
    agreement_number = serializers.CharField(source="agreement.number", read_only=True)
    period_start = serializers.DateField()
    period_end = serializers.DateField()
    state = serializers.ChoiceField(PaymentState.choices, read_only=True)
    assessment = serializers.UUIDField(source="assessment_id", read_only=True)
    score = DecimalTextField(
        source="assessment.score", max_digits=5, decimal_places=2, read_only=True, default=None
    )
    quantity = DecimalTextField(max_digits=12, decimal_places=4, read_only=True)
    quantity_unit = serializers.SerializerMethodField()
    unit_price = MoneyField(source="agreement.unit_price", max_digits=14, read_only=True)
    base = MoneyField(max_digits=16, read_only=True)
    coefficient = DecimalTextField(max_digits=5, decimal_places=4, read_only=True)
    deductions_total = MoneyField(max_digits=16, read_only=True)
    payable = serializers.SerializerMethodField()
    shares = PaymentShareSerializer(many=True, read_only=True)
    deductions = DeductionSerializer(many=True, read_only=True)
    document_no = serializers.CharField(read_only=True)
    paid_on = serializers.DateField(read_only=True)
    note = TextField(max_length=2000, allow_blank=True, default="")
    version = serializers.IntegerField(read_only=True)
    created_at = serializers.DateTimeField(read_only=True)
    updated_at = serializers.DateTimeField(read_only=True)

    def get_quantity_unit(self, payment: PaymentRequest) -> str:
        """What the quantity counts: km, assets or orders."""
        return QUANTITY_UNITS[PriceBasis(payment.agreement.price_basis)]

    def get_payable(self, payment: PaymentRequest) -> str | None:
        """Yuan to the fen, once there is a coefficient."""
        return None if payment.coefficient is None else f"{payment.payable:f}"


class PaymentMoveSerializer(StrictSerializer):
    """Where to; `paid` needs the number and the day of the payment document."""

    to_state = serializers.ChoiceField(PaymentState.choices)
    reason = TextField(max_length=2000, allow_blank=True, default="")
    document_no = TextField(max_length=80, allow_blank=True, default="")
    paid_on = serializers.DateField(allow_null=True, default=None)


class PaymentChangeSerializer(StrictSerializer):
    """One move: who, for which body, in which role, when and why."""

    id = serializers.UUIDField(read_only=True)
    from_state = serializers.CharField(read_only=True)
    to_state = serializers.ChoiceField(PaymentState.choices, read_only=True)
    actor = serializers.CharField(source="actor.username", read_only=True, default=None)
    organisation = serializers.UUIDField(source="organisation_id", read_only=True)
    role = serializers.ChoiceField(Role.choices, read_only=True)
    reason = serializers.CharField(read_only=True)
    at = serializers.DateTimeField(read_only=True)


class BlockSerializer(StrictSerializer):
    """One reason why the payment cannot be approved, and the page where it is dealt with."""

    code = serializers.CharField()
    message = serializers.CharField(source="sentence")
    link = serializers.CharField(allow_blank=True)
