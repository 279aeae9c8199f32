from pathlib import Path

from django.db import migrations

STATEMENTS = Path(__file__).resolve().parent.parent / "sql" / "linear_referencing.sql"

DROP = """
DROP FUNCTION assets_part_between(
    geometry, double precision, double precision, double precision, double precision);
DROP FUNCTION assets_point_at(geometry, double precision, double precision, double precision);
DROP FUNCTION assets_feet(geometry, double precision, double precision, geometry);
DROP FUNCTION assets_chainage_at(geometry, double precision, double precision, geometry);
DROP FUNCTION assets_is_near(geometry, geometry);
DROP FUNCTION assets_planar_fraction(geometry, integer, double precision, double precision);
DROP FUNCTION assets_ground_length_to(geometry, integer, double precision);
DROP FUNCTION assets_ground_length(geometry);
DROP FUNCTION assets_plane(geometry)
"""


class Migration(migrations.Migration):
    """Functions of linear referencing; the file explains them."""

    dependencies = [("assets", "0001_initial")]

    operations = [migrations.RunSQL(STATEMENTS.read_text(encoding="utf-8"), DROP)]
