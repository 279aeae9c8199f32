"""Defects, work orders, logs and the scopes of agreements as layers."""

from __future__ import annotations

import datetime
from collections.abc import Hashable, Sequence
from typing import Any

from django.db.models import Case, F, QuerySet, When
from django.db.models.expressions import Combinable
from django.utils import timezone

from assets.functions import derived_line
from maintenance.agreement_filter import NAMES as AGREEMENT_NAMES
from maintenance.agreement_filter import AgreementFilter
from maintenance.defect_filter import NAMES as DEFECT_NAMES
from maintenance.defect_filter import DefectFilter
from maintenance.fields import (
    DEFECT_FIELDS,
    LOG_FIELDS,
    ORDER_FIELDS,
    SCOPE_FIELDS,
    value_of,
)
from maintenance.log_filter import PARAMETERS as LOG_PARAMETERS
from maintenance.log_filter import LogFilter
from maintenance.log_review import with_standing
from maintenance.models import Agreement, AgreementScope, Defect, MaintenanceLog, WorkOrder
from maintenance.order_filter import PARAMETERS as ORDER_PARAMETERS
from maintenance.order_filter import OrderFilter
from maps.subjects.assets import for_office
from maps.subjects.places import township_name
from maps.subjects.subject import Subject
from sites.access import Scope
from sites.filter_values import Params
from sites.functions import ToMapProjection
from sites.site_field import SiteField

MOMENT_SECONDS = 300
"""What is overdue on a map may be so for five minutes before it shows; else no tile would last."""


class WorkSubject(Subject):
    """Records of upkeep with an area of their own; the public knows none of them."""

    catalogue: tuple[SiteField, ...]
    office_path = "area_code"

    def key(self, chosen: Any) -> Hashable:
        """Return the filter's text and the minutes for which lateness is judged."""
        return (chosen.to_query(), int(timezone.now().timestamp()) // MOMENT_SECONDS)

    def fields(self, kind: str | None = None) -> Sequence[SiteField]:
        """Return the fields of the catalogue."""
        return self.catalogue

    def value_of(self, entry: SiteField, scope: Scope) -> Combinable:
        """Return the value of a field; a restricted one where the office itself answers."""
        if entry.name == "township_name":
            return township_name(self.office_path.replace("area", "township"))
        value = value_of(entry)
        return for_office(value, scope, self.office_path) if entry.restricted else value

    def geometry(self) -> Any:
        """Return where it is on the ground."""
        return F("point")

    def mapped(self) -> Any:
        """Return the column kept for the map."""
        return F("point_3857")


class DefectSubject(WorkSubject):
    """Defects."""

    catalogue = DEFECT_FIELDS

    def names(self, *, public: bool = False) -> frozenset[str]:
        """Return the parameters of the filter of defects."""
        return frozenset() if public else frozenset(DEFECT_NAMES)

    def read(self, params: Params) -> DefectFilter:
        """Read the filter of defects."""
        return DefectFilter.from_query(params)

    def rows(self, scope: Scope, chosen: DefectFilter) -> QuerySet[Any]:
        """Return the defects."""
        return chosen.apply(Defect.objects.visible_to(scope))


class OrderSubject(WorkSubject):
    """Work orders."""

    catalogue = ORDER_FIELDS

    def names(self, *, public: bool = False) -> frozenset[str]:
        """Return the parameters of the filter of work orders."""
        return frozenset() if public else frozenset(ORDER_PARAMETERS)

    def read(self, params: Params) -> OrderFilter:
        """Read the filter of work orders."""
        return OrderFilter.from_query(params)

    def rows(self, scope: Scope, chosen: OrderFilter) -> QuerySet[Any]:
        """Return the work orders."""
        return chosen.apply(WorkOrder.objects.visible_to(scope), scope)


class LogSubject(WorkSubject):
    """Entries of what was done."""

    catalogue = LOG_FIELDS

    def names(self, *, public: bool = False) -> frozenset[str]:
        """Return the parameters of the filter of logs."""
        return frozenset() if public else frozenset(LOG_PARAMETERS)

    def read(self, params: Params) -> LogFilter:
        """Read the filter of logs."""
        return LogFilter.from_query(params)

    def rows(self, scope: Scope, chosen: LogFilter) -> QuerySet[Any]:
        """Return the entries."""
        return chosen.apply(with_standing(MaintenanceLog.objects.visible_to(scope)))

    def geometry(self) -> Any:
        """Return where the entry was made; nothing where the device knew no place."""
        return F("position")

    def mapped(self) -> Any:
        """Return the position in the map's projection."""
        return ToMapProjection(F("position"))


class ScopeSubject(WorkSubject):
    """The stretches and assets that agreements cover."""

    catalogue = SCOPE_FIELDS
    office_path = "agreement__area_code"

    def names(self, *, public: bool = False) -> frozenset[str]:
        """Return the parameters of the filter of agreements."""
        return frozenset() if public else frozenset(AGREEMENT_NAMES)

    def read(self, params: Params) -> AgreementFilter:
        """Read the filter of agreements."""
        return AgreementFilter.from_query(params)

    def day(self, chosen: AgreementFilter) -> datetime.date:
        """Return the day for which phases are judged."""
        return chosen.as_of

    def rows(self, scope: Scope, chosen: AgreementFilter) -> QuerySet[Any]:
        """Return the scopes of the agreements that the filter asks for."""
        agreements = chosen.apply(Agreement.objects.visible_to(scope), scope)
        return AgreementScope.objects.filter(agreement__in=agreements.order_by().values("pk"))

    def value_of(self, entry: SiteField, scope: Scope) -> Combinable:
        """Return the value of a field; the township is the asset's."""
        if entry.name == "township_name":
            return township_name("asset__township_code")
        return super().value_of(entry, scope)

    def geometry(self) -> Any:
        """Return the stretch, or the whole asset where no chainage is given."""
        return Case(When(start_m__isnull=True, then=F("asset__geometry")), default=derived_line())

    def mapped(self) -> Any:
        """Return the same in the map's projection."""
        return ToMapProjection(self.geometry())
