"""What the columns, types, states and times of a foreign table mean, as a TOML file says it."""

import fnmatch
import tomllib
from collections.abc import Iterable
from datetime import datetime
from typing import Final, Literal
from zoneinfo import ZoneInfo, available_timezones

from django.utils.translation import gettext as _
from pydantic import Field, ValidationError

from shige.profile.text import ProfilePart
from shige.tables.cells import number
from shige.tables.headers import Columns
from shige.tables.moments import moment
from shige.tables.problems import WrongCell
from shige.tables.text import plain
from shige.trust.jurisdiction import profile

Column = Literal[
    "id", "words", "type", "address", "lon", "lat", "reported", "responded", "due", "closed", "state",
    "rating", "name", "phone",
]  # fmt: skip

USUAL: Final[dict[Column, tuple[str, ...]]] = {
    "id": ("工单编号", "诉求编号", "受理编号", "工单号", "单号", "编号", "number", "id"),
    "words": ("诉求内容", "反映内容", "内容", "问题描述", "描述", "words", "text", "description"),
    "type": ("诉求类别", "问题类别", "类别", "分类", "类型", "category", "type"),
    "address": ("诉求地址", "地址", "发生地址", "事发地址", "事发地点", "地点", "address", "place"),
    "lon": ("经度", "lon", "longitude", "lng"),
    "lat": ("纬度", "lat", "latitude"),
    "reported": (
        "受理时间",
        "诉求时间",
        "来电时间",
        "登记时间",
        "登记日期",
        "受理日期",
        "反映时间",
        "时间",
        "reported",
        "created",
    ),
    "responded": ("响应时间", "签收时间", "responded"),
    "due": ("办结时限", "截止时间", "办理期限", "due"),
    "closed": ("办结时间", "结案时间", "closed"),
    "state": ("状态", "办理状态", "state", "status"),
    "rating": ("满意度", "回访满意度", "评分", "rating"),
    "name": ("联系人", "姓名", "来电人", "name"),
    "phone": ("联系电话", "来电号码", "电话", "phone"),
}
"""Headers that hotline exports usually have."""

RATINGS: Final = {
    5: ("非常满意", "很满意", "十分满意", "特别满意", "满意度高", "五星", "5星", "5分", "very satisfied"),
    4: ("满意", "比较满意", "较满意", "四星", "4星", "4分", "satisfied"),
    3: ("基本满意", "一般", "一般满意", "三星", "3星", "3分", "neutral"),
    2: ("不满意", "较不满意", "不太满意", "比较不满意", "二星", "2星", "2分", "dissatisfied"),
    1: ("非常不满意", "很不满意", "十分不满意", "极不满意", "一星", "1星", "1分", "very dissatisfied"),
}
"""Words for a satisfaction, from 5 down."""

UNRATED: Final = frozenset(
    {"未评价", "未评", "未回访", "未作评价", "未参评", "无", "无法联系", "-", "—", "/"}
)
"""What a table writes where nobody has rated."""


class MappingError(ValueError):
    """The mapping cannot be used; the message says what to mend."""


class TypeRule(ProfilePart):
    """Types of the table, with ``*`` for anything, and the category that they become."""

    types: tuple[str, ...] = Field(min_length=1)
    category: str


class Mapping(ProfilePart):
    """What a table means: ``columns`` names the header of each column of ours."""

    source: str = Field(min_length=1, max_length=12, pattern=r"^[a-z0-9-]+$")
    columns: dict[Column, str]
    categories: tuple[TypeRule, ...] = ()
    otherwise: str | None = None  # the category of a type that no rule names; without one it is a fault
    closed: tuple[str, ...] = ()  # states that mean done, with `*`; without any, a closing time means done
    formats: tuple[str, ...] = ()  # of times that are not written in a usual way
    timezone: str | None = None
    datum: Literal["wgs84", "gcj02", "bd09"] = "wgs84"

    def category_of(self, kind: str) -> str | None:
        """Return the category of a type; names of the profile's categories are known by themselves."""
        for rule in self.categories:
            if any(fnmatch.fnmatchcase(kind, pattern) for pattern in rule.types):
                return rule.category
        return _by_name(kind) or self.otherwise

    def moment(self, written: object) -> datetime | None:
        """Return an aware moment, None where nothing stands; WrongCell where it cannot be read."""
        for form in self.formats:
            try:
                return datetime.strptime(str(written).strip(), form).replace(tzinfo=self.zone)
            except ValueError:
                continue
        return moment(written, self.zone)

    def is_closed(self, state: str, closed: object) -> bool:
        """Say whether a row is done."""
        if not self.closed:
            return closed is not None
        return any(fnmatch.fnmatchcase(state, pattern) for pattern in self.closed)

    @property
    def zone(self) -> ZoneInfo:
        """The time zone of the table's times; the profile's where it names none."""
        return ZoneInfo(self.timezone) if self.timezone else profile().zone


def load_mapping(text: str) -> Mapping:
    """Read a mapping from TOML.

    Raises
    ------
    MappingError
        It is no TOML, has a key or a category that is not known, or a time zone that does not exist.
    """
    try:
        found = Mapping.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise MappingError(_("The mapping is no valid TOML: %(why)s") % {"why": error}) from None
    except ValidationError as error:
        places = "; ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors())
        raise MappingError(_("The mapping cannot be used: %(why)s") % {"why": places}) from None
    if found.timezone is not None and found.timezone not in available_timezones():
        raise MappingError(_("The mapping cannot be used: %(why)s") % {"why": f"timezone {found.timezone}"})
    for code in [rule.category for rule in found.categories] + [found.otherwise]:
        if code is not None and code not in _leaf_codes():
            raise MappingError(_("There is no category “%(code)s”.") % {"code": code})
    return found


def columns_of(mapping: Mapping | None) -> Columns:
    """Return what is read of a table: the columns of its mapping, or those with usual headers."""
    if mapping is None:
        return Columns(USUAL, {str(column): names for column, names in USUAL.items()}, aliases_only=True)
    named: dict[str, tuple[str, ...]] = {name: (header,) for name, header in mapping.columns.items()}
    return Columns(named, named, aliases_only=True)


def usual_mapping(found: Iterable[Column]) -> Mapping:
    """Return the mapping of a table in which columns were found by their usual headers."""
    return Mapping(source="import", columns={column: USUAL[column][0] for column in found})


def rating_of(written: str) -> int | None:
    """Return a satisfaction from 1 to 5, None for none; WrongCell where it is neither."""
    said = plain(written).lower()
    if not said or said in UNRATED:
        return None
    for rating, words in RATINGS.items():
        if said in words:
            return rating
    try:
        rating = round(number(said) or 0)
    except WrongCell:
        rating = 0
    if not 1 <= rating <= 5:
        raise WrongCell("not_1_to_5", value=written)
    return rating


def _leaf_codes() -> set[str]:
    return {leaf.code for leaf in profile().leaf_categories}


def _by_name(kind: str) -> str | None:
    for leaf in profile().leaf_categories:
        if kind and kind in (leaf.code, leaf.name.zh, leaf.name.en):
            return leaf.code
    return None
