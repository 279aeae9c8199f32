from pathlib import Path

from django.contrib.postgres.indexes import BrinIndex
from django.db import migrations, models

from sites.schema import AdditiveMigration

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(AdditiveMigration):
    dependencies = [("field", "0001_operations_and_feed")]

    operations = [
        migrations.AddIndex(
            model_name="feedentry",
            index=models.Index(
                fields=["agreement_id", "xid", "seq"], name="field_feed_of_agreement"
            ),
        ),
        migrations.AddIndex(
            model_name="feedentry",
            index=models.Index(
                condition=models.Q(("entity", "defect")),
                fields=["xid", "seq"],
                name="field_feed_defects",
            ),
        ),
        migrations.AddIndex(
            model_name="feedentry",
            index=BrinIndex(fields=["at"], name="field_feed_at", pages_per_range=32),
        ),
        migrations.RunSQL(
            (SQL / "feed_corrections.sql").read_text(),
            "DROP FUNCTION field_note_corrected() CASCADE;",
        ),
    ]
