"""Tasks and a joint task of the sample; every text is invented (R26)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class SampleTask:
    """A task for the first post of `role` that can have one, of a matter best under the top category `top`.

    `course` are the actions that follow, one or some hours after another, each with what is said.
    """

    top: str
    role: str
    action: str
    limit: str
    course: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class SampleJointTask:
    """A joint task of a matter, best under `top`: who is called, and whether each came and what it did."""

    top: str
    purpose: str
    parts: tuple[tuple[str, str, str], ...]  # role and department, attendance, result


TASKS: Final = (
    SampleTask(
        "01", "property_company", "请清走该处堆放的杂物和散落垃圾，冲洗地面，完成后拍照。", "2wd",
        (("take", ""), ("hand_in", "已清运两车杂物并冲洗地面，已提醒保洁每日巡看。")),
    ),
    SampleTask(
        "02", "property_company", "请检修该处公用设施，先设警示，再反馈修复时间和结果。", "3wd",
        (("take", ""),),
    ),
    SampleTask("03", "property_company", "请到现场检查安全隐患，能当场整改的当场整改。", "1wd"),
    SampleTask(
        "04", "department", "请到现场核查占道和停放情况，按职责处置。", "2wd",
        (("take", ""), ("ask", "现场有两处相邻路口，是否都在核查范围内？")),
    ),
    SampleTask("03", "department", "请核查该处是否需要立案整改，并反馈处理意见。", "5wd"),
    SampleTask(
        "02", "department", "请协助疏导现场并核实产权单位。", "2wd",
        (("refuse", "事项准入清单中无此项：公用设施检修由产权或物业单位负责。"),),
    ),
)  # fmt: skip

JOINT: Final = SampleJointTask(
    "04",
    "现场会商占道经营和乱停放：划定疏导点，明确早晚高峰值守分工。",
    (
        ("department urban_management", "present", "每日早晚各巡查一次，引导摊主进疏导点。"),
        ("department police", "absent", ""),
        ("department market", "present", "核查疏导点内食品摊位的登记情况。"),
        ("property_company", "excused", ""),
    ),
)
