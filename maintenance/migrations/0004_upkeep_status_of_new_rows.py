from pathlib import Path

from django.db import migrations

STATEMENTS = Path(__file__).resolve().parent.parent / "sql" / "upkeep_status.sql"


class Migration(migrations.Migration):
    """The status is made for whatever row comes first; the SQL of 0002 again."""

    dependencies = [("maintenance", "0003_schedules_and_standards")]

    operations = [migrations.RunSQL(STATEMENTS.read_text(encoding="utf-8"), migrations.RunSQL.noop)]
