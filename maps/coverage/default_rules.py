"""The rules that a new installation starts with: version 1 of each indicator.

The method sheets stand in `method/`, one file an indicator and language. What no standard sets is
our choice and is marked so in the sheet.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from maps.coverage.parameters import defaults_of
from maps.kinds import Indicator

SHEETS: Final = Path(__file__).resolve().parent / "method"
NAMES: Final[dict[str, tuple[str, str]]] = {
    Indicator.RURAL_ACCESS: (
        "农村通达指数",
        "Rural Access Index",
    ),
    Indicator.VILLAGES_HARD_ROAD: (
        "建制村通硬化路率",
        "Administrative villages on a hardened road",
    ),
    Indicator.HAMLETS_HARD_ROAD: (
        "20户以上自然村通硬化路率",
        "Natural villages of 20 households and more on a hardened road",
    ),
    Indicator.TAP_WATER: (
        "自来水普及率",
        "Tap water rate",
    ),
    Indicator.CENTRAL_SUPPLY: (
        "集中供水率",
        "Central water supply rate",
    ),
    Indicator.WATER_QUALITY: (
        "水质达标率",
        "Water quality compliance rate",
    ),
    Indicator.UPKEEP: (
        "管护覆盖率",
        "Upkeep coverage",
    ),
    Indicator.PEOPLE_SERVED: (
        "受益人口（不重复）",
        "People served, each counted once",
    ),
}
"""The Chinese and the English name of each indicator's rule."""


def load_default_rules(rules: Any) -> int:
    """Write version 1 of each indicator that has no rule yet; return how many were written.

    The model is passed in, for a migration has models of its own time.
    """
    taken = set(rules.objects.values_list("indicator", flat=True))
    missing = [indicator for indicator in Indicator if indicator.value not in taken]
    for indicator in missing:
        name, name_en = NAMES[indicator]
        rules.objects.create(
            indicator=indicator.value,
            number=1,
            name=name,
            name_en=name_en,
            parameters=defaults_of(indicator),
            method=_sheet(indicator, "zh"),
            method_en=_sheet(indicator, "en"),
        )
    return len(missing)


def _sheet(indicator: Indicator, language: str) -> str:
    return (SHEETS / f"{indicator.value}.{language}.txt").read_text(encoding="utf-8").strip()
