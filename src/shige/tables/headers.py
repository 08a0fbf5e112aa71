"""Headers and words of tables, in Chinese or English, and the columns that they mean."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from typing import Final

from shige.profile.grids import PopulationKind

COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "id": ("编号", "楼栋编号", "建筑编号", "楼栋编码", "建筑编码", "unit", "unit_id", "building_id"),
    "community": (
        "社区代码",
        "社区编码",
        "村社区代码",
        "村(社区)代码",
        "所属社区代码",
        "community_code",
    ),
    "address": ("地址", "门牌地址", "楼栋地址", "详细地址", "addr"),
    "compound": ("小区", "院落", "小区院落", "小区(院落)", "小区名称", "院落名称", "estate"),
    "use": ("用途", "建筑用途", "类型", "建筑类型", "type"),
    "households": ("户数", "实有户数", "住户数", "总户数", "household"),
    "shops": ("商铺数", "商铺", "商家数", "商户数", "shop"),
    "floors": ("层数", "楼层数", "floor", "storeys"),
    "entrances": ("单元数", "entrance", "stairs"),
    "lift": ("电梯", "有无电梯", "是否有电梯", "elevator"),
    "manager": ("管理主体", "管理单位", "managing_body"),
    "group": ("村民小组", "小组", "villagers_group"),
    "rural": ("农村", "是否农村"),
    "population": ("人口", "人口数", "常住人口", "实有人口", "residents"),
    "expected_households": ("预计户数", "规划户数", "预期户数", "expected"),
    "workload": ("工作量", "月工作量", "每月工作量", "hours_a_month"),
    "minutes": ("每户分钟", "每户分钟数", "入户分钟", "每户用时", "minutes_a_door"),
    "lon": ("经度", "longitude", "lng", "long", "x"),
    "lat": ("纬度", "latitude", "y"),
    "datum": ("坐标系", "坐标系统", "坐标基准", "crs"),
    "class": ("等级", "道路等级", "类别", "类型", "grade", "highway", "fclass"),
    "name": ("名称", "道路名称", "区划名称", "单位名称"),
    "code": ("代码", "区划代码", "统计用区划代码", "统计用区划代码(12位)", "行政区划代码"),
    "kind": ("种类", "设施种类"),
    "inspected": ("检查日期", "上次检查日期", "inspected_on"),
    "width": ("宽度",),
}

UNITS: Final = (
    "id", "community", "address", "compound", "use", "households", "shops", "floors", "entrances", "lift",
    "manager", "group", "rural", "population", "expected_households", "workload", "minutes", "lon", "lat",
    "datum",
)  # fmt: skip
KIND: Final = "kind:"
"""Before the code of a kind of residents (R7) stands this, so that its column has no other's name."""

BARRIERS: Final = ("class", "name", "width", "datum")
AREAS: Final = ("community", "datum")
GROUND: Final = ("kind", "name", "datum")
DIVISIONS: Final = ("code", "name")
THINGS: Final = ("name", "kind", "lon", "lat", "address", "inspected", "datum")
"""What is read of a file of each kind; any other column is told as not read."""

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

OSM: Final[Mapping[str, str]] = {
    "residential": "minor",
    "unclassified": "minor",
    "living_street": "minor",
    "service": "minor",
    "road": "minor",
    "pedestrian": "minor",
    "track": "minor",
    **{f"{name}_link": name for name in ("motorway", "trunk", "primary", "secondary", "tertiary")},
}
"""Classes of OpenStreetMap that have another name here."""

ROADS: Final[Mapping[str, str]] = {
    "高速公路": "motorway",
    "高速": "motorway",
    "快速路": "trunk",
    "城市快速路": "trunk",
    "国道": "trunk",
    "主干路": "primary",
    "主干道": "primary",
    "省道": "primary",
    "次干路": "secondary",
    "次干道": "secondary",
    "县道": "secondary",
    "支路": "tertiary",
    "乡道": "tertiary",
    "街巷": "minor",
    "巷道": "minor",
    "村道": "minor",
    "小区路": "minor",
    "铁路": "rail",
    "河流": "river",
    "河道": "river",
    "江河": "river",
}

NO_BARRIERS: Final = frozenset(
    {"footway", "path", "cycleway", "steps", "bridleway", "corridor", "platform", "construction", "proposed"}
)
"""Ways of OpenStreetMap that part nobody."""

_BRACKETS: Final = re.compile(r"[(\[【].*$")


class Columns:
    """The columns of one kind of table, found by their headers.

    Wide characters, capitals, blanks, line breaks and a unit in brackets make no difference: 户数（户） is
    户数.
    """

    def __init__(
        self,
        wanted: Collection[str],
        named: Mapping[str, Collection[str]] = COLUMNS,
        *,
        aliases_only: bool = False,
    ) -> None:
        self.wanted = tuple(wanted)
        self.named = {column: tuple(named.get(column, ())) for column in self.wanted}
        self._meaning = {
            as_header(name): column
            for column in reversed(self.wanted)
            for name in (*self.named[column], *(() if aliases_only else (column,)))
        }

    def of(self, header: object) -> str | None:
        """Return the column that a header means, None for one that is not read."""
        plain = as_header(header)
        return self._meaning.get(plain) or self._meaning.get(_BRACKETS.sub("", plain).rstrip("_"))

    def known(self, cells: Collection[object]) -> int:
        """Return how many different columns some cells name."""
        return len({self.of(cell) for cell in cells} - {None})

    def usual(self, column: str) -> tuple[str, ...]:
        """Return the usual headers of a column, the first one first."""
        return self.named[column] or (column,)


def unit_columns(kinds: Iterable[PopulationKind]) -> Columns:
    """Return the columns of buildings, with a number for each kind of residents."""
    named = {
        f"{KIND}{kind.code}": tuple(filter(None, (*kind.headers, kind.name.zh, kind.name.en, kind.code)))
        for kind in kinds
    }
    return Columns((*UNITS, *named), {**COLUMNS, **named})


def as_header(header: object) -> str:
    """Return a header in the form in which headers are compared."""
    text = unicodedata.normalize("NFKC", str(header or "")).lower().strip("\ufeff\u200b \t\r\n*")
    text = re.sub(r"(?<=[\u3400-\u9fff])[ \u200b]+(?=[\u3400-\u9fff])", "", text)
    return re.sub(r"\s*[\r\n]+\s*", "", text).replace(" ", "_").replace("：", "").rstrip(":")


def use_of(value: str) -> str:
    """Return the use of a building in the word that the program keeps; anything unknown as it is."""
    return USES.get(value, value)


def class_of(value: str) -> str:
    """Return the class of a road, railway or river in the word that the program keeps."""
    return ROADS.get(value) or OSM.get(value.lower(), value)
