"""Public-benefit posts on the page of their agreement: placing people, and their attendance."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from maintenance.agreement_page import powers
from maintenance.forms_agreements import AttendanceForm
from maintenance.forms_posts import PostForm
from maintenance.models import Agreement
from maintenance.posts import posts_seen
from maintenance.services import attendance_record, post_create, post_update
from sites.access import scope_of_request
from sites.forms import add_service_error
from sites.services import NotPermitted, ServiceError


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def post_new(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Place a person on what the agreement covers."""
    scope = scope_of_request(request)
    agreement = get_object_or_404(Agreement.objects.visible_to(scope), pk=pk)
    if not powers(scope, agreement).posts:
        raise PermissionDenied
    form = PostForm(request.POST or None, agreement=agreement, scope=scope)
    if request.method == "POST" and form.is_valid():
        try:
            post_create(
                agreement=agreement,
                values=form.values(),
                actor=request.user,  # type: ignore[arg-type]
                scope=scope,
            )
            messages.success(request, _("The post was recorded."))
            return redirect("maintenance:agreement-detail", pk=pk)
        except NotPermitted as error:
            raise PermissionDenied from error
        except ServiceError as error:
            add_service_error(form, error)
    context = {"agreement": agreement, "form": form}
    status = 422 if request.method == "POST" else 200
    return render(request, "maintenance/post_form.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def post_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a post with its months, write a month, or end the post."""
    scope = scope_of_request(request)
    posts = posts_seen(scope).select_related("organisation", "asset", "agreement__area")
    deferred = ("asset__geometry", "asset__geometry_3857", "agreement__area__boundary")
    post = get_object_or_404(posts.defer(*deferred), pk=pk)
    may_write = powers(scope, post.agreement).posts and (
        scope.covers_area(post.agreement.area_code)
        or post.organisation_id in scope.organisation_ids()
    )
    month = timezone.localdate().replace(day=1)
    form = AttendanceForm(request.POST or None, initial={"month": month})
    if request.method == "POST":
        if not may_write:
            raise PermissionDenied
        if _written(request, post, form):
            return redirect("maintenance:post-page", pk=pk)
    context = {
        "post": post,
        "form": form,
        "may_write": may_write,
        "months": post.attendance.order_by("-month"),
        "today": timezone.localdate(),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "maintenance/post_page.html", context, status=status)


def _written(request: HttpRequest, post: object, form: AttendanceForm) -> bool:
    """Write a month's days, or the post's last day; whether it was done."""
    if not form.is_valid():
        return False
    try:
        attendance_record(
            post=post,  # type: ignore[arg-type]
            month=form.cleaned_data["month"],
            days=form.cleaned_data["days"],
            actor=request.user,  # type: ignore[arg-type]
            scope=scope_of_request(request),
            today=timezone.localdate(),
        )
    except ServiceError as error:
        add_service_error(form, error)
        return False
    messages.success(request, _("The attendance was recorded."))
    return True


@require_http_methods(["POST"])
@login_required
def post_end(request: HttpRequest, pk: UUID) -> HttpResponse:
    """End a post today."""
    scope = scope_of_request(request)
    post = get_object_or_404(posts_seen(scope).select_related("agreement"), pk=pk)
    if not powers(scope, post.agreement).posts:
        raise PermissionDenied
    try:
        post_update(
            post=post,
            values={"until_date": timezone.localdate()},
            actor=request.user,  # type: ignore[arg-type]
            scope=scope,
            expected_version=post.version,
        )
        messages.success(request, _("The post ends today."))
    except NotPermitted as error:
        raise PermissionDenied from error
    except ServiceError as error:
        messages.error(request, str(error))
    return redirect("maintenance:post-page", pk=pk)
