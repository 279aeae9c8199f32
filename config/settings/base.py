"""Settings that every environment shares; the environment's own values come from `config.env`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from csp.constants import NONCE

from config import env
from config.openapi import SPECTACULAR_SETTINGS as SPECTACULAR_SETTINGS
from config.spatial_libraries import GDAL_LIBRARY, GEOS_LIBRARY

ENV = env.read()
BASE_DIR: Path = env.ROOT
SECRET_KEY = env.secret_key(ENV)
ALLOWED_HOSTS: list[str] = ENV["ALLOWED_HOSTS"]
BASE_URL: str = ENV["BASE_URL"]
TRUSTED_PROXIES: list[str] = ENV["TRUSTED_PROXIES"]
CSRF_TRUSTED_ORIGINS = [BASE_URL] if BASE_URL else []

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.gis",
    "rest_framework",
    "rest_framework_gis",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_htmx",
    "csp",
    "axes",
    "pgtrigger",
    "pghistory",
    "procrastinate.contrib.django",
    "sites",
    "assets",
    "funding",
    "maintenance",
    "oversight",
    "field",
    "maps",
    "reports",
    "config",
]

MIDDLEWARE = [
    "config.middleware.RequestIdMiddleware",
    "config.api_problems.ApiProblemMiddleware",
    "config.middleware.DatabaseDownMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "config.middleware.PreferredLanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "config.middleware.HistoryContextMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "csp.context_processors.nonce",
                "config.context.atlas",
            ],
        },
    }
]

DATABASES = {"default": env.database(ENV["DATABASE_URL"])} if ENV["DATABASE_URL"] else {}
for _database in DATABASES.values():
    _database.update(CONN_MAX_AGE=None, CONN_HEALTH_CHECKS=True)
    _database["OPTIONS"].setdefault("connect_timeout", "2")
    _database["OPTIONS"].setdefault(
        "options",
        f"-c statement_timeout={ENV['STATEMENT_TIMEOUT_MS']} -c lock_timeout=2000"
        # Compiling a spatial statement costs seconds where running it costs milliseconds.
        " -c jit=off -c timezone=UTC",
    )
GDAL_LIBRARY_PATH = GDAL_LIBRARY
GEOS_LIBRARY_PATH = GEOS_LIBRARY
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
LOGIN_URL = "accounts:sign-in"
LOGIN_REDIRECT_URL = "/"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_ENABLE_ADMIN = False
AXES_CLIENT_IP_CALLABLE = "config.client_address.client_address"
AXES_LOCKOUT_CALLABLE = "config.accounts.lockout.locked_out"
CSRF_FAILURE_VIEW = "config.api_problems.csrf_failure"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "config" / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / ".local" / "static"
MEDIA_ROOT: Path = ENV["MEDIA_ROOT"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "config.static_storage.HashedStaticStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
UPLOAD_MAX_BYTES = ENV["UPLOAD_MAX_MB"] * 1024 * 1024
PHOTO_MAX_BYTES = ENV["PHOTO_MAX_MB"] * 1024 * 1024
PHOTO_PARTS_MAX_BYTES = ENV["PHOTO_PARTS_MAX_MB"] * 1024 * 1024
PHOTO_PART_DAYS: int = ENV["PHOTO_PART_DAYS"]
OUTBOX_FILE_DAYS: int = ENV["OUTBOX_FILE_DAYS"]
DOCUMENT_MAX_BYTES = ENV["DOCUMENT_MAX_MB"] * 1024 * 1024

X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"

BASEMAP_URL: str = ENV["BASEMAP_URL"]
BASEMAP_ATTRIBUTION: str = ENV["BASEMAP_ATTRIBUTION"]
DISTRICT_SRID: int = ENV["DISTRICT_SRID"]
DELAY_RED_DAYS: int = ENV["DELAY_RED_DAYS"]
BEHIND_PERCENT: int = ENV["BEHIND_PERCENT"]
MONEY_LAG_YELLOW: int = ENV["MONEY_LAG_YELLOW"]
MONEY_LAG_RED: int = ENV["MONEY_LAG_RED"]
QUIET_DAYS: int = ENV["QUIET_DAYS"]
DEFECT_REOPEN_DAYS: int = ENV["DEFECT_REOPEN_DAYS"]
PLAN_FILING_DAY: int = ENV["PLAN_FILING_DAY"]
DECISION_GRACE_DAYS: int = ENV["DECISION_GRACE_DAYS"]
REPLY_DAYS: int = ENV["REPLY_DAYS"]

REST_FRAMEWORK = {
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "sites.api.authentication.BearerTokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["sites.api.parsers.StrictJSONParser"],
    "EXCEPTION_HANDLER": "sites.api.problems.problem_handler",
}
_SELF = "'self'"
_basemap_origin = "/".join(BASEMAP_URL.split("/", 3)[:3]) if BASEMAP_URL.startswith("http") else ""
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": [_SELF, NONCE],
        "style-src": [_SELF, NONCE],
        "img-src": [_SELF, "data:", "blob:", *([_basemap_origin] if _basemap_origin else [])],
        "font-src": [_SELF],
        "connect-src": [_SELF, *([_basemap_origin] if _basemap_origin else [])],
        "worker-src": [_SELF, "blob:"],
        "manifest-src": [_SELF],
        "form-action": [_SELF],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    },
}

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request_id": {"()": "config.middleware.RequestIdFilter"}},
    "formatters": {
        "line": {"format": "%(asctime)s %(levelname)s %(name)s [%(request_id)s] %(message)s"}
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["request_id"],
        }
    },
    "root": {"handlers": ["console"], "level": ENV["LOG_LEVEL"]},
    "loggers": {"axes": {"level": "WARNING"}, "procrastinate": {"level": "WARNING"}},
}
