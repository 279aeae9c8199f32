"""What companies reported and nobody has reviewed yet, and the curves that some sites plan by."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Final

from sites.demo.records import DemoEntry, DemoPoint
from sites.demo.schedule import Life, quiet_since

COURSE: Final = ((0.25, 12), (0.5, 42), (0.75, 80), (0.9, 95))
"""Shares of the planned time and what is to stand by then: slow, fast, slow."""
RETURNED: Final = ("照片看不清位置,请补拍", "申报比例与现场不符,请核实后重报")
NOTE: Final = "施工单位申报本周进度"


def awaited_of(
    life: Life, at: Sequence[object], draws: Sequence[float], as_of: datetime.date
) -> tuple[DemoEntry, ...]:
    """The newest entry of a company at some sites at work; a few were sent back."""
    today = as_of.toordinal()
    heard = quiet_since(life, draws, today) == today
    if life.state != "under_construction" or not heard or draws[23] <= 0.86:
        return ()
    percent = min(99, life.progress + 3 + round(6 * draws[20]))
    why = RETURNED[int(draws[22] * len(RETURNED))] if draws[19] < 0.2 else ""
    point = at[int(draws[22] * len(at))]
    return (DemoEntry(as_of, percent, NOTE, point, 6.0, needs_review=True, returned=why),)  # type: ignore[arg-type]


def curve_of(life: Life, draws: Sequence[float], *, is_key_plan: bool) -> tuple[DemoPoint, ...]:
    """The planned curve of key plans and of some other sites at work."""
    if life.state not in {"under_construction", "suspended", "contracted"}:
        return ()
    if not (is_key_plan or draws[20] > 0.85):
        return ()
    days = (life.planned_finish - life.planned_start).days
    return tuple(
        DemoPoint(life.planned_start + datetime.timedelta(days=round(days * share)), percent)
        for share, percent in COURSE
    )
