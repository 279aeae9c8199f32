"""Pages where the office edits figures, templates, their sections and their Word layout."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assets.document_files import DOCX
from reports.forms_templates import FigureForm, LayoutForm, SectionForm, TemplateForm
from reports.models import FigureDefinition, ReportTemplate, TemplateSection
from reports.placeholders import keys_of
from reports.queries import QUERIES
from reports.services.definitions import (
    definition_remove,
    definition_save,
    section_digest,
    template_save,
    template_section_move,
    template_section_remove,
    template_section_save,
)
from reports.services.layouts import layout_of, layout_remove, layout_set
from sites.access import Scope, scope_of_request
from sites.forms import add_service_error
from sites.services import NotPermitted, ServiceError

HIDDEN = ("version", "digest")


@require_safe
@login_required
def template_list(request: HttpRequest) -> HttpResponse:
    """Show the templates and the figures."""
    scope = _reader(request)
    figures = [
        (figure, QUERIES[figure.query].title if figure.query in QUERIES else figure.query)
        for figure in FigureDefinition.objects.visible_to(scope)
    ]
    templates = ReportTemplate.objects.visible_to(scope).prefetch_related("sections")
    context = {"templates": templates, "figures": figures}
    return render(request, "reports/template_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def template_new(request: HttpRequest) -> HttpResponse:
    """Make a template."""
    scope = _editor(request)
    form = TemplateForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = _tried(
            form,
            lambda: template_save(
                template=None, values=_values(form), actor=_actor(request), scope=scope
            ),
        )
        if made:
            messages.success(request, _("The template was made. Add its sections."))
            return redirect("reports:template-detail", code=made.code)
    return _form(request, form, _("New template"))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def template_detail(request: HttpRequest, code: str) -> HttpResponse:
    """Show a template with its sections; take what its head is to say."""
    scope = _reader(request)
    template = get_object_or_404(ReportTemplate.objects.visible_to(scope), code=code)
    form = TemplateForm(request.POST or None, instance=template)
    if request.method == "POST":
        _require(scope)
        if form.is_valid():
            made = _tried(
                form,
                lambda: template_save(
                    template=template,
                    values=_values(form),
                    actor=_actor(request),
                    scope=scope,
                    expected_version=form.cleaned_data["version"] or 0,
                ),
            )
            if made:
                messages.success(request, _("The template was changed."))
                return redirect("reports:template-detail", code=code)
    context = {
        "template": template,
        "form": form,
        "layout_form": LayoutForm(initial={"version": template.version}),
        "sections": [(s, section_digest(s)) for s in template.sections.order_by("position")],
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "reports/template_detail.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def section_edit(request: HttpRequest, code: str, position: int = 0) -> HttpResponse:
    """Edit a section of a template, or add one where no place is named."""
    scope = _editor(request)
    template = get_object_or_404(ReportTemplate, code=code)
    section = (
        get_object_or_404(TemplateSection, template=template, position=position)
        if position
        else None
    )
    digest = section_digest(section) if section else ""
    form = SectionForm(request.POST or None, instance=section, initial={"digest": digest})
    if request.method == "POST" and form.is_valid():
        # The form has set the new texts on its instance; the service reads the row itself.
        made = _tried(
            form,
            lambda: template_section_save(
                template=template,
                section=section,
                values=_values(form),
                actor=_actor(request),
                scope=scope,
                expected_digest=form.cleaned_data["digest"],
            ),
        )
        if made:
            messages.success(request, _("The section was saved."))
            return redirect("reports:template-detail", code=code)
    title = _("Edit section") if section else _("New section")
    return _form(request, form, title, template=template, figures=FigureDefinition.objects.all())


@require_POST
@login_required
def section_action(request: HttpRequest, code: str, position: int) -> HttpResponse:
    """Move a section up or down, or remove it."""
    scope = _editor(request)
    section = get_object_or_404(TemplateSection, template__code=code, position=position)
    wish = request.POST.get("wish", "")
    if wish in {"up", "down"}:
        template_section_move(section=section, up=wish == "up", actor=_actor(request), scope=scope)
    elif wish == "remove":
        try:
            template_section_remove(
                section=section,
                actor=_actor(request),
                scope=scope,
                expected_digest=request.POST.get("digest", ""),
            )
        except ServiceError as error:
            messages.error(request, str(error))
    return redirect("reports:template-detail", code=code)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def template_layout(request: HttpRequest, code: str) -> HttpResponse:
    """Give the template's Word layout, take another one, or go back to the standard one."""
    scope = _reader(request)
    template = get_object_or_404(ReportTemplate.objects.visible_to(scope), code=code)
    if request.method != "POST":
        response = HttpResponse(layout_of(template), content_type=DOCX)
        response.headers["Content-Disposition"] = f'attachment; filename="{code}.docx"'
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response
    _require(scope)
    form = LayoutForm(request.POST, request.FILES)
    removes = request.POST.get("wish") == "remove"
    if removes or form.is_valid():
        _change_layout(request, template, form, scope, removes=removes)
    else:
        messages.error(request, _("Choose a Word file."))
    return redirect("reports:template-detail", code=code)


