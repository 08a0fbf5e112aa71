"""What the columns, types, states and times of a foreign table mean, as a TOML file says it."""

import fnmatch
import tomllib
import unicodedata
from collections.abc import Sequence
from datetime import datetime
from typing import Final, Literal
from zoneinfo import ZoneInfo, available_timezones

from django.utils.translation import gettext as _
from pydantic import Field, ValidationError

from shige.profile.text import ProfilePart
from shige.trust.jurisdiction import profile

Column = Literal[
    "id", "words", "type", "address", "lon", "lat", "reported", "responded", "due", "closed", "state",
    "rating", "name", "phone",
]  # fmt: skip

USUAL: Final[dict[Column, tuple[str, ...]]] = {
    "id": ("工单编号", "诉求编号", "受理编号", "编号", "number", "id"),
    "words": ("诉求内容", "内容", "问题描述", "描述", "words", "text", "description"),
    "type": ("诉求类别", "问题类别", "类别", "类型", "category", "type"),
    "address": ("诉求地址", "地址", "发生地址", "地点", "address", "place"),
    "lon": ("经度", "lon", "longitude", "lng"),
    "lat": ("纬度", "lat", "latitude"),
    "reported": ("受理时间", "诉求时间", "来电时间", "登记时间", "reported", "created"),
    "responded": ("响应时间", "签收时间", "responded"),
    "due": ("办结时限", "截止时间", "办理期限", "due"),
    "closed": ("办结时间", "结案时间", "closed"),
    "state": ("状态", "办理状态", "state", "status"),
    "rating": ("满意度", "评分", "rating"),
    "name": ("联系人", "姓名", "来电人", "name"),
    "phone": ("联系电话", "来电号码", "电话", "phone"),
}
"""Headers that hotline exports usually have."""

FORMATS: Final = (
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%d %H:%M",
    "%Y/%m/%d %H:%M:%S",
    "%Y/%m/%d %H:%M",
    "%Y-%m-%d",
    "%Y/%m/%d",
)


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
    formats: tuple[str, ...] = FORMATS
    timezone: str | None = None
    datum: Literal["wgs84", "gcj02", "bd09"] = "wgs84"

    def category_of(self, kind: str) -> str | None:
        """Return the category of a type; names of the profile's categories are known by themselves."""
        for rule in self.categories:
            if any(fnmatch.fnmatchcase(kind, pattern) for pattern in rule.types):
                return rule.category
        return _by_name(kind) or self.otherwise

    def moment(self, written: object) -> datetime | None:
        """Return an aware moment; None where it cannot be read."""
        if isinstance(written, datetime):
            return written if written.tzinfo else written.replace(tzinfo=self.zone)
        for form in self.formats:
            try:
                return datetime.strptime(str(written).strip(), form).replace(tzinfo=self.zone)
            except ValueError:
                continue
        return None

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


def usual_mapping(headers: Sequence[object]) -> Mapping:
    """Return the mapping of a table whose headers are among the usual ones of hotline exports."""
    plain = {_plain(header): str(header) for header in headers}
    columns = {
        column: plain[name] for column, names in USUAL.items() for name in reversed(names) if name in plain
    }
    return Mapping(source="import", columns=columns)


def _plain(header: object) -> str:
    return unicodedata.normalize("NFKC", str(header or "")).strip().lower()


def _leaf_codes() -> set[str]:
    return {leaf.code for leaf in profile().leaf_categories}


def _by_name(kind: str) -> str | None:
    for leaf in profile().leaf_categories:
        if kind and kind in (leaf.code, leaf.name.zh, leaf.name.en):
            return leaf.code
    return None
