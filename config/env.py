"""Every environment variable the service reads, in one typed table.

`docs/configuration.md` is written from this table by `manage.py write_docs`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

ROOT = Path(__file__).resolve().parent.parent


class SettingError(Exception):
    """An environment variable holds a value that cannot be used; the message names it."""


def _text(value: str) -> str:
    return value


def _integer(value: str) -> int:
    return int(value)


def _flag(value: str) -> bool:
    lowered = value.strip().lower()
    if lowered in {"1", "true", "yes", "on"}:
        return True
    if lowered in {"0", "false", "no", "off", ""}:
        return False
    raise ValueError("expected 1 or 0")


def _list(value: str) -> list[str]:
    return [part.strip() for part in value.split(",") if part.strip()]


def _path(value: str) -> Path:
    path = Path(value)
    return path if path.is_absolute() else ROOT / path


@dataclass(frozen=True, slots=True)
class Variable:
    """One environment variable: its name, how it is parsed, its default and what it does."""

    name: str
    parse: Callable[[str], Any]
    default: str
    meaning: str


TABLE: tuple[Variable, ...] = (
    Variable("DATABASE_URL", _text, "", "PostgreSQL address; unset means the private cluster"),
    Variable("MEDIA_ROOT", _path, ".local/media", "folder of uploaded files and exports"),
    Variable("SECRET_KEY", _text, "", "signing secret, at least 50 characters in production"),
    Variable("SECRET_KEY_FILE", _path, "", "file that holds the signing secret"),
    Variable("ALLOWED_HOSTS", _list, "127.0.0.1,localhost,[::1]", "host names that are answered"),
    Variable("BASE_URL", _text, "", "public address, for example https://atlas.example.gov.cn"),
    Variable("HOST", _text, "127.0.0.1", "address that the web server listens on"),
    Variable("PORT", _integer, "8000", "port that the web server listens on"),
    Variable("WORKERS", _integer, "2", "web server processes"),
    Variable("TRUSTED_PROXIES", _list, "", "proxies whose X-Forwarded-For is believed"),
    Variable("HTTPS", _flag, "1", "production only: cookies and redirects require HTTPS"),
    Variable(
        "BASEMAP_URL", _text, "", "raster base map address with {z}/{x}/{y}; empty means none"
    ),
    Variable("BASEMAP_ATTRIBUTION", _text, "", "text shown for the base map"),
    Variable(
        "DISTRICT_SRID", _integer, "4548", "CGCS2000 3-degree zone of the district (4513-4554)"
    ),
    Variable("DELAY_RED_DAYS", _integer, "30", "days behind plan after which a site is red"),
    Variable(
        "BEHIND_PERCENT", _integer, "10", "percentage points that a site may be behind its plan"
    ),
    Variable(
        "MONEY_LAG_YELLOW", _integer, "10", "percentage points that payment may be behind the work"
    ),
    Variable("MONEY_LAG_RED", _integer, "25", "percentage points after which that is red"),
    Variable("QUIET_DAYS", _integer, "30", "days without evidence after which a site is quiet"),
    Variable(
        "DEFECT_REOPEN_DAYS", _integer, "15", "days in which a repair can be reopened as not done"
    ),
    Variable(
        "DECISION_GRACE_DAYS",
        _integer,
        "5",
        "days after a missed decision or reply until accountability takes the next step",
    ),
    Variable("REPLY_DAYS", _integer, "7", "days in which a letter of accountability is answered"),
    Variable(
        "PLAN_FILING_DAY", _integer, "25", "day of the month before by which a plan is to be filed"
    ),
    Variable("UPLOAD_MAX_MB", _integer, "512", "largest import file in MiB"),
    Variable("PHOTO_MAX_MB", _integer, "20", "largest photo in MiB"),
    Variable(
        "PHOTO_PARTS_MAX_MB", _integer, "500", "MiB of photos that one sender may leave unfinished"
    ),
    Variable(
        "PHOTO_PART_DAYS", _integer, "7", "days after which a photo that came in part is given up"
    ),
    Variable(
        "OUTBOX_FILE_DAYS", _integer, "1", "days for which a previewed outbox file may be taken in"
    ),
    Variable("DOCUMENT_MAX_MB", _integer, "30", "largest document of a handover in MiB"),
    Variable(
        "STATEMENT_TIMEOUT_MS", _integer, "60000", "longest database statement (web server: 5000)"
    ),
    Variable("LOG_LEVEL", _text, "INFO", "lowest level that is logged"),
)


def read(environ: Mapping[str, str] = os.environ) -> dict[str, Any]:
    """Return every variable of the table, parsed.

    Raises `SettingError` with the variable's name when a value cannot be parsed.
    """
    values: dict[str, Any] = {}
    for variable in TABLE:
        raw = environ.get(variable.name, "") or variable.default
        if variable.parse is _path and not raw:
            values[variable.name] = None
            continue
        try:
            values[variable.name] = variable.parse(raw)
        except ValueError as error:
            raise SettingError(f"{variable.name}={raw!r} cannot be used: {error}") from error
    return values


def database(url: str) -> dict[str, Any]:
    """Translate a `postgresql://` address into Django's settings for one database.

    A Unix socket folder is given as `?host=/folder`, as libpq does.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql", "postgis"}:
        raise SettingError("DATABASE_URL must start with postgresql://")
    query = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    return {
        "ENGINE": "django.contrib.gis.db.backends.postgis",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or query.pop("port", "")),
        "OPTIONS": query,
    }


def secret_key(values: Mapping[str, Any]) -> str:
    """Return the signing secret from `SECRET_KEY`, else from `SECRET_KEY_FILE`, else empty."""
    if values["SECRET_KEY"]:
        return str(values["SECRET_KEY"])
    file: Path | None = values["SECRET_KEY_FILE"]
    return file.read_text(encoding="ascii").strip() if file and file.exists() else ""
