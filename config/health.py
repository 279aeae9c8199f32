"""Whether the service lives (`/healthz`) and whether it can work (`/readyz`)."""

from __future__ import annotations

import shutil
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

FREE_BYTES_NEEDED = 64 * 1024 * 1024


@require_safe
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """Answer that the process lives; asks nothing of the database."""
    return JsonResponse({"status": "ok"})


@require_safe
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """Answer 200 when database, migrations, jobs and disk are fit for work, else 503."""
    checks = {"disk": _disk_has_room(), **_database_checks()}
    if all(value == "ok" for value in checks.values()):
        return JsonResponse({"status": "ok", "checks": checks})
    unready = {"status": "unready", "checks": checks}
    return JsonResponse(unready, status=503, headers={"Retry-After": "5"})


def _disk_has_room() -> str:
    folder = Path(settings.MEDIA_ROOT)
    while not folder.exists():
        folder = folder.parent
    return "ok" if shutil.disk_usage(folder).free >= FREE_BYTES_NEEDED else "full"


def _database_checks() -> dict[str, str]:
    try:
        executor = MigrationExecutor(connection)
        pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
        with connection.cursor() as cursor:
            cursor.execute("SELECT to_regclass('procrastinate_jobs') IS NOT NULL")
            has_jobs = bool(cursor.fetchone()[0])
    except DatabaseError:
        return {"database": "unavailable"}
    return {
        "database": "ok",
        "migrations": "pending" if pending else "ok",
        "jobs": "ok" if has_jobs else "missing",
    }
