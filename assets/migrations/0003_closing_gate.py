from pathlib import Path

from django.db import migrations

STATEMENTS = Path(__file__).resolve().parent.parent / "sql" / "closing_gate.sql"

DROP = """
DROP TRIGGER assets_closing_gate ON sites_projectsite;
DROP FUNCTION assets_refuse_early_closing();
"""


class Migration(migrations.Migration):
    """The database's own guard of closing a site; the file explains it."""

    dependencies = [
        ("assets", "0002_linear_referencing"),
        ("sites", "0006_character_pairs"),
    ]

    operations = [migrations.RunSQL(STATEMENTS.read_text(encoding="utf-8"), DROP)]
