"""The sources of money that an installation starts with; the office adds its own."""

from __future__ import annotations

from typing import Any, Final

from funding.kinds import SourceKind, SourceLevel

SOURCES: Final = (
    ("central", SourceLevel.CENTRAL, "", "中央资金", "Central money"),
    ("province", SourceLevel.PROVINCE, "", "省级资金", "Provincial money"),
    ("city", SourceLevel.CITY, "", "市级资金", "City money"),
    ("district", SourceLevel.DISTRICT, "", "区级配套", "District money"),
    ("social-capital", "", SourceKind.SOCIAL_CAPITAL, "社会资本", "Social capital"),
    ("village-collective", "", SourceKind.VILLAGE_COLLECTIVE, "村集体", "Village collective"),
    ("households", "", SourceKind.HOUSEHOLDS, "群众筹资", "Raised from households"),
    ("case-award", "", SourceKind.CASE_AWARD, "一事一议奖补", "Award for case-by-case projects"),
    ("donation", "", SourceKind.DONATION, "捐赠", "Donation"),
    ("user-fees", "", SourceKind.USER_FEES, "使用者付费", "User fees"),
    ("miscellaneous", "", SourceKind.MISCELLANEOUS, "其他资金", "Other money"),
)
"""Code, level (none: other money), kind of other money, and the names."""


def load_default_sources(model: Any) -> None:
    """Write the sources into an empty table."""
    model.objects.bulk_create(
        model(code=code, level=level or SourceLevel.OTHER, kind=kind, name=name, name_en=name_en)
        for code, level, kind, name, name_en in SOURCES
    )
