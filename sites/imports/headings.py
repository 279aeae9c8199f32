"""Headings that only imports meet: the pinyin initials of the national road database.

They stand beside the synonyms of `sites.fields`; shapefiles allow ten bytes a name, so surveyors
write `LXBM` for 路线编码.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

ABBREVIATIONS: Final[Mapping[str, tuple[str, ...]]] = {
    "route_code": ("lxbm", "lxdm", "lxbh"),
    "code": ("xmbm", "xmdm", "bh", "编码", "代码", "项目编号", "项目代码", "工程编号"),
    "name": ("lxmc", "xmmc", "mc", "名", "工程名称", "村庄名称", "中心村名称", "short_name"),
    "road_class": ("xzdj", "lxdj"),
    "technical_class": ("jsdj",),
    "pavement": ("lmlx", "路面结构"),
    "pavement_width_m": ("lmkd", "width"),
    "roadbed_width_m": ("ljkd",),
    "declared_length_m": ("lc", "cd", "register_len", "lengthm", "length_m", "建设里程"),
    "area": ("xzqh", "xzqhdm", "qhdm", "cdm", "所在村", "村名称", "village"),
    "township": ("xzdm", "所在乡镇", "乡镇", "town"),
    "start_name": ("qdmc",),
    "end_name": ("zdmc",),
    "year": ("nf", "xmnf", "建设年度", "改造年度"),
    "danger_grade": ("危险等级", "房屋等级"),
    "method": ("改造方式类型",),
    "source_id": ("feature_id", "objectid_src", "原编号"),
    "works_kind": ("工程类别",),
}
"""Field name to further headings, compared after `sites.fields.normalise_heading`."""

IDENTIFIERS: Final = (
    "lxbm",
    "route_code",
    "路线编码",
    "区划代码",
    "行政区划代码",
    "统计用区划代码",
)
"""Headings that name the site itself where no other column does: a table of villages whose only
code is the area's lists each village once."""

LENGTH_IN_KILOMETRES: Final = frozenset({"lc"})
"""Length headings that mean kilometres by the standard that defines them."""

MORE_WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "pavement": {
        "fine_gravel": "gravel",
        "pebblestone": "gravel",
        "compacted": "gravel",
        "ground": "earth",
        "dirt": "earth",
        "grass": "earth",
        "sand": "earth",
        "mud": "earth",
    },
}
"""Words of OpenStreetMap for our codes."""

VAGUE_WORDS: Final[Mapping[str, frozenset[str]]] = {
    "pavement": frozenset(
        {"paved", "unpaved", "wood", "其他", "有铺装", "未铺装", "未知", "other"}
    ),
}
"""Words that say too little for a code of the field; they leave it empty, with a note."""
