"""References of bodies of field work: to records by their identifiers, within the scope."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers

from assets.models import Asset, ConditionSurvey, Structure
from maintenance.models import (
    Agreement,
    AgreementParty,
    Defect,
    Inspection,
    Patrol,
    PatrolPlan,
    UpkeepStandard,
)
from sites.api.known_rows import known_row
from sites.models import Organisation


class KeyField(serializers.PrimaryKeyRelatedField[Any]):
    """A record by its identifier; one that the caller may not know of does not exist."""

    model: Any

    def __init__(self, **options: Any) -> None:
        if not options.get("read_only"):
            options.setdefault("queryset", self.model._default_manager.none())
        super().__init__(pk_field=serializers.UUIDField(), **options)

    def get_queryset(self) -> QuerySet[Any]:
        """Return the records in scope."""
        found: QuerySet[Any] = self.model._default_manager.visible_to(self.context["scope"])
        return found

    def to_internal_value(self, data: Any) -> Any:
        """Return the record; one that was read for all bodies of the request is not read again."""
        known = known_row(self.context, self.model, data)
        return super().to_internal_value(data) if known is None else known


class AssetKey(KeyField):
    """An asset."""

    model = Asset


class StructureKey(KeyField):
    """A structure on a road."""

    model = Structure


class SurveyKey(KeyField):
    """A condition survey."""

    model = ConditionSurvey


class AgreementKey(KeyField):
    """An agreement."""

    model = Agreement


class StandardKey(KeyField):
    """An upkeep standard."""

    model = UpkeepStandard


class PlanKey(KeyField):
    """A patrol plan."""

    model = PatrolPlan


class PatrolKey(KeyField):
    """A patrol that was made."""

    model = Patrol


class InspectionKey(KeyField):
    """An inspection."""

    model = Inspection


class DefectKey(KeyField):
    """A defect."""

    model = Defect


class PartyKey(KeyField):
    """An organisation that is party to an agreement which the caller may see."""

    model = Organisation

    def get_queryset(self) -> QuerySet[Any]:
        """Return the parties: a supervisor plans rounds for bodies that it knows only so."""
        agreements = Agreement.objects.visible_to(self.context["scope"])
        parties = AgreementParty.objects.filter(agreement__in=agreements.values("pk"))
        return Organisation.objects.filter(pk__in=parties.values("organisation_id"))
