"""Photos may be HEIC images."""

from __future__ import annotations

from django.db import migrations, models
from django.db.models import Q

TYPES = [
    ("image/jpeg", "JPEG"),
    ("image/png", "PNG"),
    ("image/webp", "WebP"),
    ("image/heic", "HEIC"),
]


class Migration(migrations.Migration):
    """Widen the known types of photos."""

    dependencies = [("assets", "0002_progress_photos")]

    operations = [
        migrations.RemoveConstraint(model_name="photo", name="photo_type_known"),
        migrations.AlterField(
            model_name="photo",
            name="content_type",
            field=models.CharField(choices=TYPES, max_length=20, verbose_name="type"),
        ),
        migrations.AddConstraint(
            model_name="photo",
            constraint=models.CheckConstraint(
                condition=Q(content_type__in=[value for value, _label in TYPES]),
                name="photo_type_known",
            ),
        ),
    ]
