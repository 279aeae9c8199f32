"""Rows that belong to an area and carry its code, so that a scope is one condition."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

AREA_CODE_SQL = """
SELECT area.code INTO NEW.area_code FROM sites_area area WHERE area.id = NEW.area_id;
RETURN NEW;
"""


def placed_by_area() -> pgtrigger.Trigger:
    """Return the trigger that copies the area's code to the row."""
    return pgtrigger.Trigger(
        name="placed_by_area",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.UpdateOf("area_id"),
        func=AREA_CODE_SQL,
    )


class AreaRow(models.Model):
    """A row of an area; `area_code` is kept by a trigger."""

    area = models.ForeignKey(
        "sites.Area", verbose_name=_("area"), related_name="+", on_delete=models.PROTECT
    )
    area_code = models.CharField(max_length=15, editable=False, db_collation="C", db_default="")

    class Meta:
        abstract = True
        triggers = [placed_by_area()]
