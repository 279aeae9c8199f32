"""How one thing that waits is written on the workbench."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any, Final

from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from sites.formatting import day, moment
from sites.people import person_name

HEAVY_OF_ASSET: Final = (
    "asset__geometry",
    "asset__geometry_3857",
    "asset__outline_3857",
    "asset__search_text",
)
"""Columns of the asset that no line needs."""
LONGEST = 60


@dataclass(frozen=True, slots=True)
class Line:
    """One thing of a pile: what, where, when, and whether it is late."""

    title: str
    place: str
    when: str
    address: str
    is_late: bool = False


def order_line(order: Any, at: datetime.datetime) -> Line:
    """A work order with its time limit."""
    return Line(
        title=_short(f"#{order.number} {order.title}"),
        place=order.asset.label,
        when=_("due %(moment)s") % {"moment": moment(order.due_at)},
        address=f"/maintenance/orders/{order.pk}/",
        is_late=order.due_at < at,
    )


def defect_line(defect: Any, at: datetime.datetime) -> Line:
    """A defect with the day on which it was found."""
    return Line(
        title=f"#{defect.number} {defect.get_kind_display()} · {defect.get_severity_display()}",
        place=defect.asset.label,
        when=_("found %(day)s") % {"day": _local_day(defect.found_at)},
        address=f"/maintenance/defects/{defect.pk}/",
    )


def report_line(report: Any, at: datetime.datetime) -> Line:
    """A report of the public in its first words."""
    return Line(
        title=_short(report.text),
        place=report.asset.label if report.asset else "",
        when=_("received %(day)s") % {"day": _local_day(report.received_at)},
        address=f"/maintenance/reports/{report.pk}/",
    )


def payment_line(payment: Any, at: datetime.datetime) -> Line:
    """A payment with its period and amount in yuan."""
    return Line(
        title=_("%(amount)s yuan") % {"amount": f"{payment.payable:,.2f}"},
        place=f"{payment.agreement.name} · {payment.agreement.area.label}",
        when=f"{day(payment.period_start)} – {day(payment.period_end)}",
        address=f"/maintenance/payments/{payment.pk}/",
    )


def agreement_line(agreement: Any, at: datetime.datetime) -> Line:
    """An agreement with its last day."""
    return Line(
        title=_short(agreement.name),
        place=f"{agreement.number} · {agreement.area.label}",
        when=_("until %(day)s") % {"day": day(agreement.ended_on or agreement.ends_on)},
        address=reverse("maintenance:agreement-detail", args=[agreement.pk]),
        is_late=agreement.state == "signed" and agreement.ends_on < timezone.localdate(at),
    )


def duty_line(schedule: Any, at: datetime.datetime) -> Line:
    """A recurrent check of an asset with the day on which it was due."""
    return Line(
        title=_short(schedule.standard.label),
        place=schedule.asset.label,
        when=_("due %(day)s") % {"day": day(schedule.next_due_on)},
        address=reverse("maintenance:asset-detail", args=[schedule.asset_id]),
        is_late=schedule.next_due_on < timezone.localdate(at),
    )


def set_aside_line(entry: Any, at: datetime.datetime) -> Line:
    """An entry of a phone that was not taken, with why and when it came."""
    sender = person_name(entry.sender)
    return Line(
        title=f"{entry.get_entity_display() or _('Entry')} · {entry.get_cause_display()}",
        place=f"{entry.asset.label} · {sender}" if entry.asset else sender,
        when=_("received %(day)s") % {"day": _local_day(entry.received_at)},
        address=f"/maintenance/set-aside/{entry.pk}/",
    )


def _short(text: str) -> str:
    return Truncator(text).chars(LONGEST)


def _local_day(at: datetime.datetime) -> str:
    return day(timezone.localtime(at).date())
