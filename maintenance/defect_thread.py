"""The one thread of a defect: public report, inspection, defect, duplicates, work order."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assets.models import Photo
from maintenance.kinds import DefectState
from maintenance.models import Defect, DefectChange, DefectPhoto, PublicReport, WorkOrder
from maintenance.parties import office_of
from maintenance.report_words import answer_words
from sites.access import Scope
from sites.models import Organisation
from sites.people import person_name


@dataclass(frozen=True, slots=True)
class ThreadEntry:
    """Something that happened: when, what, who in which body, words, and the record behind it."""

    at: datetime.datetime
    title: str | Promise
    who: str = ""
    text: str = ""
    address: str = ""
    link: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class StagePhotos:
    """The photos of one moment of the work."""

    stage: str
    label: str | Promise
    photos: list[Photo]


def thread_of(defect: Any, scope: Scope) -> list[ThreadEntry]:
    """Return what happened to a defect, the first thing first, as far as the scope may know."""
    entries = [_found(defect), *_reports(defect, scope), *_duplicates(defect, scope)]
    entries += [*_changes(defect), *_orders(defect, scope)]
    return sorted(entries, key=lambda entry: entry.at)


def orders_of(defect: Any, scope: Scope) -> QuerySet[Any]:
    """Return the work orders that the defect has or had and that the scope may see."""
    events = apps.get_model("maintenance", "DefectEvent")._default_manager
    past = events.filter(pgh_obj_id=defect.pk, order_id__isnull=False).values("order_id")
    found: QuerySet[Any] = (
        WorkOrder.objects.visible_to(scope)
        .filter(Q(pk=defect.order_id) | Q(pk__in=past))
        .select_related("executor")
        .order_by("issued_at")
    )
    return found


def photos_by_stage(defect: Any) -> list[StagePhotos]:
    """Return the defect's photos before, during and after the work."""
    groups: dict[str, StagePhotos] = {}
    links = DefectPhoto.objects.filter(defect=defect).select_related("photo")
    order = {"before": 0, "during": 1, "after": 2}
    for link in sorted(links, key=lambda link: (order[link.stage], link.pk)):
        group = groups.setdefault(link.stage, StagePhotos(link.stage, link.get_stage_display(), []))
        group.photos.append(link.photo)
    return list(groups.values())


def _found(defect: Any) -> ThreadEntry:
    answer = defect.inspection_answer
    address = f"/maintenance/inspections/{answer.inspection_id}/" if answer else ""
    return ThreadEntry(
        defect.found_at,
        defect.get_source_display(),
        _who(defect.reported_by, defect.organisation),
        defect.description,
        address,
        str(_("Inspection")) if address else "",
    )


def _reports(defect: Any, scope: Scope) -> list[ThreadEntry]:
    reports = PublicReport.objects.visible_to(scope).filter(defect=defect)
    is_office = office_of(scope, defect.area_code) is not None
    entries = []
    for report in reports:
        address = f"/maintenance/reports/{report.pk}/" if is_office else ""
        link = report.tracking_code if is_office else ""
        entries.append(
            ThreadEntry(report.received_at, _("Public report"), "", report.text, address, link)
        )
        if report.answered_at:
            words = answer_words(report)
            entries.append(ThreadEntry(report.answered_at, _("Reporter told"), "", words))
    return entries


def _duplicates(defect: Any, scope: Scope) -> list[ThreadEntry]:
    rows = Defect.objects.visible_to(scope).filter(duplicate_of=defect)
    return [
        ThreadEntry(
            row.found_at,
            _("Found again"),
            _who(row.reported_by, row.organisation),
            row.description,
            f"/maintenance/defects/{row.pk}/",
            f"#{row.number}",
        )
        for row in rows.select_related("reported_by", "organisation")
    ]


def _changes(defect: Any) -> list[ThreadEntry]:
    rows = DefectChange.objects.filter(defect=defect).select_related("actor", "organisation")
    return [
        ThreadEntry(
            row.at,
            DefectState(row.to_state).label,
            _who(row.actor, row.organisation),
            row.reason,
            state=row.to_state,
        )
        for row in rows.order_by("at", "id")
    ]


def _orders(defect: Any, scope: Scope) -> list[ThreadEntry]:
    return [
        ThreadEntry(
            order.issued_at,
            _("Work order issued"),
            order.executor.label,
            order.title,
            f"/maintenance/orders/{order.pk}/",
            f"#{order.number}",
        )
        for order in orders_of(defect, scope)
    ]


def _who(user: Any, organisation: Organisation | None) -> str:
    names = [person_name(user)] if user else []
    names += [organisation.label] if organisation else []
    return " · ".join(names)
