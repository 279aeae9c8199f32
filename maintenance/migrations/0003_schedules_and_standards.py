from pathlib import Path
from typing import Any

from django.db import migrations

from maintenance.default_standards import load_default_standards

TODAY = "(now() AT TIME ZONE 'Asia/Shanghai')::date"
STATEMENTS = Path(__file__).resolve().parent.parent / "sql" / "schedules.sql"

DROP = """
DROP TRIGGER upkeep_schedules_of_new_works ON assets_waterworks;
DROP TRIGGER upkeep_schedules_of_changed_assets ON assets_asset;
DROP TRIGGER upkeep_schedules_of_new_assets ON assets_asset;
DROP FUNCTION maintenance_schedule_new_works();
DROP FUNCTION maintenance_schedule_changed_assets();
DROP FUNCTION maintenance_schedule_new_assets();
DROP FUNCTION maintenance_make_schedules(uuid[], date)
"""


def load(apps: Any, schema_editor: Any) -> None:
    """Write the proposed standards, and the schedules of assets that are there already."""
    load_default_standards(
        apps.get_model("maintenance", "UpkeepStandard"),
        apps.get_model("maintenance", "ChecklistItem"),
    )
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(f"SELECT maintenance_make_schedules(NULL, {TODAY})")


class Migration(migrations.Migration):
    """Schedules that follow from standards (the SQL explains them), and proposed standards."""

    dependencies = [("assets", "0003_closing_gate"), ("maintenance", "0002_upkeep_status")]

    operations = [
        migrations.RunSQL(STATEMENTS.read_text(encoding="utf-8"), DROP),
        migrations.RunPython(load, migrations.RunPython.noop),
    ]
