"""Settings for an office's server: refuses to start without a real secret and a database."""

from __future__ import annotations

from django.core.exceptions import ImproperlyConfigured

from config.settings.base import *  # noqa: F403
from config.settings.base import DATABASES, ENV, SECRET_KEY

SECRET_LENGTH = 50

if len(SECRET_KEY) < SECRET_LENGTH:
    raise ImproperlyConfigured(
        f"Set SECRET_KEY or SECRET_KEY_FILE to a secret of at least {SECRET_LENGTH} characters."
    )
if not DATABASES:
    raise ImproperlyConfigured("Set DATABASE_URL to the PostGIS database.")

DEBUG = False
DEMO_SIGN_IN = False
SESSION_COOKIE_SECURE = ENV["HTTPS"]
CSRF_COOKIE_SECURE = ENV["HTTPS"]
SECURE_SSL_REDIRECT = ENV["HTTPS"]
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 31_536_000 if ENV["HTTPS"] else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = ENV["HTTPS"]
SECURE_HSTS_PRELOAD = ENV["HTTPS"]
if ENV["TRUSTED_PROXIES"]:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
