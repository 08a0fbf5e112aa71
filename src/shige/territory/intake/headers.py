"""Headers and words of imported tables, in Chinese or English, and the columns that they mean."""

import unicodedata
from collections.abc import Mapping
from typing import Final

COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "id": ("编号", "楼栋编号", "建筑编号", "unit", "unit_id", "building_id"),
    "community": ("社区代码", "社区编码", "村社区代码", "community_code"),
    "address": ("地址", "门牌地址", "楼栋地址", "addr"),
    "compound": ("小区", "院落", "小区院落", "小区(院落)", "小区名称", "estate"),
    "use": ("用途", "建筑用途", "类型", "type"),
    "households": ("户数", "实有户数", "住户数", "household"),
    "shops": ("商铺数", "商家数", "商户数", "shop"),
    "floors": ("层数", "楼层数", "floor", "storeys"),
    "entrances": ("单元数", "entrance", "stairs"),
    "lift": ("电梯", "有无电梯", "elevator"),
    "manager": ("管理主体", "管理单位", "managing_body"),
    "group": ("村民小组", "小组", "villagers_group"),
    "rural": ("农村", "是否农村"),
    "population": ("人口", "人口数", "常住人口", "实有人口", "residents"),
    "expected_households": ("预计户数", "规划户数", "预期户数", "expected"),
    "workload": ("工作量", "月工作量", "每月工作量", "hours_a_month"),
    "minutes": ("每户分钟", "每户分钟数", "入户分钟", "每户用时", "minutes_a_door"),
    "lon": ("经度", "longitude", "lng", "x"),
    "lat": ("纬度", "latitude", "y"),
    "datum": ("坐标系", "坐标基准", "crs"),
    "class": ("等级", "道路等级", "类别", "grade", "highway"),
    "name": ("名称", "道路名称", "区划名称"),
    "code": ("代码", "区划代码", "统计用区划代码", "行政区划代码"),
    "kind": ("种类", "设施种类"),
    "inspected": ("检查日期", "上次检查日期", "inspected_on"),
    "width": ("宽度",),
}

USES: Final[Mapping[str, str]] = {
    "住宅": "residential",
    "居住": "residential",
    "居民楼": "residential",
    "商铺": "shop",
    "商业": "shop",
    "商店": "shop",
    "写字楼": "office",
    "办公": "office",
    "商务楼宇": "office",
    "市场": "market",
    "农贸市场": "market",
    "商场": "market",
    "公园": "park",
    "园区": "campus",
    "校园": "campus",
    "学校": "campus",
    "其他": "other",
}

_MEANING: Final = {alias: column for column, aliases in COLUMNS.items() for alias in (column, *aliases)}


def column_of(header: object) -> str | None:
    """Return the column that a header means, or None for one that is not read.

    Wide characters, capitals, blanks and a unit in brackets make no difference: 户数（户） is 户数.
    """
    plain = unicodedata.normalize("NFKC", str(header or "")).lower().strip().replace(" ", "_")
    return _MEANING.get(plain) or _MEANING.get(plain.split("(")[0].rstrip("_"))


def use_of(value: object) -> object:
    """Return the use of a building in the word that the program keeps; anything unknown as it is."""
    return USES.get(str(value).strip(), value) if value is not None else None
