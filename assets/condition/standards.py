"""The rule sets that the service comes with: what is known of each standard, and what is not.

Only the shapes of the formulas are established. Every number below was read second-hand and is
stored as not verified; None means that no number was found at all. The office verifies a number
when it has the standard's own text before it, and until then nothing is computed from it. Which
class of road the two pairs of RQI constants hold for was read second-hand as well.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final


@dataclass(frozen=True, slots=True)
class Standard:
    """A rule set with the numbers that its formulas need."""

    code: str
    name: str
    name_en: str
    standard: str
    edition: str
    applies_to: str
    numbers: Mapping[str, Decimal | None]


_UNKNOWN: Final[Mapping[str, Decimal | None]] = dict.fromkeys(
    (
        "PCI.a0.asphalt",
        "PCI.a1.asphalt",
        "PCI.a0.cement",
        "PCI.a1.cement",
        "RQI.a0.high",
        "RQI.a1.high",
        "RQI.a0.other",
        "RQI.a1.other",
        "PQI.w_PCI",
        "PQI.w_RQI",
        "MQI.w_SCI",
        "MQI.w_PQI",
        "MQI.w_BCI",
        "MQI.w_TCI",
        "GRADE.excellent",
        "GRADE.good",
        "GRADE.fair",
        "GRADE.poor",
    )
)
_BORDERS: Final[Mapping[str, Decimal | None]] = {
    "GRADE.excellent": Decimal(90),
    "GRADE.good": Decimal(80),
    "GRADE.fair": Decimal(70),
    "GRADE.poor": Decimal(60),
}

STANDARDS: Final[tuple[Standard, ...]] = (
    Standard(
        code="JTG-5211-2024",
        name="农村公路技术状况评定",
        name_en="Rural road condition assessment",
        standard="JTG 5211-2024",
        edition="2024",
        applies_to="农村公路",
        numbers=_UNKNOWN,
    ),
    Standard(
        code="DB34-T-4471-2023",
        name="安徽省地方标准(农村公路)",
        name_en="Provincial standard of Anhui (rural roads)",
        standard="DB34/T 4471-2023",
        edition="2023",
        applies_to="安徽省农村公路",
        numbers={**_UNKNOWN, **_BORDERS},
    ),
    Standard(
        code="JTG-5210-2018",
        name="公路技术状况评定",
        name_en="Highway condition assessment",
        standard="JTG 5210-2018",
        edition="2018",
        applies_to="公路",
        numbers={
            **_UNKNOWN,
            **_BORDERS,
            "PCI.a0.asphalt": Decimal("15.00"),
            "PCI.a1.asphalt": Decimal("0.412"),
            "PCI.a0.cement": Decimal("10.66"),
            "PCI.a1.cement": Decimal("0.461"),
            "RQI.a0.high": Decimal("0.026"),
            "RQI.a1.high": Decimal("0.65"),
            "RQI.a0.other": Decimal("0.0185"),
            "RQI.a1.other": Decimal("0.58"),
            "MQI.w_SCI": Decimal("0.08"),
            "MQI.w_PQI": Decimal("0.70"),
            "MQI.w_BCI": Decimal("0.12"),
            "MQI.w_TCI": Decimal("0.10"),
        },
    ),
)
