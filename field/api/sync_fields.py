"""How a push and its answer look over HTTP."""

from __future__ import annotations

from rest_framework import serializers

from field.kinds import OpStatus
from field.limits import MOST_OPERATIONS
from field.operation_reading import OperationSerializer
from maintenance.kinds import FieldEntity, SetAsideCause, SetAsideState
from maintenance.log_review import LogStanding
from sites.api.fields import StrictSerializer, TextField, WholeNumberField

MOST_ASKED = 500


class PushSerializer(StrictSerializer):
    """Operations of one phone; `sent_at` is its clock when it sent them, `user` who made them."""

    device_id = TextField(max_length=80)
    user = WholeNumberField(allow_null=True, default=None)
    sent_at = serializers.DateTimeField(allow_null=True, default=None)
    ops = serializers.ListField(child=OperationSerializer(), max_length=MOST_OPERATIONS)


class PhotoReceiptSerializer(StrictSerializer):
    """A photo as the register knows it; one that is still to come has no `received_at`."""

    id = serializers.UUIDField()
    sha256 = serializers.CharField()
    received_at = serializers.DateTimeField(allow_null=True)


class ReceiptSerializer(StrictSerializer):
    """What the register holds of an entry, change or move."""

    entity = serializers.ChoiceField(FieldEntity.choices)
    id = serializers.UUIDField()
    received_at = serializers.DateTimeField()
    content_hash = serializers.CharField()
    server_seq = serializers.IntegerField(allow_null=True)
    standing = serializers.ChoiceField(LogStanding.choices, allow_null=True)
    photos = PhotoReceiptSerializer(many=True)


class OpErrorSerializer(StrictSerializer):
    """What was wrong where."""

    field = serializers.CharField()
    code = serializers.CharField()
    message = serializers.CharField()


class OpSetAsideSerializer(StrictSerializer):
    """Where an operation that was not taken is kept, and what the office said."""

    id = serializers.UUIDField()
    state = serializers.ChoiceField(SetAsideState.choices)
    reason = serializers.CharField()
    times_sent = serializers.IntegerField()


class OpResultSerializer(StrictSerializer):
    """What became of one operation; `current` is the record as it stands, of a clash."""

    op_id = serializers.CharField(allow_null=True)
    status = serializers.ChoiceField(OpStatus.choices)
    code = serializers.CharField()
    message = serializers.CharField()
    errors = OpErrorSerializer(many=True)  # type: ignore[assignment]
    server_seq = serializers.IntegerField(allow_null=True)
    receipt = ReceiptSerializer(allow_null=True)
    current = serializers.DictField(required=False)
    set_aside = OpSetAsideSerializer(required=False)


class PushAnswerSerializer(StrictSerializer):
    """The answers in the order of the operations."""

    results = OpResultSerializer(many=True)
    server_time = serializers.DateTimeField()


class EntryKeySerializer(StrictSerializer):
    """An entry that a phone asks about."""

    entity = serializers.ChoiceField(FieldEntity.choices)
    id = serializers.UUIDField()


class ReceiptsSerializer(StrictSerializer):
    """Entries, photos and operations that a phone asks about after it was cut off."""

    entries = serializers.ListField(child=EntryKeySerializer(), max_length=MOST_ASKED, default=list)
    photos = serializers.ListField(
        child=serializers.UUIDField(), max_length=MOST_ASKED, default=list
    )
    ops = serializers.ListField(child=serializers.UUIDField(), max_length=MOST_ASKED, default=list)


class SetAsideReceiptSerializer(StrictSerializer):
    """An entry that was not taken: why, and what the office said."""

    id = serializers.UUIDField()
    entity = serializers.CharField()
    entity_id = serializers.UUIDField(allow_null=True)
    op_id = serializers.UUIDField(allow_null=True)
    cause = serializers.ChoiceField(SetAsideCause.choices)
    code = serializers.CharField()
    state = serializers.ChoiceField(SetAsideState.choices)
    reason = serializers.CharField()


class OpReceiptSerializer(StrictSerializer):
    """An operation that was dealt with for good."""

    op_id = serializers.UUIDField()
    entity = serializers.CharField()
    entity_id = serializers.UUIDField()
    status = serializers.ChoiceField(OpStatus.choices)
    received_at = serializers.DateTimeField()
    server_seq = serializers.IntegerField()


class ReceiptsAnswerSerializer(StrictSerializer):
    """What the register holds of what was asked about; what is missing has not come."""

    entries = ReceiptSerializer(many=True)
    photos = PhotoReceiptSerializer(many=True)
    ops = OpReceiptSerializer(many=True)
    set_aside = SetAsideReceiptSerializer(many=True)
