"""What the worker does for this app."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from field.outbox_file.keeping import remove_given_up_files
from field.services.feed_tidying import foreign_numbers_renew, repeated_remove


@app.periodic(cron="50 * * * *")
@app.task(
    name="field.tidy_outbox_files", queueing_lock="field.tidy_outbox_files", pass_context=False
)
def tidy_outbox_files(timestamp: int) -> None:
    """Remove uploaded outbox files that were previewed and never taken in."""
    remove_given_up_files(timezone.now())


@app.periodic(cron="40 19 * * *")
@app.task(name="field.tidy_feed", queueing_lock="field.tidy_feed", pass_context=False)
def tidy_feed(timestamp: int) -> None:
    """Once a night: rows restored from another cluster become readable, repeated ones go."""
    foreign_numbers_renew()
    repeated_remove(at=timezone.now())
