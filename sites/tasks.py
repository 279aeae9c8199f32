"""What the worker does for this app."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone
from procrastinate.contrib.django import app

from sites.imports import runs
from sites.imports.execution import check_run, write_run


@app.task(name="sites.check_import")
def check_import(run_id: str) -> None:
    """Check the file of one import run."""
    check_run(UUID(run_id))


@app.task(name="sites.write_import")
def write_import(run_id: str) -> None:
    """Write the checked rows of one import run."""
    write_run(UUID(run_id))


@app.periodic(cron="* * * * *")
@app.task(name="sites.tidy_imports", queueing_lock="sites.tidy_imports", pass_context=False)
def tidy_imports(timestamp: int) -> None:
    """Fail the runs whose worker died; remove files that nobody needs any more."""
    runs.tidy(timezone.now())
