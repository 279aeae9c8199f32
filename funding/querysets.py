"""Reads of the money: the office and evaluators by area, builders what concerns their sites."""

from __future__ import annotations

from typing import Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q

from sites.access import Viewer, code_prefix_condition, scope_of
from sites.querysets import AreaRowQuerySet


class ContractQuerySet(AreaRowQuerySet):
    """Contracts."""

    def visible_to(self, viewer: Viewer) -> Self:
        """The office and evaluators by area; a body the contracts that it signed."""
        scope = scope_of(viewer)
        if scope.everything:
            return self
        own = Q(contractor_id__in=scope.organisation_ids()) | Q(
            client_id__in=scope.organisation_ids()
        )
        return self.filter(code_prefix_condition("area_code", scope.area_codes()) | own)


class LedgerQuerySet(AreaRowQuerySet):
    """Entries of the ledger."""

    def visible_to(self, viewer: Viewer) -> Self:
        """The office and evaluators by area; a body what was paid under its own contracts."""
        scope = scope_of(viewer)
        if scope.everything:
            return self
        condition = code_prefix_condition("area_code", scope.area_codes())
        if scope.organisation_ids():
            contracts = apps.get_model("funding", "Contract")._default_manager.filter(
                pk=OuterRef("contract_id"), contractor_id__in=scope.organisation_ids()
            )
            condition |= Q(Exists(contracts))
        return self.filter(condition)


class SourceQuerySet(models.QuerySet[Any]):
    """Sources of money."""

    def visible_to(self, viewer: Viewer) -> Self:
        """The sources are no secret: everybody with a role sees them."""
        scope = scope_of(viewer)
        return self if scope.everything or scope.grants else self.none()
