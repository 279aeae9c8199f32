"""Water quality tests: recorded once, corrected by a newer record."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from assets.models import Asset, WaterQualityTest
from assets.services.asset_access import asset_locked
from sites.access import Scope
from sites.kinds import Kind
from sites.services.errors import RefusedByRegister
from sites.services.saving import save_checked

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@transaction.atomic
def water_test_record(
    *,
    asset: Asset,
    values: Mapping[str, Any],
    actor: User | None,
    scope: Scope,
    today: datetime.date,
    supersedes: WaterQualityTest | None = None,
) -> WaterQualityTest:
    """Record a test of a water works, or the correction of one.

    A test is corrected once; what is wrong in the correction is corrected by pointing to it. The
    asset is locked, so that two corrections of one test cannot both come in. Raises
    `NotPermitted` or `RefusedByRegister`.
    """
    current = asset_locked(asset, scope=scope)
    if current.kind != Kind.WATER_WORKS:
        sentence = _("Only water works have water quality tests.")
        raise RefusedByRegister([("", "wrong_kind", sentence)])
    test = WaterQualityTest(**values, asset=current, supersedes=supersedes, recorded_by=actor)
    if test.tested_on and test.tested_on > today:
        sentence = _("A test cannot lie in the future.")
        raise RefusedByRegister([("tested_on", "in_the_future", sentence)])
    if supersedes is not None:
        _require_open(current, supersedes)
    save_checked(test, force_insert=True)
    return test


def _require_open(asset: Asset, test: WaterQualityTest) -> None:
    if test.asset_id != asset.pk:
        sentence = _("The test belongs to another asset.")
        raise RefusedByRegister([("supersedes", "other_asset", sentence)])
    if test.corrections.exists():
        sentence = _("This test was corrected already; correct the newer record.")
        raise RefusedByRegister([("supersedes", "already_corrected", sentence)])
