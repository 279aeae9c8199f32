"""What orders, logs, patrols and inspections share: the agreement and the place they belong to."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

OF_ASSET_SQL = """
SELECT asset.area_code, asset.township_code INTO NEW.area_code, NEW.township_code
FROM assets_asset asset WHERE asset.id = NEW.asset_id;
RETURN NEW;
"""
OF_AGREEMENT_SQL = """
SELECT agreement.area_code, agreement.township_code INTO NEW.area_code, NEW.township_code
FROM maintenance_agreement agreement WHERE agreement.id = NEW.agreement_id;
RETURN NEW;
"""


class PlacedRow(models.Model):
    """A row with the area's codes repeated, so that a scope is a condition on this table alone."""

    area_code = models.CharField(max_length=15, editable=False, db_collation="C", db_default="")
    township_code = models.CharField(
        _("township code"), max_length=9, editable=False, db_collation="C", db_default=""
    )

    class Meta:
        abstract = True


def placed_by_asset() -> pgtrigger.Trigger:
    """Return the trigger that copies the codes from the row's asset when it is inserted."""
    return pgtrigger.Trigger(
        name="place", when=pgtrigger.Before, operation=pgtrigger.Insert, func=OF_ASSET_SQL
    )


def placed_by_agreement() -> pgtrigger.Trigger:
    """Return the trigger that copies the codes from the row's agreement when it is inserted."""
    return pgtrigger.Trigger(
        name="place", when=pgtrigger.Before, operation=pgtrigger.Insert, func=OF_AGREEMENT_SQL
    )