def _change_layout(
    request: HttpRequest, template: ReportTemplate, form: LayoutForm, scope: Scope, *, removes: bool
) -> None:
    actor = _actor(request)
    given = request.POST.get("version", "")
    version = int(given) if given.isascii() and given.isdigit() and len(given) < 9 else 0
    try:
        if removes:
            layout_remove(template=template, actor=actor, scope=scope, expected_version=version)
            messages.success(request, _("Reports use the standard layout again."))
            return
        file = form.cleaned_data["file"]
        layout_set(
            template=template,
            pieces=file.chunks(),
            name=file.name,
            keys=keys_of(template.sections.all()),
            actor=actor,
            scope=scope,
            expected_version=version,
        )
        messages.success(request, _("The layout was tried and kept."))
    except ServiceError as error:
        messages.error(request, str(error))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def figure_edit(request: HttpRequest, key: str = "") -> HttpResponse:
    """Edit a figure, remove it, or make one."""
    scope = _editor(request)
    figure = get_object_or_404(FigureDefinition, key=key) if key else None
    form = FigureForm(request.POST or None, instance=figure)
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"] or 0
        actor = _actor(request)
        if figure and request.POST.get("wish") == "remove":
            done = _tried(
                form,
                lambda: (
                    definition_remove(
                        figure=figure, actor=actor, scope=scope, expected_version=version
                    )
                    or True
                ),
            )
        else:
            done = _tried(
                form,
                lambda: definition_save(
                    figure=figure,
                    values=_values(form),
                    actor=actor,
                    scope=scope,
                    expected_version=version,
                ),
            )
        if done:
            messages.success(request, _("The figures were changed."))
            return redirect("reports:template-list")
    title = _("Edit figure") if figure else _("New figure")
    return _form(request, form, title, figure=figure)


def _form(request: HttpRequest, form: forms.BaseForm, title: str, **more: Any) -> HttpResponse:
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "title": title, **more}
    return render(request, "reports/definition_form.html", context, status=status)


def _tried(form: forms.BaseForm, change: Callable[[], Any]) -> Any:
    try:
        return change()
    except NotPermitted as error:
        raise PermissionDenied from error
    except ServiceError as error:
        add_service_error(form, error)
        return None


def _values(form: forms.BaseForm) -> dict[str, Any]:
    data: dict[str, Any] = form.cleaned_data
    return {name: value for name, value in data.items() if name not in HIDDEN}


def _actor(request: HttpRequest) -> Any:
    return request.user


def _reader(request: HttpRequest) -> Scope:
    scope = scope_of_request(request)
    if not (scope.everything or scope.area_codes()):
        raise PermissionDenied
    return scope


def _editor(request: HttpRequest) -> Scope:
    scope = _reader(request)
    _require(scope)
    return scope


def _require(scope: Scope) -> None:
    if not scope.manages_register:
        raise PermissionDenied
