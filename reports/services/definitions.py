"""What the office edits: figures, templates and the sections of templates."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from reports.kinds import FigureUnit
from reports.models import FigureDefinition, ReportTemplate, TemplateSection
from reports.placeholders import keys_in, keys_of
from reports.queries import QUERIES
from reports.queries.question import filter_params
from reports.services.errors import UnknownFigures
from reports.told import MONEY_UNITS
from sites.access import Scope
from sites.filters import ParameterError, SiteFilter
from sites.services.authorship import authored
from sites.services.errors import ConcurrentChange, NotPermitted, RefusedByRegister
from sites.services.saving import assign, locked, save_checked

if TYPE_CHECKING:
    from django.contrib.auth.models import User

TEXTS: Final = ("kind", "heading", "heading_en", "body", "body_en")
MOST_SECTIONS: Final = 40


@transaction.atomic
def definition_save(
    *,
    figure: FigureDefinition | None,
    values: Mapping[str, Any],
    actor: User | None,
    scope: Scope,
    expected_version: int = 0,
) -> FigureDefinition:
    """Make or change a figure; its key stays, because texts and published figures name it.

    Raises `NotPermitted`, `ConcurrentChange`, or `RefusedByRegister` with every problem: an
    unknown question, a unit that the question has no answer in, a filter that cannot be read.
    """
    require_editor(scope)
    current = locked(figure, expected_version) if figure else FigureDefinition()
    assign(current, values, fixed=("key",) if figure else ())
    problems = _figure_problems(current)
    if problems:
        raise RefusedByRegister(problems)
    with authored(actor=actor):
        save_checked(current, force_insert=figure is None)
    current.refresh_from_db()
    return current


@transaction.atomic
def definition_remove(
    *, figure: FigureDefinition, actor: User | None, scope: Scope, expected_version: int
) -> None:
    """Remove a figure that no template names. What was published of it stays published."""
    require_editor(scope)
    current = locked(figure, expected_version)
    users = [
        template.label
        for template in ReportTemplate.objects.prefetch_related("sections")
        if current.key in keys_of(template.sections.all())
    ]
    if users:
        sentence = _("The figure stands in templates: %(names)s.") % {"names": ", ".join(users)}
        raise RefusedByRegister([("key", "in_use", sentence)])
    if current.stated.exists():
        sentence = _("Bodies have stated this figure; remove what they stated first.")
        raise RefusedByRegister([("key", "in_use", sentence)])
    with authored(actor=actor):
        current.delete()


@transaction.atomic
def template_save(
    *,
    template: ReportTemplate | None,
    values: Mapping[str, Any],
    actor: User | None,
    scope: Scope,
    expected_version: int = 0,
) -> ReportTemplate:
    """Make or change a template; its code stays. Raises as `definition_save`."""
    require_editor(scope)
    current = locked(template, expected_version) if template else ReportTemplate()
    assign(current, values, fixed=("code",) if template else ())
    with authored(actor=actor):
        save_checked(current, force_insert=template is None)
    current.refresh_from_db()
    return current


@transaction.atomic
def template_section_save(
    *,
    template: ReportTemplate,
    section: TemplateSection | None,
    values: Mapping[str, Any],
    actor: User | None,
    scope: Scope,
    expected_digest: str = "",
) -> TemplateSection:
    """Change a section, or add one at the end.

    Raises `ConcurrentChange` when somebody changed its text since `expected_digest` was taken,
    `UnknownFigures` for a key that no figure has, `RefusedByRegister` beyond 40 sections.
    """
    require_editor(scope)
    held = _held(template)
    if section is None:
        last = held.sections.aggregate(last=Max("position"))["last"] or 0
        if held.sections.count() >= MOST_SECTIONS:
            sentence = _("A template has at most %(limit)s sections.") % {"limit": MOST_SECTIONS}
            raise RefusedByRegister([("position", "too_many", sentence)])
        texts = dict.fromkeys(("heading", "heading_en", "body", "body_en"), "")
        current = TemplateSection(template=held, position=last + 1, **texts)
    else:
        current = held.sections.select_for_update().get(pk=section.pk)
        if section_digest(current) != expected_digest:
            raise ConcurrentChange(held)
    assign(current, {name: values[name] for name in TEXTS if name in values})
    _require_known(keys_in(current.heading, current.heading_en, current.body, current.body_en))
    with authored(actor=actor):
        save_checked(current, force_insert=section is None)
    return current


@transaction.atomic
def template_section_move(
    *, section: TemplateSection, up: bool, actor: User | None, scope: Scope
) -> None:
    """Change places with the section above or below; at either end nothing moves."""
    require_editor(scope)
    held = _held(section.template)
    ordered = list(held.sections.select_for_update().order_by("position"))
    place = next(i for i, other in enumerate(ordered) if other.pk == section.pk)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(ordered):
        return
    first, second = ordered[place], ordered[other]
    first.position, second.position = second.position, first.position
    with authored(actor=actor):
        first.save(update_fields=["position"])
        second.save(update_fields=["position"])


@transaction.atomic
def template_section_remove(
    *, section: TemplateSection, actor: User | None, scope: Scope, expected_digest: str
) -> None:
    """Remove a section of a template; reports that were made of it keep theirs."""
    require_editor(scope)
    current = _held(section.template).sections.select_for_update().get(pk=section.pk)
    if section_digest(current) != expected_digest:
        raise ConcurrentChange(section.template)
    with authored(actor=actor):
        current.delete()


def section_digest(section: TemplateSection) -> str:
    """Return the hash of a section's texts, by which a form tells what it was opened on."""
    whole = "\x00".join(str(getattr(section, name)) for name in TEXTS)
    return hashlib.sha256(whole.encode()).hexdigest()


def units_of(query: str) -> tuple[FigureUnit, ...]:
    """Return the units in which a question's answer can be told."""
    unit = QUERIES[query].unit
    return MONEY_UNITS if unit in MONEY_UNITS else (unit,)


def require_editor(scope: Scope) -> None:
    """Raise `NotPermitted` unless the scope's planner keeps the templates."""
    if not scope.manages_register:
        raise NotPermitted


def _held(template: ReportTemplate) -> ReportTemplate:
    held: ReportTemplate = ReportTemplate.objects.select_for_update(of=("self",)).get(
        pk=template.pk
    )
    return held


def _require_known(keys: list[str]) -> None:
    known = set(FigureDefinition.objects.filter(key__in=keys).values_list("key", flat=True))
    missing = [key for key in keys if key not in known]
    if missing:
        raise UnknownFigures(missing)


def _figure_problems(figure: FigureDefinition) -> list[tuple[str, str, str]]:
    problems = []
    if figure.query not in QUERIES:
        problems.append(("query", "unknown", _("There is no such question.")))
    elif figure.unit not in units_of(figure.query):
        words = ", ".join(str(unit.label) for unit in units_of(figure.query))
        sentence = _("This question is answered in: %(units)s.") % {"units": words}
        problems.append(("unit", "does_not_fit", sentence))
    params = filter_params(figure.filter)
    try:
        read = SiteFilter.from_query(params)
    except ParameterError as error:
        problems.append(("filter", error.code, f"{error.parameter}: {error.message}"))
        return problems
    unknown = sorted(set(params) - {name for name, _value in read.pairs()})
    if unknown or (figure.filter.strip() and not params):
        sentence = _("The filter cannot be read: %(parts)s.")
        parts = ", ".join(unknown) or figure.filter[:60]
        problems.append(("filter", "unknown_parameter", sentence % {"parts": parts}))
    return problems
