"""What the worker does for this app."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from oversight.services.overdue_cases import overdue_raise


@app.periodic(cron="10 * * * *")
@app.task(
    name="oversight.raise_overdue", queueing_lock="oversight.raise_overdue", pass_context=False
)
def raise_overdue(timestamp: int) -> None:
    """Turn missed decisions into cases, each hour; the second run of a day finds nothing."""
    overdue_raise(as_of=timezone.localdate())
