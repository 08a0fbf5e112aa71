"""Lets the sample's offices release summaries: of what neighbours share, and of what was solved."""

from typing import Final

from shige.matters.categories import category_of_matter, may_be_public
from shige.matters.models import Matter
from shige.matters.summaries.commands import release
from shige.trust.gate import SYSTEM

OPEN: Final = "楼前公共区域的情况已有居民反映，正在处理。"
SOLVED: Final = {
    "01": ("公共区域环境卫生问题。", "已清理干净，并增加了清扫次数。"),
    "02": ("公共设施损坏，影响居民使用。", "已修复并检查了同类设施。"),
    "03": ("公共区域存在安全隐患。", "已整改并经他人复查合格。"),
    "04": ("公共区域秩序问题。", "已现场劝导，并增设了提示牌。"),
}
CASES: Final = 8


def release_summaries() -> int:
    """Release summaries of open matters that neighbours share and of some solved ones; return how many."""
    shared = (one for one in Matter.objects.filter(open=True).order_by("pk") if _is_shared(one))
    told = [(one.number, OPEN, "") for one in list(shared)[:3]]
    ended = Matter.objects.filter(state=Matter.State.CLOSED, confidential=False).order_by("-closed_at")
    cases = [one for one in ended[:200] if one.category[:2] in SOLVED and may_be_public(one)]
    told += [(one.number, *SOLVED[one.category[:2]]) for one in cases[:CASES]]
    for number, words, result in told:
        release(SYSTEM, number, words, result)
    return len(told)


def _is_shared(matter: Matter) -> bool:
    return category_of_matter(matter).shown_to_neighbours and may_be_public(matter)
