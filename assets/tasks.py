"""What the worker does for this app."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from assets.photos.cleaning import remove_given_up_parts, remove_unnamed_files


@app.periodic(cron="20 * * * *")
@app.task(name="assets.tidy_photos", queueing_lock="assets.tidy_photos", pass_context=False)
def tidy_photos(timestamp: int) -> None:
    """Remove the files of photos that never got a record, and parts that were given up."""
    now = timezone.now()
    remove_unnamed_files(now)
    remove_given_up_parts(now)
