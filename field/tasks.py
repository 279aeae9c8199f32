"""What the worker does for this app."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from field.services.feed_tidying import repeated_remove


@app.periodic(cron="40 19 * * *")
@app.task(name="field.tidy_feed", queueing_lock="field.tidy_feed", pass_context=False)
def tidy_feed(timestamp: int) -> None:
    """Remove repeated rows of the feed, once a night."""
    repeated_remove(at=timezone.now())
