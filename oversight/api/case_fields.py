"""How cases of accountability look over HTTP."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from rest_framework import serializers

from assets.api.references import OwnPhotosField, SiteField
from assets.models import Finding
from funding.models import OfficialDocument
from maintenance.api.log_fields import RowField
from oversight.case_moves import CaseMove
from oversight.kinds import CaseCause, CaseLevel, CaseState, StepKind
from oversight.letters import LONGEST_BODY
from oversight.models import AccountabilityCase, CaseStep, Decision, MonthlyPlan
from sites.api.fields import AreaField, OrganisationField, StrictSerializer, TextField
from sites.models import Milestone

LONGEST_TEXT = 8000


class DocumentsField(serializers.ListField):
    """Official documents by their identifiers, within what the caller may see."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            child=RowField(OfficialDocument), max_length=20, write_only=True, **options
        )


class CaseStepSerializer(StrictSerializer):
    """One step; `letter` is the text as it was sent, `on_behalf_of` a body for which it stands."""

    id = serializers.UUIDField(read_only=True)
    kind = serializers.ChoiceField(StepKind.choices, read_only=True)
    level = serializers.ChoiceField(CaseLevel.choices, read_only=True)
    on = serializers.DateField(read_only=True)
    text = serializers.CharField(read_only=True)
    letter = serializers.CharField(read_only=True)
    due_on = serializers.DateField(read_only=True, allow_null=True)
    actor = serializers.CharField(source="actor.username", read_only=True, default=None)
    on_behalf_of = serializers.UUIDField(source="organisation_id", read_only=True)
    photos = serializers.SerializerMethodField()
    documents = serializers.SerializerMethodField()
    recorded_at = serializers.DateTimeField(read_only=True)

    def get_photos(self, step: CaseStep) -> list[str]:
        """Identifiers of the photos of the step."""
        return [str(row.photo_id) for row in step.evidence.all() if row.photo_id]

    def get_documents(self, step: CaseStep) -> list[str]:
        """Identifiers of the documents of the step."""
        return [str(row.document_id) for row in step.evidence.all() if row.document_id]


class CaseSerializer(StrictSerializer):
    """A case against a body; what is left out is taken from the record on which it rests."""

    id = serializers.UUIDField(read_only=True)
    number = serializers.CharField(read_only=True)
    area = AreaField(default=None)
    site = SiteField(allow_null=True, default=None)
    site_code = serializers.CharField(source="site.code", read_only=True, default=None)
    organisation = OrganisationField(allow_null=True, default=None)
    organisation_name = serializers.CharField(source="organisation.name", read_only=True)
    person = TextField(max_length=60, allow_blank=True, default="")
    cause = serializers.ChoiceField(CaseCause.choices)
    facts = TextField(max_length=LONGEST_TEXT)
    decision = RowField(Decision, allow_null=True, default=None)
    milestone = RowField(Milestone, allow_null=True, default=None)
    plan = RowField(MonthlyPlan, allow_null=True, default=None)
    finding = RowField(Finding, allow_null=True, default=None)
    level = serializers.ChoiceField(CaseLevel.choices, default=CaseLevel.REMINDER)
    photos = OwnPhotosField(default=list)
    documents = DocumentsField(default=list)
    state = serializers.ChoiceField(CaseState.choices, read_only=True)
    raised_on = serializers.DateField(read_only=True)
    reply_due_on = serializers.DateField(read_only=True, allow_null=True)
    is_overdue = serializers.SerializerMethodField()
    closed_on = serializers.DateField(read_only=True, allow_null=True)
    outcome = serializers.CharField(read_only=True)
    steps = CaseStepSerializer(many=True, read_only=True)
    version = serializers.IntegerField(read_only=True)
    updated_at = serializers.DateTimeField(read_only=True)

    def get_is_overdue(self, case: AccountabilityCase) -> bool:
        """Whether a reply was due before today and has not come."""
        due = case.reply_due_on
        return case.state == CaseState.NOTIFIED and bool(due and due < timezone.localdate())


class CaseMoveSerializer(StrictSerializer):
    """What is done: the words of it, and for a letter its body, addressee and day of reply.

    A letter that is left out is written from the template of the level.
    """

    move = serializers.ChoiceField(CaseMove.choices)
    text = TextField(max_length=LONGEST_TEXT, allow_blank=True, default="")
    letter = TextField(max_length=LONGEST_BODY, allow_blank=True, default="")
    addressee = TextField(max_length=120, allow_blank=True, default="")
    due_on = serializers.DateField(allow_null=True, default=None)
    photos = OwnPhotosField(default=list)
    documents = DocumentsField(default=list)


class LetterDraftSerializer(StrictSerializer):
    """The letter that would be sent next, from the template of its level; always in Chinese."""

    level = serializers.ChoiceField(CaseLevel.choices)
    title = serializers.CharField()
    addressee = serializers.CharField()
    letter = serializers.CharField()
    due_on = serializers.DateField()


class OverdueRaisedSerializer(StrictSerializer):
    """The cases that one run raised and those that it took to the next level."""

    raised = serializers.ListField(child=serializers.UUIDField())
    escalated = serializers.ListField(child=serializers.UUIDField())
