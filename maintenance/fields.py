"""The catalogues of fields that upkeep records have outside, for exports.

A `path` is an ORM path from the row; the fields named in `COMPUTED` have an expression in
`value_of`. `restricted` fields are for the office alone.
"""

from __future__ import annotations

from typing import Final

from django.db.models import F
from django.db.models.expressions import Combinable
from django.utils.translation import gettext_lazy as _

from assets.kinds import Severity
from assets.part_fields import ASSET_OF_ROW, chainage_value
from maintenance.kinds import (
    DefectKind,
    DefectSource,
    DefectState,
    OrderKind,
    OrderState,
    Priority,
    QuantityUnit,
    ReviewVerdict,
    UpkeepGap,
    UpkeepTask,
)
from maintenance.log_review import latest_verdict
from sites.site_field import FieldType, SiteField

_N, _D, _M, _C = FieldType.DECIMAL, FieldType.DATE, FieldType.MOMENT, FieldType.CHOICE
_I, _CODE, _B = FieldType.INTEGER, FieldType.CODE, FieldType.BOOLEAN

COMPUTED: Final = frozenset({"chainage", "stretch", "township_name", "verdict"})
"""Fields without a column of their own."""

_AGREEMENT: Final[tuple[SiteField, ...]] = (
    SiteField("agreement", _("Agreement (identifier)"), "agreement_id", _CODE),
    SiteField("agreement_no", _("Agreement"), "agreement__number", _CODE),
)
_PLACE: Final[tuple[SiteField, ...]] = (
    SiteField("area", _("Area"), "area_code", _CODE),
    SiteField("township", _("Township"), "township_code", _CODE),
    SiteField("township_name", _("Township name"), ""),
)
_STRETCH: Final[tuple[SiteField, ...]] = (
    SiteField("start_m", _("From chainage (m)"), "start_m", _N),
    SiteField("end_m", _("To chainage (m)"), "end_m", _N),
    SiteField("stretch", _("Stretch"), ""),
)
_CHAINAGE: Final[tuple[SiteField, ...]] = (
    SiteField("chainage_m", _("Chainage (m)"), "chainage_m", _N),
    SiteField("chainage", _("Chainage"), ""),
)
_UPDATED: Final = SiteField("updated_at", _("Updated at"), "updated_at", _M)

ASSET_UPKEEP_FIELDS: Final[tuple[SiteField, ...]] = (
    SiteField("gap", _("Upkeep"), "", _C, choices=UpkeepGap, writable=False),
    SiteField(
        "last_inspected_on",
        _("Last inspected on"),
        "upkeep_status__last_inspected_on",
        _D,
        writable=False,
    ),
    SiteField(
        "next_due_on", _("Next inspection due"), "upkeep_status__next_due_on", _D, writable=False
    ),
)
"""How an asset stands with its upkeep, beside the fields of `assets.fields`."""

DEFECT_FIELDS: Final[tuple[SiteField, ...]] = (
    SiteField("number", _("Number"), "number", _I),
    SiteField("kind", _("Kind"), "kind", _C, choices=DefectKind),
    SiteField("severity", _("Severity"), "severity", _C, choices=Severity),
    SiteField("state", _("State"), "state", _C, choices=DefectState),
    SiteField("source", _("Source"), "source", _C, choices=DefectSource),
    *ASSET_OF_ROW,
    *_PLACE,
    *_CHAINAGE,
    SiteField("found_at", _("Found at"), "found_at", _M),
    SiteField("closed_at", _("Closed at"), "closed_at", _M),
    SiteField("description", _("Description"), "description"),
    *_AGREEMENT,
    SiteField("order_no", _("Number of the work order"), "order__number", _I),
    SiteField("reported_for", _("Reported for"), "organisation__name"),
    _UPDATED,
)
ORDER_FIELDS: Final[tuple[SiteField, ...]] = (
    SiteField("number", _("Number"), "number", _I),
    SiteField("title", _("Title"), "title"),
    SiteField("kind", _("Kind"), "kind", _C, choices=OrderKind),
    SiteField("priority", _("Priority"), "priority", _C, choices=Priority),
    SiteField("state", _("State"), "state", _C, choices=OrderState),
    *ASSET_OF_ROW,
    *_PLACE,
    *_STRETCH,
    *_AGREEMENT,
    SiteField("executor", _("Executor"), "executor__name"),
    SiteField("inspector", _("Inspector"), "inspector__name"),
    SiteField("confirmer", _("Confirmer"), "confirmer__name"),
    SiteField("issued_at", _("Issued at"), "issued_at", _M),
    SiteField("due_at", _("Due"), "due_at", _M),
    SiteField("submitted_at", _("Submitted at"), "submitted_at", _M),
    SiteField("closed_at", _("Closed at"), "closed_at", _M),
    SiteField("rework_count", _("Times sent back"), "rework_count", _I),
    SiteField("estimate", _("Estimate (yuan)"), "estimate", _N),
    SiteField("agreed_price", _("Agreed price (yuan)"), "agreed_price", _N),
    SiteField("description", _("Description"), "description"),
    _UPDATED,
)
LOG_FIELDS: Final[tuple[SiteField, ...]] = (
    SiteField("server_seq", _("Serial number"), "server_seq", _I),
    SiteField("task", _("Task"), "task", _C, choices=UpkeepTask),
    SiteField("order_no", _("Number of the work order"), "order__number", _I),
    *ASSET_OF_ROW,
    *_PLACE,
    *_CHAINAGE,
    *_AGREEMENT,
    SiteField("organisation", _("Organisation"), "organisation__name"),
    SiteField("device_time", _("Time on the device"), "device_time", _M),
    SiteField("received_at", _("Received at"), "received_at", _M),
    SiteField("quantity", _("Quantity"), "quantity", _N),
    SiteField("unit", _("Unit"), "unit", _C, choices=QuantityUnit),
    SiteField("labour_days", _("Labour-days"), "labour_days", _N),
    SiteField("material", _("Material"), "material"),
    SiteField("note", _("Note"), "note"),
    SiteField("accuracy_m", _("Accuracy (m)"), "accuracy_m", _N),
    SiteField("distance_m", _("Distance from the asset (m)"), "distance_m", _N),
    SiteField("verdict", _("Review"), "", _C, choices=ReviewVerdict),
    SiteField("corrects", _("Corrects (identifier)"), "corrects_id", _CODE),
)
SCOPE_FIELDS: Final[tuple[SiteField, ...]] = (
    *_AGREEMENT,
    SiteField("agreement_name", _("Name of the agreement"), "agreement__name"),
    SiteField("task", _("Task"), "task", _C, choices=UpkeepTask),
    *ASSET_OF_ROW,
    SiteField("township", _("Township"), "asset__township_code", _CODE),
    SiteField("township_name", _("Township name"), ""),
    *_STRETCH,
    SiteField("length_m", _("Length (m)"), "length_m", _N),
    SiteField("valid_from", _("First day"), "valid_from", _D),
    SiteField("valid_to", _("Last day"), "valid_to", _D),
    SiteField("is_binding", _("Binding"), "is_binding", _B),
    SiteField("keeper_name", _("Person in charge"), "keeper_name"),
    SiteField("keeper_phone", _("Telephone"), "keeper_phone", restricted=True),
)


def value_of(entry: SiteField) -> Combinable:
    """Return the expression of a field's value; the township's name is for callers to find.

    The verdict of a log is that of its latest review, empty where nobody reviewed it yet.
    """
    if entry.name == "verdict":
        return latest_verdict()
    return chainage_value(entry.name) or F(entry.path)
