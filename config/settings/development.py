"""Settings for a machine of one's own: the private cluster, plain HTTP, a generated secret."""

from __future__ import annotations

from config.settings.base import *  # noqa: F403
from config.settings.base import ENV, SECRET_KEY

SECRET_KEY = SECRET_KEY or "development-only-secret-that-never-leaves-this-machine-0000"
DEBUG = False
DEMO_SIGN_IN = True
SESSION_COOKIE_SECURE = False
CSRF_COOKIE_SECURE = False
LOCAL_PORT = ENV["PORT"]
