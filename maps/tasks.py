"""What the worker does for this app."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone
from procrastinate.contrib.django import app

from maps.coverage.runs import coverage_execute
from maps.exports.jobs import run_export, tidy_exports
from maps.subjects.subject import UPKEEP_MARKS
from sites.data_version import SITE_MARKS, prune_marks


@app.task(name="maps.write_export")
def write_export(job_id: str) -> None:
    """Write the file of one export."""
    run_export(UUID(job_id))


@app.task(name="maps.compute_coverage")
def compute_coverage(run_id: str) -> None:
    """Compute one run of coverage."""
    coverage_execute(UUID(run_id))


@app.periodic(cron="*/10 * * * *")
@app.task(name="maps.tidy", queueing_lock="maps.tidy", pass_context=False)
def tidy(timestamp: int) -> None:
    """Remove what is no longer needed: expired exports, and old marks of changed data."""
    tidy_exports(timezone.now())
    for marks in (SITE_MARKS, UPKEEP_MARKS):
        prune_marks(marks)
