"""How agreements and their parts look over HTTP."""

from __future__ import annotations

from rest_framework import serializers

from maintenance.kinds import (
    AgreementModel,
    AgreementPhase,
    AgreementState,
    FundingSource,
    PartyRole,
    PaymentCycle,
    PriceBasis,
    UpkeepTask,
)
from maintenance.services.agreement_scopes import MOST_SCOPES
from sites.api.fields import AreaField, NumberField, OrganisationField, StrictSerializer, TextField

MOST_PARTIES = 50
MOST_SHARES = 20
MOST_BANDS = 50


class PartySerializer(StrictSerializer):
    """A party: which body, in which role, and its signature."""

    organisation = OrganisationField()
    organisation_name = serializers.CharField(source="organisation.name", read_only=True)
    role = serializers.ChoiceField(PartyRole.choices)
    signatory = serializers.CharField(read_only=True)
    signed_on = serializers.DateField(read_only=True)
    recorded_by = serializers.CharField(
        source="recorded_by.username", read_only=True, default=None, allow_null=True
    )


class ScopeSerializer(StrictSerializer):
    """An asset or a stretch of it in metres of chainage, and the person in charge of it."""

    id = serializers.UUIDField(read_only=True)
    asset = serializers.UUIDField(source="asset_id")
    asset_code = serializers.CharField(source="asset.code", read_only=True)
    asset_name = serializers.CharField(source="asset.name", read_only=True)
    task = serializers.ChoiceField(UpkeepTask.choices, default=UpkeepTask.ROUTINE)
    start_m = NumberField(max_digits=9, decimal_places=1, allow_null=True, default=None)
    end_m = NumberField(max_digits=9, decimal_places=1, allow_null=True, default=None)
    length_m = NumberField(max_digits=9, decimal_places=1, read_only=True)
    keeper_name = TextField(max_length=60, allow_blank=True, default="")
    keeper_phone = TextField(max_length=30, allow_blank=True, default="")


class ShareSerializer(StrictSerializer):
    """The percentage of each payment that a source bears."""

    source = serializers.ChoiceField(FundingSource.choices)  # type: ignore[assignment]
    percent = NumberField(max_digits=6, decimal_places=3)


class BandSerializer(StrictSerializer):
    """From this score on, this coefficient."""

    from_score = NumberField(max_digits=5, decimal_places=2)
    coefficient = NumberField(max_digits=5, decimal_places=4)


class AgreementRow(StrictSerializer):
    """An agreement in a list: who, when, how much, and what it covers in sum."""

    id = serializers.UUIDField(read_only=True)
    number = TextField(max_length=60)
    name = TextField(max_length=200)
    model = serializers.ChoiceField(AgreementModel.choices)
    area = serializers.CharField(source="area_code", read_only=True)
    state = serializers.ChoiceField(AgreementState.choices, read_only=True)
    phase = serializers.ChoiceField(AgreementPhase.choices, read_only=True)
    starts_on = serializers.DateField()
    ends_on = serializers.DateField()
    ended_on = serializers.DateField(read_only=True)
    renews = serializers.UUIDField(source="renews_id", read_only=True)
    standard_text = TextField(max_length=5000, allow_blank=True, default="")
    price_basis = serializers.ChoiceField(PriceBasis.choices)
    unit_price = NumberField(max_digits=14, decimal_places=2, min_value=0, default=0)
    payment_cycle = serializers.ChoiceField(PaymentCycle.choices, default=PaymentCycle.MONTH)
    inspects = serializers.ChoiceField(PartyRole.choices, default=PartyRole.SUPERVISOR)
    confirms = serializers.ChoiceField(PartyRole.choices, default=PartyRole.PARTICIPANT)
    note = TextField(max_length=5000, allow_blank=True, default="")
    parties = PartySerializer(many=True, max_length=MOST_PARTIES, default=list)  # type: ignore[call-arg]
    shares = ShareSerializer(many=True, max_length=MOST_SHARES, default=list)  # type: ignore[call-arg]
    bands = BandSerializer(many=True, max_length=MOST_BANDS, default=list)  # type: ignore[call-arg]
    length_m = NumberField(max_digits=14, decimal_places=1, read_only=True)
    assets = serializers.IntegerField(read_only=True)
    version = serializers.IntegerField(read_only=True)
    updated_at = serializers.DateTimeField(read_only=True)


class AgreementSerializer(AgreementRow):
    """A whole agreement; parts that are given replace what stands, each as a whole."""

    area = AreaField()  # type: ignore[assignment]
    scopes = ScopeSerializer(many=True, max_length=MOST_SCOPES, default=list)  # type: ignore[call-arg]


class AgreementChangeSerializer(StrictSerializer):
    """One move of an agreement: who, for which body, in which role, when and why."""

    id = serializers.UUIDField(read_only=True)
    from_state = serializers.ChoiceField(AgreementState.choices, read_only=True)
    to_state = serializers.ChoiceField(AgreementState.choices, read_only=True)
    actor = serializers.CharField(source="actor.username", read_only=True, default=None)
    organisation = serializers.UUIDField(source="organisation_id", read_only=True)
    role = serializers.CharField(read_only=True)
    at = serializers.DateTimeField(read_only=True)
    reason = serializers.CharField(read_only=True)
