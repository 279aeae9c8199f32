"""The mark that this database holds the fictional demo district."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now


class DemoMarker(models.Model):
    """At most one row; where it stands, the sign-in page may offer one click for each role."""

    only = models.BooleanField(primary_key=True, default=True)
    seed = models.IntegerField()
    scale = models.CharField(max_length=20)
    seeded_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.CheckConstraint(name="demo_marker_is_single", condition=models.Q(only=True))
        ]
