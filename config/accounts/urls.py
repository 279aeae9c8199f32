"""Signing in and out."""

from __future__ import annotations

from django.urls import path

from config.accounts.views import DemoSignIn, PasswordPage, SignInPage, SignOut

app_name = "accounts"
urlpatterns = [
    path("sign-in/", SignInPage.as_view(), name="sign-in"),
    path("sign-out/", SignOut.as_view(), name="sign-out"),
    path("demo/", DemoSignIn.as_view(), name="demo"),
    path("password/", PasswordPage.as_view(), name="password"),
]
