"""Making, computing, signing and withdrawing reports."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from reports.figures import context_of
from reports.kinds import ReportState
from reports.models import FigureDefinition, Report, ReportSection, ReportTemplate
from reports.periods import Period
from reports.placeholders import keys_of, parted_keys
from reports.services.errors import NotSigned, ReportIsFrozen, UnknownFigures
from reports.services.freezing import figures_freeze
from reports.titles import titles_of
from sites.access import Scope
from sites.kinds import Role
from sites.models import Area
from sites.services.authorship import authored
from sites.services.errors import NotPermitted, RefusedByRegister
from sites.services.saving import assign, locked, save_checked

if TYPE_CHECKING:
    from django.contrib.auth.models import User

COPIED = ("position", "kind", "heading", "heading_en", "body", "body_en")
EDITED = frozenset({"heading", "heading_en", "body", "body_en", "kind"})
LONGEST_NAME = 60


@transaction.atomic
def report_make(
    *,
    template: ReportTemplate,
    area: Area,
    period: Period,
    as_of: datetime.date,
    actor: User | None,
    scope: Scope,
) -> Report:
    """Make a draft from a template: its sections are copied and every figure is computed.

    Raises `NotPermitted` outside the planner's areas, `RefusedByRegister` for a day before the
    period, and `UnknownFigures` when the template names a figure that is not defined.
    """
    require_planner(scope, area.code)
    if as_of < period.first:
        sentence = _("The day of the figures must not lie before the period.")
        raise RefusedByRegister([("as_of", "too_early", sentence)])
    title, title_en = titles_of(template, area, period)
    report = Report(
        template=template,
        area=area,
        title=title,
        title_en=title_en,
        period_start=period.first,
        period_end=period.last,
        as_of=as_of,
        created_by=actor,
    )
    save_checked(report, force_insert=True)
    ReportSection.objects.bulk_create(
        [
            ReportSection(report=report, **{name: getattr(section, name) for name in COPIED})
            for section in template.sections.order_by("position")
        ]
    )
    report.refresh_from_db()
    _compute(report)
    return report


@transaction.atomic
def report_refresh(
    *, report: Report, as_of: datetime.date, actor: User | None, scope: Scope, expected_version: int
) -> Report:
    """Compute every figure of a draft anew, as of a day."""
    current = _draft(report, scope, expected_version)
    if as_of < current.period_start:
        sentence = _("The day of the figures must not lie before the period.")
        raise RefusedByRegister([("as_of", "too_early", sentence)])
    current.as_of = as_of
    with authored(actor=actor):
        _compute(current)
    return current


@transaction.atomic
def section_save(
    *,
    section: ReportSection,
    values: Mapping[str, Any],
    actor: User | None,
    scope: Scope,
    expected_version: int,
) -> ReportSection:
    """Change the text of a draft's section, if nobody else changed the report meanwhile.

    Figures that the new text names are computed with all others, so that they are of one moment.
    """
    report = _draft(section.report, scope, expected_version)
    assign(section, {name: value for name, value in values.items() if name in EDITED})
    with authored(actor=actor):
        save_checked(section)
        _compute(report)
    return section


@transaction.atomic
def report_sign(
    *,
    report: Report,
    signer_name: str,
    actor: User | None,
    scope: Scope,
    at: datetime.datetime,
    expected_version: int,
) -> Report:
    """Sign a draft in the name of a person: from now on its text and figures are frozen."""
    current = _draft(report, scope, expected_version)
    name = signer_name.strip()
    if not name or len(name) > LONGEST_NAME:
        sentence = _("A report is signed by a named person.")
        raise RefusedByRegister([("signer_name", "required", sentence)])
    current.state = ReportState.SIGNED
    current.signer_name = name
    current.signed_at = at
    current.signed_by = actor
    with authored(actor=actor):
        save_checked(current)
    current.refresh_from_db()
    return current


@transaction.atomic
def report_withdraw(
    *,
    report: Report,
    reason: str,
    actor: User | None,
    scope: Scope,
    expected_version: int,
) -> Report:
    """Withdraw a signed report with a reason; it stays readable, marked as withdrawn."""
    require_planner(scope, report.area_code)
    current = locked(report, expected_version)
    if current.state != ReportState.SIGNED:
        raise NotSigned
    if not reason.strip():
        sentence = _("A withdrawal needs a reason.")
        raise RefusedByRegister([("reason", "required", sentence)])
    current.state = ReportState.WITHDRAWN
    current.withdrawal_reason = reason.strip()
    with authored(actor=actor, reason=reason):
        save_checked(current)
    current.refresh_from_db()
    return current


@transaction.atomic
def report_remove(
    *, report: Report, actor: User | None, scope: Scope, expected_version: int
) -> None:
    """Throw a draft away."""
    current = _draft(report, scope, expected_version)
    with authored(actor=actor):
        current.delete()


def require_planner(scope: Scope, area_code: str) -> None:
    """Raise `NotPermitted` unless the scope's planner answers for the area."""
    if not scope.covers_area(area_code, (Role.DISTRICT_PLANNER,)):
        raise NotPermitted


def _draft(report: Report, scope: Scope, expected_version: int) -> Report:
    """Return a report that may still be changed, locked; raises `ReportIsFrozen`."""
    require_planner(scope, report.area_code)
    current = locked(report, expected_version)
    if current.state != ReportState.DRAFT:
        raise ReportIsFrozen
    return current


def _compute(report: Report) -> None:
    """Compute every figure that the report's sections name.

    The report is about all of its area, whoever makes it: so it is asked for without a scope.
    """
    sections = list(report.sections.order_by("position"))
    keys = keys_of(sections)
    parted = parted_keys(sections)
    known = {row.key: row for row in FigureDefinition.objects.filter(key__in=keys)}
    missing = [key for key in keys if key not in known]
    if missing:
        raise UnknownFigures(missing)
    context = context_of(
        area=report.area,
        period=Period(report.period_start, report.period_end),
        as_of=report.as_of,
        scope=Scope.internal(),
    )
    figures_freeze(report, [known[key] for key in keys], context, parted)
    report.computed_at = Now()
    report.save(update_fields=["as_of", "computed_at"])
    report.refresh_from_db()
