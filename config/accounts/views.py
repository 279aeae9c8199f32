"""Pages for signing in, signing out and changing the password."""

from __future__ import annotations

from typing import Any, cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.models import User
from django.contrib.auth.views import (
    LoginView,
    LogoutView,
    PasswordChangeView,
    RedirectURLMixin,
)
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View

from config.accounts.demo import demo_doors, demo_user, is_demo
from sites.services import tokens_revoke

BACKEND = "django.contrib.auth.backends.ModelBackend"


class SignInPage(LoginView):
    """The first page of everybody who has not signed in."""

    template_name = "accounts/sign_in.html"
    redirect_authenticated_user = True

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        """Add the demo's doors."""
        return super().get_context_data(demo_doors=demo_doors(), **context)


class SignOut(LogoutView):
    """Signing out, by POST only."""

    next_page = settings.LOGIN_URL


class DemoSignIn(RedirectURLMixin, View):
    """One click into the demo district; does not exist anywhere else."""

    http_method_names = ["post", "options"]
    next_page = "/"

    def post(self, request: HttpRequest) -> HttpResponse:
        """Sign in as the demo account of a role."""
        user = demo_user(request.POST.get("role", "")) if is_demo() else None
        if user is None:
            raise Http404
        login(request, user, backend=BACKEND)
        return HttpResponseRedirect(self.get_success_url())


class PasswordPage(PasswordChangeView):
    """Changing one's password, which also closes the doors that tokens hold open."""

    template_name = "accounts/password.html"
    success_url = reverse_lazy("accounts:password")

    def form_valid(self, form: Any) -> HttpResponse:
        """Change the password, revoke the tokens and say so."""
        response = super().form_valid(form)
        tokens_revoke(user=cast(User, self.request.user), at=timezone.now())
        messages.success(
            self.request, _("The password is changed. API tokens issued before are revoked.")
        )
        return response
