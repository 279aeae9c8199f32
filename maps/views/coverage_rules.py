"""The pages of the rules of coverage: every version, and the form for a new one."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from maps.coverage.rules import rule_add, rule_in_use
from maps.coverage.run_page import method_of, parameter_lines
from maps.forms_coverage import RuleForm
from maps.kinds import Indicator
from maps.models import CoverageRule
from sites.access import scope_of_request
from sites.forms import add_service_error
from sites.services import ServiceError


@require_safe
@login_required
def coverage_rules(request: HttpRequest) -> HttpResponse:
    """Show every version of every rule with its parameters and its method sheet."""
    scope = scope_of_request(request)
    rules = CoverageRule.objects.order_by("indicator", "-number") if _knows(request) else []
    shown = [(rule, parameter_lines(rule), method_of(rule)) for rule in rules]
    order = {indicator: place for place, indicator in enumerate(Indicator.values)}
    shown.sort(key=lambda entry: (order[entry[0].indicator], -entry[0].number))
    context = {"rules": shown, "may_manage": scope.manages_register}
    return render(request, "maps/coverage_rules.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def coverage_rule_new(request: HttpRequest, indicator: str) -> HttpResponse:
    """Write a new version of an indicator's rule; the versions before it stay."""
    scope = scope_of_request(request)
    if not scope.manages_register:
        raise PermissionDenied
    if indicator not in Indicator.values:
        raise Http404
    newest = rule_in_use(indicator)
    form = RuleForm(request.POST or None, rule=newest)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            rule = rule_add(
                indicator=Indicator(indicator),
                parameters=form.parameters(),
                name=given["name"],
                name_en=given["name_en"],
                method=given["method"],
                method_en=given["method_en"],
                actor=request.user,  # type: ignore[arg-type]
                scope=scope,
            )
        except ServiceError as error:
            add_service_error(form, error)
        else:
            messages.success(request, _("Version %(number)s is in use.") % {"number": rule.number})
            return redirect("maps:coverage-rules")
    context = {"form": form, "newest": newest, "indicator": Indicator(indicator)}
    status = 422 if request.method == "POST" else 200
    return render(request, "maps/coverage_rule_form.html", context, status=status)


def _knows(request: HttpRequest) -> bool:
    scope = scope_of_request(request)
    return scope.everything or bool(scope.grants)
